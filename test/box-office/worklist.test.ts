import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import * as v from 'valibot';
import { ChargeAnswer } from '../../shared/views.ts';
import { PHONE, problemOf } from '../support/customer.ts';
import {
  bookAndPay,
  change,
  decideRefund,
  NOTE,
  OTHER_PHONE,
  openOffice,
  owed,
  passResult,
  payInSilence,
  payTooLate,
  tellSuccess,
  until,
  untilTrue,
} from '../support/office.ts';

const MINUTE = 60_000;

test('a payment of which nobody knows the outcome is shown after ten minutes, with what will still be done', async t => {
  const { tiketi, manager } = await openOffice(t);
  const { bookingId, reference } = await payInSilence(tiketi);
  await tiketi.pass(10 * MINUTE - 1);
  assert.deepEqual(await manager.worklist(), []);
  await tiketi.pass(1);
  const [item, ...others] = await manager.worklist();
  assert.deepEqual([item?.kind, item?.bookingId, item?.reference], ['unknown_outcome', bookingId, reference]);
  assert.match(item?.phone ?? '', /^\+?254.*•|\*/);
  assert.match(item?.next ?? '', /^The gateway is asked again at 2026-11-22T/);
  assert.ok((item?.evidence.length ?? 0) >= 3);
  assert.equal(others.length, 0);
  await tellSuccess(tiketi);
  await until(tiketi, bookingId, view => view.refunds.length + view.tickets.length > 0);
  assert.ok((await manager.worklist()).every(({ kind }) => kind !== 'unknown_outcome'));
});

test('a payment that a person closed leaves the list, and its money is still counted if it comes', async t => {
  const { tiketi, manager } = await openOffice(t);
  const { bookingId } = await payInSilence(tiketi);
  await tiketi.pass(10 * MINUTE);
  const [item] = await manager.worklist();
  await manager.does('POST', `/payments/${item?.paymentId}/closings`, { note: 'She says that she did not pay' });
  assert.deepEqual(await manager.worklist(), []);
  await tellSuccess(tiketi);
  await until(tiketi, bookingId, view => view.refunds.length + view.tickets.length > 0);
});

test('only what is a question can be closed: no definite outcome, and nothing twice', async t => {
  const { tiketi, manager } = await openOffice(t);
  const close = (paymentId: string | undefined) =>
    manager.ask('POST', `/payments/${paymentId}/closings`, { note: NOTE });
  const paid = await bookAndPay(tiketi, undefined, OTHER_PHONE);
  const failed = await tiketi.customer.book(await tiketi.addShowing());
  tiketi.fault('refused-locked');
  const { payment: refused } = await tiketi.customer.pay(failed.bookingId, '254733000222');
  const { bookingId } = await payInSilence(tiketi);
  const silent = (await tiketi.customer.see(bookingId)).payment;
  for (const [paymentId, why] of [
    [paid.payment?.paymentId, /is paid/],
    [refused.paymentId, /is failed/],
  ] as const) {
    const { code, detail } = problemOf(await close(paymentId));
    assert.equal(code, 'not_possible_now');
    assert.match(detail, why);
  }
  const before = (await tiketi.customer.see(paid.bookingId)).version;
  assert.equal((await close(silent?.paymentId)).status, 200);
  assert.match(problemOf(await close(silent?.paymentId)).detail, /closed before/);
  assert.equal(problemOf(await close('f'.repeat(32))).code, 'not_found');
  assert.equal((await tiketi.customer.see(paid.bookingId)).version, before, 'nothing was written down');
});

test('what goes wrong with a payment after it was closed is shown again', async t => {
  const { tiketi, manager } = await openOffice(t);
  const { bookingId } = await payInSilence(tiketi);
  await tiketi.pass(10 * MINUTE);
  const [item] = await manager.worklist();
  await manager.does('POST', `/payments/${item?.paymentId}/closings`, { note: NOTE });
  await tellSuccess(tiketi, { amount: 7 });
  const kinds = (await manager.worklist()).map(({ kind }) => kind);
  assert.deepEqual(kinds.sort(), ['under_review', 'underpaid']);
  await manager.does('POST', `/payments/${item?.paymentId}/closings`, { note: NOTE });
  assert.ok((await manager.history(bookingId)).length > 0);
});

test('who says failed while we hold the money is shown as a contradiction, and changes nothing', async t => {
  const { tiketi, manager } = await openOffice(t);
  tiketi.fault('callback-then-failure');
  const { bookingId } = await bookAndPay(tiketi);
  await tiketi.pass(6_000);
  await until(tiketi, bookingId, view => view.version > 5);
  const [item] = await manager.worklist();
  assert.equal(item?.kind, 'contradiction');
  assert.equal((await tiketi.customer.see(bookingId)).state, 'confirmed');
  await manager.does('POST', `/payments/${item?.paymentId}/closings`, { note: NOTE });
  assert.deepEqual(await manager.worklist(), []);
});

