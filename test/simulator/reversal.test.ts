import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { test } from 'node:test';
import { magicNumber } from '../../server/simulator/fault.ts';
import { FAULT_NAMES, type FaultName, faultCalled } from '../../server/simulator/faults.ts';
import { proper, type Simulated, simulate } from './simulated.ts';

const REVERSAL = '/mpesa/reversal/v1/request';
const START_BALANCE = 20_000;

function credential(key: string, password: string, padding = constants.RSA_PKCS1_PADDING): string {
  return publicEncrypt({ key, padding }, Buffer.from(password)).toString('base64');
}

/** A payment by this phone, and the request to give it back. */
async function paidBy(world: Simulated, phone: string) {
  await world.renewToken();
  await world.push({ PhoneNumber: phone });
  await world.control('POST', `/phones/${phone}/pin`, { pin: '1234' });
  await world.advance(10_000);
  world.received.length = 0;
  return {
    Initiator: 'simulated-initiator',
    SecurityCredential: credential(world.simulator.certificatePem, 'simulated-password'),
    CommandID: 'TransactionReversal',
    TransactionID: world.simulator.ledger.debits[0]?.receiptNumber,
    Amount: '1350',
    ReceiverParty: '174379',
    RecieverIdentifierType: '11',
    ResultURL: `${world.receiver.url}/result`,
    QueueTimeOutURL: `${world.receiver.url}/timeout`,
    Remarks: 'Showing cancelled',
  };
}

test('a reversal is acknowledged, then the money is back and the result says so', async t => {
  const world = await simulate(t);
  const wish = await paidBy(world, '254712345678');
  const { body: ack } = proper(await world.product(REVERSAL, wish));
  assert.equal(ack.ResponseCode, '0');
  assert.equal(world.simulator.ledger.reversals.length, 0);
  await world.advance(2_000);

  const { reversals } = (await world.control('GET', '/ledger')).body as { reversals: Record<string, unknown>[] };
  const { receiptNumber, ...known } = reversals[0] ?? {};
  const at = '2026-11-22T10:34:11.500Z';
  assert.deepEqual(known, { originalReceiptNumber: wish.TransactionID, phone: '254712345678', amount: 1350, at });
  const phone = world.simulator.phones.find('254712345678');
  assert.equal(phone?.balance, START_BALANCE);
  assert.match(phone?.messages[0]?.text ?? '', /was reversed on 22\/11\/26 at 13:34/);
  assert.equal(
    world.received[0],
    `{"Result":{"ResultType":0,"ResultCode":0,"ResultDesc":"The service request is processed successfully.","OriginatorConversationID":"${ack.OriginatorConversationID}","ConversationID":"${ack.ConversationID}","TransactionID":"${receiptNumber}","ResultParameters":{"ResultParameter":[{"Key":"DebitAccountBalance","Value":"Utility Account|KES|7722179.62|7722179.62|0.00|0.00"},{"Key":"Amount","Value":1350},{"Key":"TransCompletedTime","Value":20261122133411},{"Key":"OriginalTransactionID","Value":"${wish.TransactionID}"},{"Key":"Charge","Value":0},{"Key":"CreditPartyPublicName","Value":"254712345678 - WANJIKU"},{"Key":"DebitPartyPublicName","Value":"174379 - Tiketi Cinema"}]},"ReferenceData":{"ReferenceItem":{"Key":"QueueTimeoutURL","Value":"${wish.QueueTimeOutURL}"}}}}`,
  );
});

test('a wrong field is named, RecieverIdentifierType as Daraja spells it', async t => {
  const world = await simulate(t);
  const wish = await paidBy(world, '254712345678');
  const { status, body } = proper(await world.product(REVERSAL, { ...wish, RecieverIdentifierType: '4' }));
  assert.equal(status, 400);
  assert.equal(body.errorMessage, 'Bad Request - Invalid RecieverIdentifierType');
});

test('a second reversal, an unknown receipt, a stranger and a part of the amount are refused, and move no money', async t => {
  const world = await simulate(t);
  const wish = await paidBy(world, '254712345678');
  for (const change of [{ Amount: '100' }, { Initiator: 'nobody' }, {}, {}, { TransactionID: 'SKE0000001' }]) {
    await world.product(REVERSAL, { ...wish, ...change });
    await world.advance(2_000);
  }
  assert.deepEqual(world.received.map(code), ['2006', '2001', '0', '"R000001"', '"R000002"']);
  assert.ok(world.received.slice(3).every(body => body.includes('"TransactionID":"SKE0000000"')));
  assert.ok(world.received.slice(3).every(body => !body.includes('ResultParameters')));
  assert.equal(world.simulator.ledger.reversals.length, 1);
});

