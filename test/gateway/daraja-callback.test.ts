import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCallback } from '../../server/gateway/daraja/read-callback.ts';
import { eatTimestamp, readEatTimestamp } from '../../server/gateway/eat-clock.ts';
import type { Outcome } from '../../server/gateway/gateway.ts';
import type { ReasonCode } from '../../shared/reasons.ts';

const IDS = { trackingId: 'ws_CO_191220191020363925', requestId: '29115-34620561-1' };
const ITEMS: { Name: string; Value?: unknown }[] = [
  { Name: 'Amount', Value: 1350.0 },
  { Name: 'MpesaReceiptNumber', Value: 'NLJ7RT61SV' },
  { Name: 'Balance' },
  { Name: 'TransactionDate', Value: 20191219102115 },
  { Name: 'PhoneNumber', Value: 254708374149 },
];
const PAID: Outcome = {
  outcome: 'paid',
  receiptNumber: 'NLJ7RT61SV',
  amount: { amount: 135_000, currency: 'KES' },
  paidAt: new Date('2019-12-19T07:21:15Z'),
};
const NOTHING_KNOWN: Outcome = { outcome: 'paid', receiptNumber: null, amount: null, paidAt: null };

const callback = (change: object) => ({
  Body: {
    stkCallback: {
      MerchantRequestID: IDS.requestId,
      CheckoutRequestID: IDS.trackingId,
      ResultCode: 0,
      ResultDesc: 'The service request is processed successfully.',
      ...change,
    },
  },
});
const withItems = (Item: unknown) => readCallback(callback({ CallbackMetadata: { Item } }));
const withItem = (name: string, value: unknown) =>
  withItems(ITEMS.map(item => (item.Name === name ? { Name: name, Value: value } : item)))?.outcome;
const amountOf = (value: unknown) => {
  const outcome = withItem('Amount', value);
  return outcome?.outcome === 'paid' ? outcome.amount : assert.fail('not paid');
};
const dateOf = (value: unknown) => {
  const outcome = withItem('TransactionDate', value);
  return outcome?.outcome === 'paid' ? outcome.paidAt : assert.fail('not paid');
};
const receiptOf = (value: unknown) => {
  const outcome = withItem('MpesaReceiptNumber', value);
  return outcome?.outcome === 'paid' ? outcome.receiptNumber : assert.fail('not paid');
};

test('the portal’s own success is paid, with its receipt, its amount in cents and its time in Nairobi', () => {
  assert.deepEqual(withItems(ITEMS), { ids: IDS, outcome: PAID });
});

test('the portal’s own failure is a cancellation', () => {
  assert.deepEqual(readCallback(callback({ ResultCode: 1032, ResultDesc: 'Request cancelled by user' })), {
    ids: IDS,
    outcome: { outcome: 'failed', reason: 'cancelled_by_customer', code: '1032', retry: { after: 'now' } },
  });
});

test('the order of the items means nothing', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(ITEMS, { minLength: ITEMS.length }), items => {
      assert.deepEqual(withItems(items)?.outcome, PAID);
    }),
  );
});

test('a success as a string is a success, whatever else comes along', () => {
  const CallbackMetadata = { Item: [...ITEMS, { Name: 'New' }, { Other: 1 }, null, 7, 'text', [ITEMS]], More: 1 };
  assert.deepEqual(readCallback(callback({ ResultCode: ' 0 ', CallbackMetadata, More: [] }))?.outcome, PAID);
});

for (const metadata of [undefined, null, 'none', 7, [], {}, { Item: null }, { Item: [] }, { Item: { Name: 'Amount' } }])
  test(`a success with ${JSON.stringify(metadata)} for its details is paid, with nothing known of it`, () => {
    assert.deepEqual(readCallback(callback({ CallbackMetadata: metadata })), { ids: IDS, outcome: NOTHING_KNOWN });
  });

test('items without their values are unknown', () => {
  assert.deepEqual(withItems(ITEMS.map(({ Name }) => ({ Name })))?.outcome, NOTHING_KNOWN);
});

test('a detail that comes twice is unknown: nobody can say which one is right', () => {
  assert.deepEqual(withItems([...ITEMS, { Name: 'Amount', Value: 1 }])?.outcome, { ...PAID, amount: null });
});

