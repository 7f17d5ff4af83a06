import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { ownProcess } from '../support/own-process.ts';

test('the server is killed between the push and its callback, and started again: still right', async t => {
  const { customer, simulator, kill, start } = await ownProcess(t);
  const showing = await customer.payableShowing();
  const booking = await customer.book(showing.showingId, 2);
  const { payment } = await customer.pay(booking.bookingId);
  assert.equal(payment.state, 'pending');
  await kill();
  payOn(simulator);
  await eventually(() => simulator.parts.callbacks.some(callback => callback.status !== null)); // Nobody was there.
  await start();
  const watch = await customer.watch(booking.bookingId);
  const confirmed = await watch.untilState('confirmed');
  assert.equal(confirmed.tickets.length, 2);
  assert.equal(simulator.ledger.debits.length, 1);
});

test('the server is killed before the push is answered: the payment becomes unknown, and its callback still finds it', async t => {
  const { customer, simulator, kill, start } = await ownProcess(t, { HOLD_MINUTES: '5' });
  simulator.faults.arm({ fault: 'answer-hangs', phone: null, times: 1 });
  const showing = await customer.payableShowing();
  const booking = await customer.book(showing.showingId, 1);
  const paying = customer.pay(booking.bookingId).catch(() => 'cut off');
  await eventually(() => Boolean(simulator.phones.find(PHONE)?.prompt));
  await kill();
  assert.equal(await paying, 'cut off');
  await start();
  const watch = await customer.watch(booking.bookingId);
  assert.equal(watch.seen[0]?.payment?.state, 'started', 'what was committed before the push is still there');
  payOn(simulator);
  const confirmed = await watch.untilState('confirmed');
  assert.equal(confirmed.payment?.receiptNumber, simulator.ledger.debits[0]?.receiptNumber);
});

test('a server that is asked to stop does so cleanly, and nothing that it promised is lost', async t => {
  const { customer, stop, start } = await ownProcess(t);
  const showing = await customer.payableShowing();
  const booking = await customer.book(showing.showingId, 1);
  assert.equal(await stop(), 0);
  await start();
  assert.equal((await customer.see(booking.bookingId)).reference, booking.reference);
});

function payOn(simulator: Awaited<ReturnType<typeof ownProcess>>['simulator']) {
  const phone = simulator.phones.find(PHONE);
  assert.ok(phone && simulator.enterPin(phone, '1234') === '0');
}
