import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readRefundResult } from '../../server/gateway/daraja/read-refund-result.ts';
import type { RefundOutcome } from '../../server/gateway/gateway.ts';

const CONVERSATION = 'AG_20211114_201018edbbf9f1582eaa';
const PARAMETERS: { Key: string; Value?: unknown }[] = [
  { Key: 'DebitAccountBalance', Value: 'Utility Account|KES|7722179.62|7722179.62|0.00|0.00' },
  { Key: 'Amount', Value: 1.0 },
  { Key: 'TransCompletedTime', Value: 20211114132711 },
  { Key: 'OriginalTransactionID', Value: 'SKC82PACB8' },
  { Key: 'Charge', Value: 0.0 },
  { Key: 'CreditPartyPublicName', Value: '254705912645 - WANJIKU' },
  { Key: 'DebitPartyPublicName', Value: '600992 - Tiketi' },
];
const DONE: RefundOutcome = {
  outcome: 'done',
  receiptNumber: 'SKE52PAWR9',
  originalReceiptNumber: 'SKC82PACB8',
};

const result = (change: object = {}) => ({
  Result: {
    ResultType: 0,
    ResultCode: 0,
    ResultDesc: 'The service request is processed successfully.',
    OriginatorConversationID: 'dad6-4c34-8787-c8cb963a496d1268232',
    ConversationID: CONVERSATION,
    TransactionID: 'SKE52PAWR9',
    ResultParameters: { ResultParameter: PARAMETERS },
    ReferenceData: { ReferenceItem: { Key: 'QueueTimeoutURL', Value: 'https://tickets.example/timeout' } },
    ...change,
  },
});
const outcomeWith = (change: object) => readRefundResult(result(change))?.outcome;
const parametersWith = (ResultParameter: unknown) => outcomeWith({ ResultParameters: { ResultParameter } });

test('the portal’s own success is done, with the numbers of both movements', () => {
  assert.deepEqual(readRefundResult(result()), { conversationId: CONVERSATION, outcome: DONE });
});

test('the portal’s own failure is a failure, and its placeholder no number', () => {
  const body = result({
    ResultCode: 'R000002',
    ResultDesc: 'The OriginalTransactionID is invalid.',
    TransactionID: 'SKE0000000',
    ResultParameters: undefined,
  });
  assert.deepEqual(readRefundResult(body), {
    conversationId: CONVERSATION,
    outcome: { outcome: 'failed', code: 'R000002' },
  });
});

test('already reversed is done: nobody but us asks for it; the number of that time is not told', () => {
  assert.deepEqual(outcomeWith({ ResultCode: 'R000001', TransactionID: 'SKE0000000' }), {
    outcome: 'done',
    receiptNumber: null,
    originalReceiptNumber: null,
  });
});

for (const code of [0, '0', ' 0 ', -0])
  test(`a result of ${JSON.stringify(code)} is done`, () => assert.deepEqual(outcomeWith({ ResultCode: code }), DONE));

for (const code of [1, '1', 11, 21, '2001', 2006, 2028, 8006, 'R000002', ' R000002', 'TP40153'])
  test(`a result of ${JSON.stringify(code)} is a failure`, () =>
    assert.deepEqual(outcomeWith({ ResultCode: code }), { outcome: 'failed', code: String(code).trim() }));

for (const [code, why] of [
  [17, 'result 17'],
  ['26', 'result 26'],
  [1032, 'result 1032'],
  [4999, 'result 4999'],
  ['R000003', 'result R000003'],
  ['r000001', 'result r000001'],
  ['00', 'result 00'],
  ['0.0', 'unlisted result'],
  ['', 'unlisted result'],
  ['254712345678', 'unlisted result'],
  ['constructor', 'unlisted result'],
  [null, 'no readable result'],
  [undefined, 'no readable result'],
  [[0], 'no readable result'],
  [{}, 'no readable result'],
  [true, 'no readable result'],
  [Number.NaN, 'no readable result'],
] as const)
  test(`a result of ${typeof code} ${JSON.stringify(code)} ends nothing: a person looks`, () =>
    assert.deepEqual(outcomeWith({ ResultCode: code }), { outcome: 'going', why }));

test('the old portal’s 21 "processed successfully" is no success', () => {
  const desc = 'The service request is processed successfully.';
  assert.deepEqual(outcomeWith({ ResultCode: '21', ResultDesc: desc }), { outcome: 'failed', code: '21' });
});

