import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorklistItem } from '../../server/view/worklist-view.ts';
import { problemOf } from '../support/customer.ts';
import {
  decideRefund,
  NOTE,
  type Office,
  openOffice,
  passResult,
  payInSilence,
  rowsOf,
  tellSuccess,
  until,
} from '../support/office.ts';

/** Money of another amount than was asked for; the worklist shows it beside the payment that waits for a person. */
async function paidOddly(office: Office, amount: number) {
  const { bookingId } = await payInSilence(office.tiketi);
  await tellSuccess(office.tiketi, { amount });
  const money = (await office.manager.worklist()).find(({ receiptId }) => receiptId !== null);
  assert.ok(money);
  const resolve = (as: string) =>
    office.manager.ask('POST', `/receipts/${money.receiptId}/resolutions`, { as, note: NOTE });
  return { bookingId, money, resolve };
}

function kinds(list: WorklistItem[]): string[] {
  return list.map(({ kind }) => kind).sort();
}

test('too little money waits on the worklist; a manager may give the places for it', async t => {
  const office = await openOffice(t);
  const { bookingId, money, resolve } = await paidOddly(office, 900);
  assert.deepEqual(kinds(await office.manager.worklist()), ['under_review', 'underpaid']);
  assert.deepEqual(money.amount, { amount: 90_000, currency: 'KES' });
  assert.equal((await office.tiketi.customer.see(bookingId)).payment?.reason?.code, 'under_review');
  assert.equal((await resolve('booking')).status, 200);
  const { state, tickets, refunds } = await office.tiketi.customer.see(bookingId);
  assert.deepEqual([state, tickets.length, refunds.length], ['confirmed', 2, 0]);
  assert.deepEqual(await office.manager.worklist(), []);
  assert.equal(problemOf(await resolve('refund')).code, 'not_possible_now', 'once is enough');
});

test('of too much money the places are given and the rest is owed; giving all back later owes it once', async t => {
  const office = await openOffice(t);
  const { bookingId, money, resolve } = await paidOddly(office, 1_200);
  assert.equal(money.kind, 'overpaid');
  assert.equal((await resolve('booking')).status, 200);
  const { state, refunds } = await office.tiketi.customer.see(bookingId);
  assert.equal(state, 'confirmed');
  assert.deepEqual(refunds, [{ amount: { amount: 20_000, currency: 'KES' }, state: 'due', reason: 'overpaid' }]);
  const [excess] = await office.manager.worklist();
  assert.match(
    problemOf(await office.manager.ask('POST', `/refunds/${excess?.refundId}/requests`)).detail,
    /by hand/,
    'Daraja gives back all or nothing',
  );
  await decideRefund(office.manager, bookingId);
  const owed = (await office.tiketi.customer.see(bookingId)).refunds.map(({ amount }) => amount.amount);
  assert.deepEqual(owed.sort(), [100_000, 20_000].sort(), 'together what was paid');
});

test('money that does not fit can go back as it came', async t => {
  const office = await openOffice(t);
  const { bookingId, resolve } = await paidOddly(office, 900);
  assert.equal((await resolve('refund')).status, 200);
  const [due] = await office.manager.worklist();
  assert.deepEqual([due?.kind, due?.amount.amount], ['refund_due', 90_000]);
  const { state, refunds } = await office.tiketi.customer.see(bookingId);
  assert.equal(state, 'held');
  assert.equal(refunds[0]?.reason, 'staff_decision');
});

test('money with the receipt number of another payment belongs to nothing until a manager says so', async t => {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  tiketi.fault('callback-wrong-ids');
  await tiketi.customer.pay(bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  await until(tiketi, bookingId, view => view.payment?.reason?.code === 'under_review');
  const list = await manager.worklist();
  assert.deepEqual(kinds(list), ['under_review', 'unmatched_money']);
  const money = list.find(({ kind }) => kind === 'unmatched_money');
  await manager.does('POST', `/receipts/${money?.receiptId}/resolutions`, { as: 'booking', note: NOTE });
  const after = await tiketi.customer.see(bookingId);
  assert.deepEqual([after.state, after.payment?.receiptNumber], ['confirmed', money?.receiptNumber]);
  assert.deepEqual(await manager.worklist(), []);
});

test('what was dealt with outside is closed: it leaves the list, stays in the books, and the history says who and why', async t => {
  const office = await openOffice(t);
  const { bookingId, money, resolve } = await paidOddly(office, 900);
  assert.equal((await resolve('closed')).status, 200);
  assert.deepEqual(kinds(await office.manager.worklist()), ['under_review']);
  await office.manager.does('POST', `/payments/${money.paymentId}/closings`, { note: 'Paid out in cash, slip 4' });
  assert.deepEqual(await office.manager.worklist(), []);
  const history = await office.manager.history(bookingId);
  const decided = history.filter(({ who }) => who === 'Wanjiru').map(({ what }) => what);
  assert.deepEqual(decided, [`decided (closed): ${NOTE}`, 'decided: Paid out in cash, slip 4']);
  const [row] = await rowsOf<{ amount: number }>(office.tiketi, 'select amount from receipt');
  assert.equal(row?.amount, 90_000);
  assert.equal((await resolve('closed')).status, 404);
});

test('of ten decisions about the same money at once one counts', async t => {
  const office = await openOffice(t);
  const { bookingId, resolve } = await paidOddly(office, 1_000 + 1);
  const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => resolve(at % 2 ? 'refund' : 'booking')));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  const receipts = await rowsOf(office.tiketi, 'select id from receipt');
  assert.equal(receipts.length, 1);
  const { refunds, state } = await office.tiketi.customer.see(bookingId);
  assert.equal(refunds.length, 1, `${state}: an excess, or all of it`);
});

test('money that the gateway took back: the booking is refunded, and nothing is owed', async t => {
  const office = await openOffice(t);
  const { bookingId, resolve, money } = await paidOddly(office, 1_200);
  await resolve('booking');
  await office.manager.does('POST', `/receipts/${money.receiptId}/reversals`, { note: NOTE });
  const { state, refunds, payment } = await office.tiketi.customer.see(bookingId);
  assert.deepEqual([state, payment?.state, refunds.map(one => one.state)], ['refunded', 'reversed', ['done']]);
  assert.deepEqual(await office.manager.worklist(), []);
  await passResult(office.tiketi);
  assert.equal(office.tiketi.simulator.ledger.reversals.length, 0);
});
