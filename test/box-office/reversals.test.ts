import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import {
  bookAndPay,
  change,
  NOTE,
  type Office,
  openOffice,
  owed,
  passResult,
  payTooLate,
  rowsOf,
  tellSuccess,
} from '../support/office.ts';

async function reverse({ manager, tiketi }: Office, which = 'min(id)') {
  const [row] = await rowsOf<{ id: number }>(tiketi, `select ${which} as id from receipt`);
  return manager.ask('POST', `/receipts/${row?.id}/reversals`, { note: NOTE });
}

test('the gateway took back what a booking was paid with: it is refunded, tickets are void, places free', async t => {
  const office = await openOffice(t);
  const { tiketi } = office;
  const showing = await tiketi.addShowing({ capacity: 2 });
  const { bookingId } = await bookAndPay(tiketi, showing);
  const watch = await tiketi.customer.watch(bookingId);
  assert.equal((await reverse(office)).status, 200);
  const after = await watch.untilState('refunded');
  assert.deepEqual([after.payment?.state, after.refunds.length], ['reversed', 0]);
  assert.ok(after.tickets.every(({ state }) => state === 'void'));
  await tiketi.customer.book(showing);
  assert.deepEqual(await office.manager.worklist(), []);
  assert.equal(problemOf(await reverse(office)).code, 'not_possible_now', 'once');
});

test('of a used ticket the money was taken back: that is a debt, until a manager closes it', async t => {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  const { bookingId } = await bookAndPay(tiketi);
  await change(tiketi, `update ticket set state = 'admitted', admittedAt = 0 where id = (select min(id) from ticket)`);
  await reverse(office);
  const { tickets } = await tiketi.customer.see(bookingId);
  assert.deepEqual(tickets.map(({ state }) => state).sort(), ['admitted', 'void']);
  const [debt] = await manager.worklist();
  assert.equal(debt?.kind, 'reversed_after_admission');
  assert.equal(debt?.amount.amount, 100_000);
  await manager.does('POST', `/receipts/${debt?.receiptId}/resolutions`, { as: 'closed', note: 'She paid in cash' });
  assert.deepEqual(await manager.worklist(), []);
});

test('a reversal that answers our own refund ends it, without any alarm', async t => {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  const { send, untilRefund } = await owed(office);
  tiketi.fault('reversal-silent');
  await send();
  await passResult(tiketi);
  await reverse(office);
  await untilRefund('done');
  assert.deepEqual(await manager.worklist(), []);
  await tiketi.pass(11 * 60_000);
  await untilRefund('done');
});

test('what was due back and is back by itself is not owed any more, and cannot be sent', async t => {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  const { bookingId } = await payTooLate(tiketi);
  const [due] = await manager.worklist();
  await reverse(office);
  assert.equal((await tiketi.customer.see(bookingId)).refunds[0]?.state, 'done');
  const late = await manager.ask('POST', `/refunds/${due?.refundId}/requests`);
  assert.equal(problemOf(late).code, 'not_possible_now');
  assert.equal(tiketi.simulator.ledger.reversals.length, 0);
});

test('the second of two payments is taken back: the booking keeps its tickets, and nobody is alarmed', async t => {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  const { bookingId } = await bookAndPay(tiketi);
  await tellSuccess(tiketi, { receiptNumber: 'TKM99ZZ901' });
  await change(tiketi, `update ticket set state = 'admitted', admittedAt = 0`);
  assert.equal((await tiketi.customer.see(bookingId)).refunds[0]?.reason, 'duplicate_payment');
  assert.equal((await reverse(office, 'max(id)')).status, 200);
  const after = await tiketi.customer.see(bookingId);
  assert.deepEqual([after.state, after.payment?.state, after.refunds[0]?.state], ['confirmed', 'paid', 'done']);
  assert.deepEqual(await manager.worklist(), []);
});

test('a receipt that does not exist was not reversed', async t => {
  const { manager } = await openOffice(t);
  for (const id of ['999', 'x', '0', '-1', '1.5'])
    assert.ok([404, 409].includes((await manager.ask('POST', `/receipts/${id}/reversals`, { note: NOTE })).status), id);
});