test('money of a charge is on the list like a booking’s, has a history, and is given back by a decision', async t => {
  const { tiketi, manager } = await openOffice(t);
  await change(tiketi, 'update venue set leastCharge = 10000, largestCharge = 1000000 where id = 1');
  const amount = { amount: 35_000, currency: 'KES' };
  const wish = { venueId: 1, amount, purpose: 'Popcorn', gateway: 'daraja', phone: PHONE };
  tiketi.fault('silence');
  const answer = await tiketi.customer.ask('POST', '/api/v1/charges', wish, { 'idempotency-key': randomUUID() });
  const { charge } = v.parse(ChargeAnswer, answer.body);
  tiketi.phone.enterPin();
  await tiketi.pass(10 * MINUTE);
  const [item] = await manager.worklist();
  assert.deepEqual([item?.kind, item?.amount, item?.reference], ['unknown_outcome', amount, charge.reference]);
  assert.deepEqual([item?.bookingId, item?.chargeId], [null, charge.chargeId]);
  assert.ok(item?.evidence.some(({ what }) => what === 'asked to pay for: Popcorn'));
  await tellSuccess(tiketi);
  assert.deepEqual(await manager.worklist(), []);
  for (const wrong of [{}, { chargeId: charge.chargeId, bookingId: charge.chargeId }])
    assert.equal(problemOf(await manager.ask('POST', '/refunds', { ...wrong, note: NOTE })).code, 'invalid_body');
  await manager.does('POST', '/refunds', { chargeId: charge.chargeId, note: NOTE });
  const [due] = await manager.worklist();
  assert.deepEqual([due?.kind, due?.chargeId], ['refund_due', charge.chargeId]);
  await manager.does('POST', `/refunds/${due?.refundId}/requests`);
  await passResult(tiketi);
  await untilTrue(async () => (await manager.worklist()).length === 0);
  const { history } = (await manager.does('GET', `/charges/${charge.chargeId}/history`)) as { history: Line[] };
  assertReadable(history);
  assert.equal((await manager.ask('GET', `/charges/${'f'.repeat(32)}/history`)).status, 404);
});

test('the largest sum comes first, and every row says who said what, in the order of time', async t => {
  const { tiketi, manager } = await openOffice(t);
  const small = await tiketi.customer.book(await tiketi.addShowing(), 1);
  tiketi.fault('silence');
  await tiketi.customer.pay(small.bookingId);
  const large = await bookAndPay(tiketi, undefined, OTHER_PHONE);
  await decideRefund(manager, large.bookingId);
  await tiketi.pass(11 * MINUTE);
  const list = await manager.worklist();
  assert.deepEqual(
    list.map(({ kind, amount }) => [kind, amount.amount]),
    [
      ['refund_due', 100_000],
      ['unknown_outcome', 50_000],
    ],
  );
  for (const { evidence, next, since } of list) {
    assert.deepEqual(
      evidence.map(({ at }) => at),
      evidence.map(({ at }) => at).sort(),
    );
    assert.ok(evidence.length > 0 && next.length > 0 && since <= tiketi.clock.now().toISOString());
  }
});

test('the history of a booking tells its whole story in sentences', async t => {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  const { bookingId, send, untilRefund } = await owed(office);
  tiketi.fault('reversal-insufficient');
  await send();
  await passResult(tiketi);
  await untilRefund('failed');
  tiketi.fault('reversal-silent');
  await send();
  await tiketi.pass(11 * MINUTE);
  await untilRefund('unknown');
  const history = await manager.history(bookingId);
  assertReadable(history);
  const told = history.map(({ who, what }) => `${who} ${what}`).join('\n');
  for (const said of [
    /The customer held 2 places/,
    /The customer started a payment/,
    /said that it was paid, receipt \w{10}/,
    /confirmed the booking/,
    /Wanjiru made a refund due of KES.1,000 \(staff decision\): as agreed on the phone/,
    /Wanjiru asked the gateway to give the money back/,
    /said that the money did not go back \(1\)/,
    /The system could not say whether the money went back/,
  ])
    assert.match(told, said);
});

test('a story of odd messages is readable, too', async t => {
  const { tiketi, manager } = await openOffice(t);
  const { bookingId } = await payTooLate(tiketi);
  await tellSuccess(tiketi, { amount: 7, receiptNumber: 'TKM99ZZ901' });
  await tellSuccess(tiketi);
  const refused = await tiketi.customer.book(await tiketi.addShowing());
  tiketi.fault('refused-locked');
  await tiketi.customer.pay(refused.bookingId, OTHER_PHONE);
  for (const id of [bookingId, refused.bookingId]) assertReadable(await manager.history(id));
  assert.equal((await manager.ask('GET', `/bookings/${'f'.repeat(32)}/history`)).status, 404);
});

interface Line {
  at: string;
  who: string;
  what: string;
}

function assertReadable(history: Line[]) {
  assert.ok(history.length >= 3);
  for (const { who, what } of history) {
    assert.doesNotMatch(`${who} ${what}`, /undefined|null|NaN|\[object|[a-z]+_[a-z]+|2547\d{8}/, `${who} ${what}`);
    assert.match(what, /^[a-z]/, 'goes on after the name');
  }
}