test('the order of the parameters means nothing, nor what else comes along', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(PARAMETERS, { minLength: PARAMETERS.length }), parameters => {
      assert.deepEqual(parametersWith([{ Key: 'New' }, null, 7, 'text', [parameters], ...parameters]), DONE);
    }),
  );
});

test('a parameter alone, without a list around it, is read', () => {
  assert.deepEqual(parametersWith({ Key: 'OriginalTransactionID', Value: 'SKC82PACB8' }), DONE);
});

test('a key that comes twice says nothing', () => {
  assert.deepEqual(parametersWith([...PARAMETERS, { Key: 'OriginalTransactionID', Value: 'SKC82PACB9' }]), {
    ...DONE,
    originalReceiptNumber: null,
  });
});

for (const parameters of [undefined, null, [], {}, 'none', 7, [{ Key: 'OriginalTransactionID' }], [[{}]]])
  test(`a success with ${JSON.stringify(parameters)} for its parameters is done, of an unknown payment`, () => {
    const unknown = { ...DONE, originalReceiptNumber: null };
    assert.deepEqual(parametersWith(parameters), unknown);
    assert.deepEqual(outcomeWith({ ResultParameters: parameters }), unknown);
  });

for (const number of [undefined, null, '', 'SKE0000000', 'ske52pawr9', 'SKE52-PAWR', 1234567890, {}, ['SKE52PAWR9']])
  test(`a success under the number ${JSON.stringify(number)} is done, its number unknown`, () =>
    assert.deepEqual(outcomeWith({ TransactionID: number }), { ...DONE, receiptNumber: null }));

for (const item of [undefined, null, [], [{ Key: 'Occasion' }], { Key: 'Occasion' }, 'text'])
  test(`whatever the reference data is (${JSON.stringify(item)}), the result counts`, () => {
    assert.deepEqual(outcomeWith({ ReferenceData: item }), DONE);
    assert.deepEqual(outcomeWith({ ReferenceData: { ReferenceItem: item }, ResultType: '0', More: [] }), DONE);
  });

for (const id of [undefined, null, '', 7, 'x'.repeat(129)])
  test(`a result with ${String(JSON.stringify(id)).slice(0, 9)} for its id names no conversation, but counts`, () =>
    assert.deepEqual(readRefundResult(result({ ConversationID: id })), { conversationId: null, outcome: DONE }));

for (const body of [
  ...[undefined, null, 0, '', 'text', true, [], {}, { Result: null }, { Result: [] }, { Result: {} }, [result()]],
  { Result: { ResultDesc: 'x' } },
  { OriginatorConversationID: 'a', ConversationID: CONVERSATION, ResultDesc: 'The request timed out in the queue.' },
  { Body: { stkCallback: { ResultCode: 0, MerchantRequestID: '1', CheckoutRequestID: '2' } } },
  { ResponseCode: '0', ConversationID: CONVERSATION },
  JSON.parse('{"__proto__":{"Result":{"ResultCode":0,"ConversationID":"a"}}}'),
])
  test(`${String(JSON.stringify(body)).slice(0, 60)} is no result of a refund`, () =>
    assert.equal(readRefundResult(body), undefined));

test('a body of ten thousand levels is no result', () => {
  const deep = JSON.parse(`${'{"Result":'.repeat(5_000)}0${'}'.repeat(5_000)}`);
  assert.equal(readRefundResult(deep), undefined);
  assert.deepEqual(parametersWith(deep), { ...DONE, originalReceiptNumber: null });
  const list = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`);
  assert.deepEqual(parametersWith(list), { ...DONE, originalReceiptNumber: null });
});

test('whatever is posted, nothing is thrown, and only 0 and R000001 are done', () => {
  const code = fc.oneof(fc.constantFrom(0, '0', ' 0', '00', 'R000001', null, [], false), fc.anything());
  const parameters = fc.oneof(fc.anything(), fc.record({ ResultParameter: fc.anything() }));
  const Result = fc.record(
    { ResultCode: code, ConversationID: fc.anything(), TransactionID: fc.anything(), ResultParameters: parameters },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.jsonValue(), fc.record({ Result })), posted => {
      const read = readRefundResult(posted);
      if (read?.outcome.outcome !== 'done') return;
      const { ResultCode } = (posted as { Result: { ResultCode: unknown } }).Result;
      assert.ok(typeof ResultCode === 'string' || typeof ResultCode === 'number');
      assert.ok(['0', 'R000001'].includes(String(ResultCode).trim()));
    }),
    { numRuns: 2_000 },
  );
});
