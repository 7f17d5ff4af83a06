import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proper, type Said, type Simulated, simulate } from './simulated.ts';

const REGISTER = '/pulltransactions/v1/register';
const QUERY = '/pulltransactions/v1/query';

const window = {
  ShortCode: '174379',
  StartDate: '2026-11-22 00:00:00',
  EndDate: '2026-11-22 23:59:59',
  OffSetValue: '0',
};

interface Row {
  transactionId: string;
  billreference: string;
}

async function paidBy(world: Simulated, ...phones: string[]): Promise<string[]> {
  await world.renewToken();
  for (const [at, phone] of phones.entries()) {
    await world.push({ PhoneNumber: phone, AccountReference: `TK${at}` });
    await world.control('POST', `/phones/${phone}/pin`, { pin: '1234' });
    await world.advance(60_000);
  }
  return world.simulator.ledger.debits.map(debit => debit.receiptNumber);
}

const ask = (world: Simulated, change: object = {}) => world.product(QUERY, { ...window, ...change });
const receipts = (said: Said) => (proper(said).body.Response as Row[][])[0]?.map(row => row.transactionId);

test('a statement has what was paid, in the portal’s own shape', async t => {
  const world = await simulate(t);
  const [receipt] = await paidBy(world, '254712345678');
  const { status, text } = proper(await ask(world));
  assert.equal(status, 200);
  assert.equal(
    text.replace(/"ResponseRefID":"[0-9a-f-]+"/, '"ResponseRefID":""'),
    `{"ResponseRefID":"","ResponseCode":"1000","ResponseMessage":"Success","Response":[[{"transactionId":"${receipt}","trxDate":"2026-11-22T10:34:00Z","msisdn":712345678,"sender":"MPESA","transactiontype":"c2b-pay-bill-debit","billreference":"TK0","amount":"1350.00","organizationname":"Tiketi Cinema"}]]}`,
  );
});

test('with nothing paid in that time a statement says 1001, and a text for a list', async t => {
  const world = await simulate(t);
  await paidBy(world, '254712345678', '254700000132');
  for (const change of [
    { StartDate: '2026-11-22 13:34:01' },
    { EndDate: '2026-11-22 13:33:59' },
    { OffSetValue: '1' },
  ]) {
    const { body } = proper(await ask(world, change));
    assert.deepEqual([body.ResponseCode, body.Response], ['1001', '[[]]'], JSON.stringify(change));
  }
});

test('a payment of which nobody was told stands in it all the same', async t => {
  const world = await simulate(t);
  await world.renewToken();
  for (const phone of ['254700000215', '254700000216', '254700000306']) await world.push({ PhoneNumber: phone });
  await world.advance(600_000);
  assert.deepEqual(world.received, []);
  assert.deepEqual(
    receipts(await ask(world)),
    world.simulator.ledger.debits.map(debit => debit.receiptNumber),
  );
});

test('the offset counts rows', async t => {
  const world = await simulate(t, { statementRows: 2 });
  const all = await paidBy(world, '254712345678', '254722000000', '254733000000');
  assert.deepEqual(receipts(await ask(world)), all.slice(0, 2));
  assert.deepEqual(receipts(await ask(world, { OffSetValue: 1 })), all.slice(1, 3));
  assert.deepEqual(receipts(await ask(world, { OffSetValue: '2' })), all.slice(2));
});

test('after 48 hours a payment is gone from it', async t => {
  const world = await simulate(t);
  const [receipt] = await paidBy(world, '254712345678');
  const wide = { StartDate: '2026-11-01 00:00:00', EndDate: '2026-11-30 00:00:00' };
  await world.advance(48 * 3_600_000 - 60_000);
  await world.renewToken();
  assert.deepEqual(receipts(await ask(world, wide)), [receipt]);
  await world.advance(1);
  assert.equal(proper(await ask(world, wide)).body.ResponseCode, '1001');
});