test('only the right password, encrypted as Daraja wants it and for this key, gives money back', async t => {
  const world = await simulate(t);
  const wish = await paidBy(world, '254712345678');
  const own = world.simulator.certificatePem;
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const another = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  for (const SecurityCredential of [
    credential(own, 'simulated-passwort'),
    credential(own, 'simulated-password2026'),
    credential(own, 'simulated-password', constants.RSA_PKCS1_OAEP_PADDING),
    credential(another, 'simulated-password'),
    btoa('simulated-password'),
  ]) {
    await world.product(REVERSAL, { ...wish, SecurityCredential });
    await world.advance(2_000);
  }
  assert.deepEqual(world.received.map(code), ['2001', '2001', '2001', '2001', '2001']);
  await world.product(REVERSAL, { ...wish, SecurityCredential: credential(own, 'simulated-password') });
  await world.advance(2_000);
  assert.equal(code(world.received.at(-1) ?? ''), '0');
  assert.equal(world.simulator.ledger.reversals.length, 1);
});

test('the key stays the same as long as the simulator runs, through a reset too', async t => {
  const { simulator } = await simulate(t);
  const pem = simulator.certificatePem;
  assert.match(pem, /^-----BEGIN PUBLIC KEY-----\n/);
  simulator.reset();
  assert.equal(simulator.certificatePem, pem);
});

const STORIES: [fault: FaultName, results: string[], givenBack: number, looks?: RegExp][] = [
  ['reversal-insufficient', ['1'], 0],
  ['reversal-not-allowed', ['21'], 0],
  ['reversal-already', ['"R000001"'], 1],
  ['reversal-unknown', ['"R000002"'], 0],
  ['reversal-initiator', ['2001'], 0],
  ['reversal-locked', ['8006'], 0],
  ['reversal-unlisted', ['7777'], 0],
  ['reversal-one-parameter', ['0'], 1, /"ResultParameter":\{"Key":"OriginalTransactionID","Value":"\w{10}"\}\}/],
  ['reversal-strings', ['"0"'], 1, /"ResultType":"0".*"Key":"Amount","Value":"1350"/],
  ['reversal-odd', ['0'], 1, /"Key":"Amount","Value":null.*"Key":"Amount","Value":1350.*"ReferenceItem":\[\{/],
  ['reversal-timeout', ['timeout', '0'], 1],
  ['reversal-timeout-only', ['timeout'], 1],
  ['reversal-silent', [], 1],
  ['reversal-twice', ['0', '0'], 1],
  ['reversal-reset', ['0'], 1],
  ['reversal-reset-silent', [], 1],
  ['reversal-error', [], 0],
  ['reversal-spike', [], 0],
];

test('every fault of giving back has its story here', () => {
  const told = STORIES.map(([name]) => name).toSorted();
  assert.deepEqual(told, FAULT_NAMES.filter(name => faultCalled(name).reversal).toSorted());
});

for (const [name, results, givenBack, looks] of STORIES)
  test(`${name}: ${faultCalled(name).sentence}`, async t => {
    const world = await simulate(t);
    await world.product(REVERSAL, await paidBy(world, magicNumber(faultCalled(name))));
    await world.advance(120_000);
    assert.deepEqual(world.received.map(code), results);
    assert.equal(world.simulator.ledger.reversals.length, givenBack);
    if (looks) assert.match(world.received[0] ?? '', looks);
  });

test('a fault of giving back can be armed for any phone, and leaves pushes alone', async t => {
  const world = await simulate(t);
  await world.control('POST', '/faults', { fault: 'reversal-not-allowed' });
  const wish = await paidBy(world, '254712345678');
  for (const _ of [1, 2]) {
    await world.product(REVERSAL, wish);
    await world.advance(2_000);
  }
  assert.deepEqual(world.received.map(code), ['21', '0']);
});

test('what is said instead of an acknowledgement is the fault’s', async t => {
  const world = await simulate(t);
  for (const [fault, said] of [
    ['reversal-reset', 'reset'],
    ['reversal-error', '500.001.1001'],
    ['reversal-spike', '500.003.02'],
  ] as const) {
    await world.control('POST', '/reset');
    await world.control('POST', '/faults', { fault });
    const answer = await world.product(REVERSAL, await paidBy(world, '254712345678'));
    assert.equal(typeof answer === 'string' ? answer : answer.body.errorCode, said);
    await world.advance(10_000);
  }
});

function code(body: string): string {
  return /"ResultCode":([^,]+),/.exec(body)?.[1] ?? 'timeout';
}
