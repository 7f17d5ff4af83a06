import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { magicNumber } from '../../server/simulator/fault.ts';
import { FAULT_NAMES, type FaultName, faultCalled } from '../../server/simulator/faults.ts';
import { type Said, type Simulated, simulate } from './simulated.ts';

/** What a push to the row's magic number leads to within eleven minutes of the customer's doing nothing else. */
interface Story {
  push: string;
  /** The result codes as they stand in the callbacks. */
  callbacks: string[];
  debits: number;
  /** What the first callback must look like. */
  looks?: RegExp;
  /** The answers to queries, one after the other, once all is over. */
  queries?: string[];
}

const accepted = 'accepted';
const paid: Story = { push: accepted, callbacks: ['0'], debits: 1 };
const paidUnheard: Story = { push: accepted, callbacks: [], debits: 1, queries: ['0'] };
const ends = (code: string): Story => ({ push: accepted, callbacks: [code], debits: 0, queries: [code] });
const looks = (pattern: RegExp): Story => ({ ...paid, looks: pattern });
const refused = (push: string): Story => ({ push, callbacks: [], debits: 0 });

const RECEIPT = '\\{"Name":"MpesaReceiptNumber","Value":"[A-Z0-9]{10}"\\}';

/** One story a row: the compiler sees to it that none is left out. */
const STORIES: Record<FaultName, Story> = {
  pays: paid,
  ignores: ends('1037'),

  'result-1': ends('1'),
  'result-2': ends('2'),
  'result-3': ends('3'),
  'result-4': ends('4'),
  'result-8': ends('8'),
  'result-17': ends('17'),
  'result-1019': ends('1019'),
  'result-1025': ends('1025'),
  'result-1032': ends('1032'),
  'result-1037': ends('1037'),
  'result-2001': ends('2001'),
  'result-2028': ends('2028'),
  'result-8006': ends('8006'),
  'result-sfc': { ...ends('"SFC_IC0003"'), queries: ['SFC_IC0003'] },
  'result-26': ends('26'),
  'result-1001': ends('1001'),
  'result-1031': ends('1031'),
  'result-1036': ends('1036'),
  'result-9999': ends('9999'),
  'result-unknown': ends('7777'),

  'callback-without-balance': looks(/^(?!.*Balance).*"Amount","Value":1350\.00\}/),
  'callback-reordered': looks(/"Item":\[\{"Name":"PhoneNumber".*"Name":"Amount","Value":1350\.00\}\]/),
  'callback-whole-amount': looks(/"Name":"Amount","Value":1350\}/),
  'callback-balance-text': looks(/"Name":"Balance","Value":"\{Amount=\{BasicAmount=123\.45/),
  'callback-masked-phone': looks(/"Name":"PhoneNumber","Value":"254700\*\*\*205"/),
  'callback-strings': {
    ...looks(/"Value":"1350\.00"\}.*"TransactionDate","Value":"\d{14}".*"PhoneNumber","Value":"2547\d{8}"/),
    callbacks: ['"0"'],
  },
  'callback-extra-keys': looks(/"Name":"Promotion","Value":\{"Points":7\}\}\]\},"Channel":"SIM"\}\}\}$/),
  'callback-four-times': { ...paid, callbacks: ['0', '0', '0', '0'] },
  'callback-again-later': { ...paid, callbacks: ['0', '0'] },
  'callback-then-failure': { ...paid, callbacks: ['0', '1032'] },
  'callback-after-failure': { ...paid, callbacks: ['1037', '0'] },
  'callback-late': paid,
  'callback-lost': paidUnheard,
  silence: { ...paidUnheard, queries: ['4999', '4999', '4999'] },
  'callback-wrong-amount': looks(/"Name":"Amount","Value":1349\.00\}/),
  'callback-wrong-ids': looks(/"CheckoutRequestID":"ws_CO_22112026133400000700000221\d"/),
  'callback-no-items': looks(/"CallbackMetadata":\{"Item":\[\]\}/),
  'callback-no-metadata': looks(/"ResultDesc":"[^"]+"\}\}\}$/),
  'callback-without-receipt': looks(/^(?!.*MpesaReceiptNumber).*"Amount"/),
  'callback-others-receipt': looks(new RegExp(RECEIPT)),
  'callback-not-json': { ...paid, callbacks: ['?'], looks: /^ResultCode=0&/, queries: ['0'] },

  'answer-after-callback': paid,
  'answer-after-failure': ends('1037'),
  'answer-slow': { ...paid, push: 'hang' },
  'answer-hangs': { ...paid, push: 'hang' },
  'answer-reset': { ...paid, push: 'reset' },
  'answer-and-callback-lost': { ...paid, push: 'reset', callbacks: [] },
  'answer-reset-unpaid': refused('reset'),
  'answer-hangs-unpaid': refused('hang'),
  'answer-error-paid': { ...paid, push: '500 500.001.1001 Internal Server Error' },
  'answer-busy-paid': { ...paid, push: '500 500.003.02 System is busy. Please try again in few minutes.' },
  'answer-empty-paid': { ...paid, push: '200 empty' },
  'answer-without-id': { ...paid, push: 'accepted without id' },
  'answer-numeric-code': { ...paid, push: 'accepted with a number' },

  'refused-phone': refused('400 400.002.02 Bad Request - Invalid PhoneNumber'),
  'refused-short-code': refused('400 400.002.02 Bad Request - Invalid BusinessShortCode'),
  'refused-merchant': refused('500 500.001.1001 Merchant does not exist'),
  'refused-credentials': refused('500 500.001.1001 Wrong credentials'),
  'refused-locked': refused(
    '500 500.001.1001 Unable to lock subscriber, a transaction is already in process for the current subscriber',
  ),
  'refused-internal-error': refused('500 500.001.1001 Internal Server Error'),
  'refused-generic-error': refused('500 500.003.1001 Internal Server Error'),
  'refused-busy': refused('500 500.003.02 System is busy. Please try again in few minutes.'),
  'refused-spike': refused('500 500.003.02 Error Occurred: Spike Arrest Violation'),
  'refused-quota': refused('500 500.003.03 Quota Violation'),
  'refused-rate': refused('429 fault'),
  'refused-firewall': refused('503 html'),
  'refused-empty': refused('200 empty'),
  'refused-xml': refused('500 xml'),
  'refused-code': refused('200 with ResponseCode 1'),

  'token-expired': refused('404 404.001.03 Invalid Access Token'),
  'token-expired-400': refused('400 400.003.01 Invalid Access Token'),
  'token-expired-401': refused('401 401.002.01 Error Occurred - Invalid Access Token - no such token'),
  'token-refused': refused('404 404.001.03 Invalid Access Token'),
  'oauth-down': refused('404 404.001.03 Invalid Access Token'),
  'oauth-credentials': refused('404 404.001.03 Invalid Access Token'),
  'oauth-numeric-expiry': refused('404 404.001.03 Invalid Access Token'),

  'query-slow-truth': { ...paidUnheard, queries: ['500 500.001.1001 The transaction is being processed', '4999', '0'] },
  'query-too-early': { ...paidUnheard, queries: ['400 400.002.02 Bad Request - Invalid CheckoutRequestID', '0', '0'] },
  'query-rate': { ...paidUnheard, queries: ['429 fault', '429 fault', '429 fault', '0'] },
  'query-denies': { ...paid, queries: ['1032', '1032'] },
  'query-denies-first': { ...paid, queries: ['1037', '1037'] },
  'query-claims': { ...ends('1037'), queries: ['0', '0'] },
  'query-down': { ...paidUnheard, queries: ['503 html', '503 html', '503 html', '0'] },
  'query-failure': { push: accepted, callbacks: [], debits: 0, queries: ['1032'] },
};