test('what was given back stays in it: the money did reach us', async t => {
  const world = await simulate(t);
  const [receipt] = await paidBy(world, '254712345678');
  const [debit] = world.simulator.ledger.debits;
  assert.ok(debit);
  world.simulator.ledger.reverse(debit, world.simulator.clock.now());
  assert.deepEqual(receipts(await ask(world)), [receipt]);
});

test('a wrong field is named', async t => {
  const world = await simulate(t);
  await world.renewToken();
  for (const change of [
    { ShortCode: '600000' },
    { StartDate: '20261122000000' },
    { StartDate: '2026-02-31 00:00:00' },
    { EndDate: '2026-11-21 00:00:00' },
    { OffSetValue: '-1' },
  ]) {
    const { status, body } = proper(await ask(world, change));
    assert.deepEqual([status, body.errorMessage], [400, `Bad Request - Invalid ${Object.keys(change)[0]}`]);
  }
});

test('a short code is registered once', async t => {
  const world = await simulate(t);
  await world.renewToken();
  const wish = {
    ShortCode: '174379',
    RequestType: 'Pull',
    NominatedNumber: '254712345678',
    CallBackURL: world.receiver.url,
  };
  const states = [];
  for (const _ of [1, 2]) states.push(proper(await world.product(REGISTER, wish)).body.ResponseStatus);
  await world.control('POST', '/reset');
  await world.renewToken();
  states.push(proper(await world.product(REGISTER, wish)).body.ResponseStatus);
  assert.deepEqual(states, ['1000', '1001', '1000']);
  for (const [name, value] of Object.entries({ RequestType: 'Push', NominatedNumber: '1', CallBackURL: 'none' })) {
    const { body } = proper(await world.product(REGISTER, { ...wish, [name]: value }));
    assert.equal(body.errorMessage, `Bad Request - Invalid ${name}`);
  }
});

test('a statement needs the newest token', async t => {
  const world = await simulate(t);
  assert.equal(proper(await ask(world)).body.errorCode, '404.001.04');
  await world.renewToken();
  const stale = await world.renewToken();
  await world.renewToken();
  const { body } = proper(await world.product(QUERY, window, { authorization: `Bearer ${stale}` }));
  assert.equal(body.errorCode, '404.001.03');
});

test('a fault of the statement meets the next one, whether armed or brought by its number, and no push', async t => {
  const world = await simulate(t);
  const said = async () => {
    const answer = await ask(world);
    if (typeof answer === 'string') return answer;
    return answer.status === 200 ? `${answer.body.ResponseCode}` : `${answer.status}`;
  };
  const all = await paidBy(world, '254712345678');
  for (const [fault, digits, expected] of [
    ['statement-empty', '901', '1001'],
    ['statement-error', '903', '500'],
    ['statement-rate', '904', '429'],
    ['statement-slow', '905', 'hang'],
  ] as const) {
    await world.control('POST', '/faults', { fault });
    assert.equal(await said(), expected, fault);
    assert.equal(await said(), '1000', fault);
    assert.equal(await world.push({ PhoneNumber: `254700000${digits}` }), 'reset');
    await world.advance(10_000);
    assert.equal(await said(), expected, digits);
    assert.equal(receipts(await ask(world))?.length, world.simulator.ledger.debits.length);
  }
  assert.equal(all.length, 1);
});

test('a slow statement comes after half a minute', async t => {
  const world = await simulate(t);
  const all = await paidBy(world, '254712345678');
  await world.control('POST', '/faults', { fault: 'statement-slow' });
  const answer = ask(world);
  while (world.simulator.faults.armed.length > 0) await new Promise(setImmediate);
  await world.advance(30_000);
  assert.deepEqual(receipts(await answer), all);
});

test('odd rows stand behind the others, and their offset counts', async t => {
  const world = await simulate(t);
  const [receipt] = await paidBy(world, '254712345678');
  await world.control('POST', '/faults', { fault: 'statement-odd' });
  const rows = (proper(await ask(world)).body.Response as unknown[][])[0] ?? [];
  assert.equal(rows.length, 6);
  assert.equal((rows[0] as Row).transactionId, receipt);
  assert.equal(proper(await ask(world, { OffSetValue: '6' })).body.ResponseCode, '1001');
});