for (const [value, cents] of [
  [1350, 135_000],
  [1350.0, 135_000],
  ['1350', 135_000],
  ['1350.00', 135_000],
  [' 1350.5 ', 135_050],
  [0.29, 29],
  [8.2, 820],
  [1.15, 115],
  [250_000, 25_000_000],
  [0, 0],
  [999_999_999_999, 99_999_999_999_900],
] as const)
  test(`an amount of ${JSON.stringify(value)} is exactly ${cents} cents`, () => {
    assert.deepEqual(amountOf(value), { amount: cents, currency: 'KES' });
  });

for (const value of [
  -1,
  -0.01,
  '-1',
  1.005,
  1e21,
  Number.POSITIVE_INFINITY,
  Number.NaN,
  '1e3',
  '1,350',
  '0x10',
  'KES 5',
  '',
  ' ',
  null,
  true,
  [1],
  {},
  '1350.000',
  '9'.repeat(400),
])
  test(`an amount of ${typeof value} ${String(JSON.stringify(value)).slice(0, 20)} is no amount`, () => {
    assert.equal(amountOf(value), null);
  });

for (const value of ['NLJ7RT61SV', ' NLJ7RT61SV ', 'ABC123', 'A'.repeat(20)])
  test(`a receipt number "${value}" is read`, () => assert.equal(receiptOf(value), value.trim()));

for (const value of [
  '',
  'ABC12',
  'A'.repeat(21),
  'nlj7rt61sv',
  'NLJ7-RT61',
  "X';DROP--",
  'NLJ7RT61SV\nX',
  1234567890,
  null,
  {},
  ['NLJ7RT61SV'],
])
  test(`a receipt number ${JSON.stringify(value)} is none`, () => assert.equal(receiptOf(value), null));

for (const value of [20191219102115, '20191219102115', ' 20191219102115', '2019-12-19 10:21:15'])
  test(`a date ${JSON.stringify(value)} is read on a clock in Nairobi`, () => {
    assert.deepEqual(dateOf(value), new Date('2019-12-19T07:21:15Z'));
  });

for (const value of [
  2019,
  20191319102115,
  '20190231000000',
  '20190228246060',
  '2019-12-19T10:21:15Z',
  '',
  null,
  {},
  [20191219102115],
  -20191219102115,
  1e30,
  'yesterday',
])
  test(`a date ${JSON.stringify(value)} is none`, () => assert.equal(dateOf(value), null));

test('midnight in Nairobi is nine in the evening before in London’s winter', () => {
  assert.equal(eatTimestamp(new Date('2026-12-31T21:00:00Z')), '20270101000000');
});

test('every second reads back as itself', () => {
  const seconds = fc.integer({ min: 0, max: 4_102_444_800 });
  fc.assert(
    fc.property(seconds, second => {
      const instant = new Date(second * 1_000);
      assert.deepEqual(readEatTimestamp(eatTimestamp(instant)), instant);
    }),
  );
});

const failures: [code: unknown, reason: ReasonCode, retry: object][] = [
  [1, 'insufficient_funds', { after: 'now' }],
  ['17', 'duplicate_request', { after: 'wait', seconds: 120 }],
  [26, 'gateway_unavailable', { after: 'wait', seconds: 30 }],
  [1001, 'phone_busy', { after: 'wait', seconds: 60 }],
  [1037, 'phone_unreachable', { after: 'wait', seconds: 60 }],
  ['2001', 'wrong_pin', { after: 'now' }],
  [8006, 'pin_locked', { after: 'no' }],
  [9999, 'gateway_unavailable', { after: 'wait', seconds: 60 }],
  ['SFC_IC0003', 'refused', { after: 'no' }],
  ['TP40153', 'refused', { after: 'no' }],
  [2006, 'refused', { after: 'no' }],
  [31337, 'refused', { after: 'wait', seconds: 60 }],
  ['NEW_CODE', 'refused', { after: 'wait', seconds: 60 }],
  ['constructor', 'refused', { after: 'wait', seconds: 60 }],
];
for (const [code, reason, retry] of failures)
  test(`a callback with ${JSON.stringify(code)} is a failure: ${reason}`, () => {
    const outcome = { outcome: 'failed', reason, code: String(code), retry };
    assert.deepEqual(readCallback(callback({ ResultCode: code })), { ids: IDS, outcome });
  });