for (const name of FAULT_NAMES)
  test(`${name}: ${faultCalled(name).sentence}`, async t => {
    const world = await simulate(t);
    const story = STORIES[name];
    await world.renewToken();
    assert.equal(summary(await world.push({ PhoneNumber: magicNumber(faultCalled(name)) })), story.push);
    await world.advance(11 * 60_000);
    assert.deepEqual(world.received.map(code), story.callbacks);
    if (story.looks) assert.match(world.received[0] ?? '', story.looks);
    await assertDebits(world, story.debits);
    for (const answer of story.queries ?? [])
      assert.equal(
        summary(await world.query(`ws_CO_22112026133400000${magicNumber(faultCalled(name)).slice(3)}`)),
        answer,
      );
  });

test('an armed fault does to any phone what its row says', async t => {
  for (const name of FAULT_NAMES.filter(one => faultCalled(one).oauth === undefined)) {
    const world = await simulate(t, { autoAnswer: true });
    await world.renewToken();
    await world.control('POST', '/faults', { fault: name });
    assert.equal(summary(await world.push()), STORIES[name].push, name);
    await world.advance(11 * 60_000);
    assert.deepEqual(world.received.map(code), STORIES[name].callbacks, name);
    await assertDebits(world, STORIES[name].debits);
  }
});

test('a fault’s result wins over the PIN, a cancellation over the fault’s result', async t => {
  const { control, renewToken, push } = await simulate(t, { sameAmountSeconds: 0 });
  await renewToken();
  await control('POST', '/faults', { fault: 'result-1019', times: 2 });
  await push();
  assert.equal((await control('POST', '/phones/0712345678/pin', { pin: '1234' })).body.resultCode, '1019');
  await push();
  assert.equal((await control('POST', '/phones/0712345678/cancel')).body.resultCode, '1032');
});

test('the callback can be there before the answer', async t => {
  for (const name of ['answer-after-callback', 'answer-after-failure'] as const) {
    const { renewToken, push, received } = await simulate(t);
    await renewToken();
    await push({ PhoneNumber: magicNumber(faultCalled(name)) });
    assert.equal(received.length, 1);
  }
});

