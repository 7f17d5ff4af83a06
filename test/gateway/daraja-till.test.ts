import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfirmation } from '../../server/gateway/daraja/read-confirmation.ts';
import { readLookUpResult } from '../../server/gateway/daraja/read-look-up-result.ts';

const OURS = ['174379'];
const PARAMETERS = [
  { Key: 'DebitPartyName', Value: '254712345678 - WANJIKU' },
  { Key: 'DebitPartyName', Value: '254712345678 - WANJIKU' },
  { Key: 'CreditPartyName', Value: '174379 - Tiketi' },
  { Key: 'TransactionStatus', Value: 'Completed' },
  { Key: 'Amount', Value: 1350.5 },
  { Key: 'ReceiptNo', Value: 'QKC1234567' },
  { Key: 'FinalisedTime', Value: 20261122150000 },
  { Key: 'TransactionReason' },
];
const result = (more: object = {}, parameters: unknown = PARAMETERS) => ({
  Result: {
    ResultType: 0,
    ResultCode: 0,
    ConversationID: 'AG_1',
    ResultParameters: { ResultParameter: parameters },
    ...more,
  },
});
const without = (key: string, value?: unknown) => [
  ...PARAMETERS.filter(one => one.Key !== key),
  ...(value === undefined ? [] : [{ Key: key, Value: value }]),
];

test('money that was looked for is found with its number, its amount and its time', () => {
  assert.deepEqual(readLookUpResult(result(), OURS), {
    ...{ outcome: 'found', receiptNumber: 'QKC1234567', amount: { amount: 135_050, currency: 'KES' } },
    paidAt: new Date('2026-11-22T12:00:00.000Z'),
  });
});

for (const [what, body, outcome] of [
  ['a number that nobody knows', result({ ResultCode: 'SFC_IC0003' }), 'missing'],
  ['money that was declined', result({}, without('TransactionStatus', 'Declined')), 'missing'],
  ['money that went to somebody else', result({}, without('CreditPartyName', '600000 - Duka')), 'missing'],
  ['money that is still on its way', result({}, without('TransactionStatus', 'Authorized')), 'going'],
  ['no status at all', result({}, without('TransactionStatus')), 'going'],
  ['no amount', result({}, without('Amount')), 'going'],
  ['no number', result({}, without('ReceiptNo')), 'going'],
  ['our own password being wrong', result({ ResultCode: 2001 }), 'going'],
  ['a code that no list mentions', result({ ResultCode: '7777' }), 'going'],
  ['one parameter alone, outside of a list', result({}, PARAMETERS[3]), 'going'],
] as const)
  test(`a look-up that tells of ${what}: ${outcome}`, () => {
    assert.equal(readLookUpResult(body, OURS)?.outcome, outcome);
  });

test('what is no result is nothing', () => {
  for (const body of [undefined, null, 'x', {}, { Result: {} }, { Result: { ResultCode: {} } }])
    assert.equal(readLookUpResult(body, OURS), undefined);
});

const CONFIRMATION = {
  ...{ TransactionType: 'Pay Bill', TransID: 'QKC1234567', TransTime: '20261122150000', TransAmount: '500.00' },
  ...{ BusinessShortCode: '174379', BillRefNumber: 'K7M2P9QR1', MSISDN: '2547 ***** 678', FirstName: 'WANJIKU' },
};

test('a confirmation is read without the customer’s name and number', () => {
  assert.deepEqual(readConfirmation(CONFIRMATION), {
    ...{ receiptNumber: 'QKC1234567', amount: { amount: 50_000, currency: 'KES' }, accountReference: 'K7M2P9QR1' },
    paidAt: new Date('2026-11-22T12:00:00.000Z'),
  });
});

test('a confirmation without a number or an amount is none', () => {
  for (const missing of ['TransID', 'TransAmount'])
    assert.equal(readConfirmation({ ...CONFIRMATION, [missing]: undefined }), undefined);
  assert.equal(readConfirmation({ ...CONFIRMATION, TransAmount: '0' }), undefined);
  assert.equal(readConfirmation({ ...CONFIRMATION, BillRefNumber: undefined })?.accountReference, '');
});
