import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExceptionList } from '../../client/exceptions/exception-list.ts';
import { compare } from '../../client/exceptions/match-view.ts';
import { EXCEPTION_SENTENCES } from '../../client/exceptions/words.ts';
import type { ExceptionView } from '../../shared/office/exceptions.ts';
import { moneyAtRisk } from '../../shared/office/money-at-risk.ts';

const ID = 'a'.repeat(32);
const OTHER = 'b'.repeat(32);
const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString();

function one(exceptionId: string, shillings: number, more: Partial<ExceptionView> = {}): ExceptionView {
  return {
    ...{ exceptionId, kind: 'refund_due', amount: { amount: shillings * 100, currency: 'KES' }, asked: null },
    ...{ since: at(0), next: '', expects: { what: 'nothing', at: null }, reason: null, method: 'daraja' },
    ...{ venueId: 1, venue: 'Uptown', bookingId: ID, chargeId: null, saleId: null, reference: 'ABC23456' },
    ...{ phone: null, paymentId: null, receiptId: null, receiptNumber: null, refundId: null, actions: [] },
    secondPerson: false,
    ...more,
  };
}

const ids = (list: ExceptionList) => list.all?.map(({ exceptionId }) => exceptionId);

test('a change takes the place of what was said about the same things, and of nothing else', () => {
  const list = new ExceptionList();
  list.start(at(1), [
    one('refund-1', 10),
    one('refund-2', 20, { bookingId: OTHER }),
    one('receipt-3', 5, { venueId: null }),
  ]);
  assert.deepEqual(ids(list), ['refund-2', 'refund-1', 'receipt-3'], 'the largest sum first');
  const moved = list.hear({ now: at(2), venueId: 1, about: [ID], exceptions: [one('refund-4', 30)] });
  assert.deepEqual(ids(list), ['refund-4', 'refund-2', 'receipt-3']);
  assert.deepEqual(
    [moved.arrived, moved.left].map(all => all.map(({ exceptionId }) => exceptionId)),
    [['refund-4'], ['refund-1']],
  );
  list.hear({ now: at(3), venueId: 1, about: null, exceptions: [] });
  assert.deepEqual(ids(list), ['receipt-3'], 'what is nobody’s is of no venue');
});

test('what is older than the last whole list says nothing new', () => {
  const list = new ExceptionList();
  list.hear({ now: at(1), venueId: 1, about: null, exceptions: [one('refund-1', 10)] });
  assert.equal(list.all, null, 'before it is known, a part of it is not all of it');
  list.start(at(5), []);
  list.hear({ now: at(4), venueId: 1, about: [ID], exceptions: [one('refund-1', 10)] });
  assert.deepEqual(ids(list), []);
  list.hear({ now: at(5), venueId: 1, about: [ID], exceptions: [one('refund-1', 10)] });
  assert.deepEqual(ids(list), ['refund-1']);
});

test('money at risk counts a payment under review and the money that came for it once', () => {
  const paymentId = 'c'.repeat(32);
  const exceptions = [
    one('payment-1', 1_000, { paymentId }),
    one('receipt-1', 900, { paymentId }),
    one('refund-2', 300, { paymentId: OTHER }),
    one('refund-3', 200, { paymentId: OTHER }),
    one('receipt-4', 7, { amount: { amount: 700, currency: 'TZS' } }),
  ];
  assert.deepEqual(moneyAtRisk(exceptions), [
    { amount: 150_000, currency: 'KES' },
    { amount: 700, currency: 'TZS' },
  ]);
  assert.deepEqual(moneyAtRisk([]), []);
});

test('the money beside what it may be for is one sentence', () => {
  const kes = (amount: number) => ({ amount, currency: 'KES' as const });
  const said = (amount: number, outstanding: number, kind: 'booking' | 'sale' = 'booking') =>
    compare({ amount: kes(amount) }, { kind, outstanding: kes(outstanding) });
  assert.deepEqual(said(100, 100), { key: 'matchExact', difference: 0 });
  assert.deepEqual(said(90, 100), { key: 'matchLess', difference: 10 });
  assert.deepEqual(said(90, 100, 'sale'), { key: 'matchPart', difference: 10 });
  assert.deepEqual(said(120, 100), { key: 'matchMore', difference: 20 });
  assert.deepEqual(said(120, 0), { key: 'matchNothing', difference: 0 });
});

test('whatever is said is said in both languages, with the same gaps', () => {
  const gaps = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).sort().join();
  for (const [key, { en, sw }] of Object.entries(EXCEPTION_SENTENCES)) {
    assert.ok(en.trim() && sw.trim(), key);
    assert.equal(gaps(en), gaps(sw), key);
  }
});