test('a late callback is ten minutes late, not less', async t => {
  const { renewToken, push, advance, received } = await simulate(t);
  await renewToken();
  await push({ PhoneNumber: '254700000214' });
  await advance(600_000);
  assert.equal(received.length, 0);
  await advance(5_000);
  assert.equal(received.length, 1);
});

test('a slow answer comes after twelve seconds', async t => {
  const { renewToken, push, advance } = await simulate(t);
  await renewToken();
  const answer = push({ PhoneNumber: '254700000303' });
  await setTimeout(20); // Until the request is there.
  await advance(12_000);
  assert.equal(summary(await answer), accepted);
});

test('the receipt number of the payment before comes again, the ledger has one of its own', async t => {
  const world = await simulate(t);
  await world.renewToken();
  await world.push({ PhoneNumber: '254700000001' });
  await world.advance(10_000);
  await world.push({ PhoneNumber: '254700000225' });
  await world.advance(10_000);
  const [first, second] = world.received.map(body => /"MpesaReceiptNumber","Value":"(\w+)"/.exec(body)?.[1]);
  assert.equal(first, second);
  const receipts = world.simulator.ledger.debits.map(debit => debit.receiptNumber);
  assert.equal(new Set(receipts).size, 2);
});

test('with a new token the push passes that the old one could not carry, every time', async t => {
  for (const phone of ['254700000501', '254700000502', '254700000503', '254700000507']) {
    const world = await simulate(t, { sameAmountSeconds: 0 });
    await world.renewToken();
    for (const round of [1, 2]) {
      assert.notEqual(summary(await world.push({ PhoneNumber: phone })), accepted);
      assert.match(summary(await world.push({ PhoneNumber: phone })), /^404 404.001.03/, 'the old token is dead');
      await world.renewToken();
      assert.equal(summary(await world.push({ PhoneNumber: phone })), accepted);
      await world.advance(10_000);
      await assertDebits(world, round);
    }
  }
});

test('some numbers refuse every token', async t => {
  const { renewToken, push } = await simulate(t);
  for (const _ of [1, 2, 3]) {
    await renewToken();
    assert.match(summary(await push({ PhoneNumber: '254700000504' })), /^404 404.001.03/);
  }
});

test('OAuth is down, refuses the keys or counts in numbers, once', async t => {
  const { renewToken, push, control, url } = await simulate(t);
  const authorization = `Basic ${btoa('simulated-consumer-key:simulated-consumer-secret')}`;
  const oauth = async () => {
    const answer = await fetch(`${url}/oauth/v1/generate?grant_type=client_credentials`, {
      headers: { authorization },
    });
    return `${answer.status} ${(await answer.text()).replace(/"access_token":"\w+",/, '')}`;
  };
  const faults = {
    'oauth-down': /^503 <html>/,
    'oauth-credentials': /^400 $/,
    'oauth-numeric-expiry': /^200 \{"expires_in":3599\}$/,
  };
  for (const [fault, expected] of Object.entries(faults)) {
    await control('POST', '/faults', { fault });
    assert.match(await oauth(), expected);
    assert.equal(await oauth(), '200 {"expires_in":"3599"}');
    await renewToken();
    await push({ PhoneNumber: magicNumber(faultCalled(fault as FaultName)) });
    assert.match(await oauth(), expected);
    assert.equal(await oauth(), '200 {"expires_in":"3599"}');
  }
});

test('magic numbers are mobile numbers, and each is one row’s own', () => {
  const numbers = FAULT_NAMES.map(name => magicNumber(faultCalled(name)));
  assert.equal(new Set(numbers).size, numbers.length);
  for (const number of numbers) assert.match(number, /^254700000[0-6]\d\d$/);
});

function summary(said: Said): string {
  if (typeof said === 'string') return said;
  const { status, text, body } = said;
  if (text === '') return `${status} empty`;
  if (text.startsWith('<html>')) return `${status} html`;
  if ('fault' in body) return `${status} fault`;
  if ('Envelope' in body) return `${status} xml`;
  if ('errorCode' in body) return `${status} ${body.errorCode} ${body.errorMessage}`;
  if ('ResultCode' in body) return String(body.ResultCode);
  if (body.ResponseCode === 0) return 'accepted with a number';
  if (body.ResponseCode !== '0') return `${status} with ResponseCode ${body.ResponseCode}`;
  return body.CheckoutRequestID ? accepted : 'accepted without id';
}

function code(callback: string): string {
  return /"ResultCode":([^,]+),/.exec(callback)?.[1] ?? '?';
}

/** The ledger has what left the phones, to the shilling, and nothing else. */
async function assertDebits({ control, simulator }: Simulated, count: number): Promise<void> {
  const { debits } = (await control('GET', '/ledger')).body as { debits: { amount: number; phone: string }[] };
  assert.deepEqual(
    debits.map(debit => debit.amount),
    Array(count).fill(1350),
  );
  for (const { phone } of debits)
    assert.match(simulator.phones.find(phone)?.messages[0]?.text ?? '', /confirmed\. You paid KES 1,350\.00/);
}