test('a failure is a failure even with the details of a success', () => {
  const read = readCallback(callback({ ResultCode: 1032, CallbackMetadata: { Item: ITEMS } }));
  assert.equal(read?.outcome.outcome, 'failed');
});

test('a code without end is kept in part', () => {
  const outcome = readCallback(callback({ ResultCode: 'X'.repeat(5_000) }))?.outcome;
  assert.equal(outcome?.outcome === 'failed' && outcome.code.length, 40);
});

for (const code of [
  4999,
  '4999',
  undefined,
  null,
  '',
  ' ',
  '00',
  '0.0',
  {},
  [0],
  true,
  false,
  Number.POSITIVE_INFINITY,
  Number.NaN,
])
  test(`a callback with the code ${typeof code} ${String(JSON.stringify(code))} proves neither money nor a failure`, () => {
    assert.equal(readCallback(callback({ ResultCode: code }))?.outcome.outcome, 'going');
  });

for (const [key, value] of [
  ['MerchantRequestID', undefined],
  ['MerchantRequestID', ''],
  ['CheckoutRequestID', null],
  ['CheckoutRequestID', 7],
  ['CheckoutRequestID', 'x'.repeat(129)],
] as const)
  test(`a callback whose ${key} is ${String(JSON.stringify(value)).slice(0, 12)} names no payment, but its outcome counts`, () => {
    const read = readCallback(callback({ [key]: value, CallbackMetadata: { Item: ITEMS } }));
    assert.deepEqual(read, { ids: null, outcome: PAID });
  });

for (const body of [
  ...[undefined, null, 0, '', 'text', true, [], {}, { Body: null }, { Body: {} }, { Body: { stkCallback: null } }],
  ...[{ Body: { stkCallback: [] } }, { Body: { stkCallback: {} } }, { Body: { stkCallback: { ResultDesc: 'x' } } }],
  ...[{ stkCallback: callback({}).Body.stkCallback }, [callback({})], { body: callback({}).Body }],
  { TransactionType: 'Pay Bill', TransID: 'RKTQDM7W6S', TransAmount: '10' },
  { Result: { ResultType: 0, ResultCode: 0, TransactionID: 'RKTQDM7W6S' } },
  JSON.parse('{"__proto__":{"Body":{"stkCallback":{"ResultCode":0,"CheckoutRequestID":"a","MerchantRequestID":"b"}}}}'),
])
  test(`${String(JSON.stringify(body)).slice(0, 60)} is no callback of M-Pesa Express`, () => {
    assert.equal(readCallback(body), undefined);
  });

test('a body of ten thousand levels is no callback', () => {
  assert.equal(readCallback(JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)), undefined);
  const deep = JSON.parse(`${'{"Body":'.repeat(5_000)}0${'}'.repeat(5_000)}`);
  assert.equal(readCallback(deep), undefined);
  assert.deepEqual(withItem('Amount', deep), { ...PAID, amount: null });
});

test('whatever is posted, nothing is thrown, and only a result of 0 is money', () => {
  const code = fc.oneof(fc.constantFrom(0, '0', ' 0', '00', 0.0, -0, '0.0', null, [], false), fc.anything());
  const metadata = fc.oneof(fc.anything(), fc.record({ Item: fc.oneof(fc.anything(), fc.array(fc.anything())) }));
  const stkCallback = fc.record(
    {
      ResultCode: code,
      CheckoutRequestID: fc.anything(),
      MerchantRequestID: fc.anything(),
      CallbackMetadata: metadata,
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(fc.anything(), fc.jsonValue(), fc.record({ Body: fc.record({ stkCallback }) }));
  fc.assert(
    fc.property(body, posted => {
      const read = readCallback(posted);
      if (read?.outcome.outcome !== 'paid') return;
      const { ResultCode } = (posted as { Body: { stkCallback: { ResultCode: unknown } } }).Body.stkCallback;
      assert.ok(typeof ResultCode === 'string' || typeof ResultCode === 'number');
      assert.equal(String(ResultCode).trim(), '0');
    }),
    { numRuns: 2_000 },
  );
});
