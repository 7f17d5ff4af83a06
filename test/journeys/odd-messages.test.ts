import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE, problemOf } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { openTiketi } from '../support/tiketi.ts';

const CALLBACK_MS = 2_000;

test('the callback comes four times at once: one receipt, two tickets', async t => {
  const tiketi = await openTiketi(t);
  tiketi.fault('callback-four-times');
  const { watch } = await bookAndPay(tiketi);
  const confirmed = await watch.untilState('confirmed');
  await tiketi.pass(1_000);
  assert.equal(confirmed.tickets.length, 2);
  const last = await tiketi.customer.see(confirmed.bookingId);
  assert.equal(last.version, confirmed.version, 'the copies changed nothing');
  assert.equal(last.refunds.length, 0);
});

test('the callback comes before the push is answered', async t => {
  const tiketi = await openTiketi(t);
  tiketi.fault('answer-after-callback');
  const booking = await tiketi.customer.book(await tiketi.addShowing());
  const watch = await tiketi.customer.watch(booking.bookingId);
  await tiketi.customer.pay(booking.bookingId);
  await watch.untilState('confirmed');
  await tiketi.server.idle();
  const after = await tiketi.customer.see(booking.bookingId);
  assert.equal(after.state, 'confirmed', 'the later answer does not take the booking back to waiting');
  assert.equal(after.payment?.state, 'paid');
});

test('the answer to the push is lost, and the customer pays: the callback’s token names the payment', async t => {
  for (const fault of ['answer-reset', 'answer-error-paid', 'answer-empty-paid'] as const) {
    const tiketi = await openTiketi(t);
    tiketi.fault(fault);
    const { watch, payment } = await bookAndPay(tiketi);
    assert.equal(payment.state, 'unknown', fault);
    const confirmed = await watch.untilState('confirmed');
    assert.ok(confirmed.payment?.receiptNumber, fault);
  }
});

test('the push is never answered: after its time the payment is unknown, never failed, and the callback still settles it', async t => {
  const tiketi = await openTiketi(t);
  tiketi.fault('answer-hangs');
  const booking = await tiketi.customer.book(await tiketi.addShowing());
  const watch = await tiketi.customer.watch(booking.bookingId);
  const paying = tiketi.customer.pay(booking.bookingId);
  await watch.until(view => view.payment?.state === 'started');
  await eventually(() => Boolean(tiketi.simulator.phones.find(PHONE)?.prompt));
  tiketi.clock.move(5_000);
  assert.equal((await paying).payment.state, 'started', 'after five seconds the browser has its answer');
  tiketi.clock.move(15_000);
  await watch.until(view => view.payment?.state === 'unknown');
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  await watch.untilState('confirmed');
});

test('neither an answer nor a callback ever comes: do not pay again, nothing is called failed', async t => {
  const tiketi = await openTiketi(t);
  tiketi.fault('answer-and-callback-lost');
  const { watch, booking } = await bookAndPay(tiketi);
  await tiketi.pass(20 * 60_000);
  const lapsed = await watch.untilState('lapsed');
  assert.equal(lapsed.payment?.state, 'unknown');
  const again = await tiketi.customer.tryToPay(booking.bookingId, { gateway: 'daraja', phone: '0712345678' });
  assert.equal(problemOf(again).code, 'hold_lapsed');
});

test('the callback never comes: the janitor asks, and the receipt’s number follows when it is known', async t => {
  const tiketi = await openTiketi(t);
  tiketi.fault('callback-lost');
  const { watch, booking } = await bookAndPay(tiketi);
  await tiketi.pass(60_000);
  const confirmed = await watch.untilState('confirmed');
  assert.equal(confirmed.payment?.receiptNumber, null);
  assert.equal(confirmed.tickets.length, 2);
  const { rows } = await receipts(tiketi);
  assert.deepEqual(rows, [{ number: null, allocation: 'applied', amount: 100_000 }]);
  assert.equal((await tiketi.customer.see(booking.bookingId)).refunds.length, 0);
});

test('the callback is ten minutes late, the places are free: they are taken again', async t => {
  const tiketi = await openTiketi(t, { HOLD_MINUTES: '2', HOLD_CAP_MINUTES: '4', DARAJA_QUERIES_PER_MINUTE: '0.01' });
  await spendQueryBudget(tiketi); // Otherwise the janitor finds out before the places go back.
  tiketi.fault('callback-late');
  const showing = await tiketi.addShowing({ capacity: 2 });
  const { watch } = await bookAndPay(tiketi, showing);
  await tiketi.pass(5 * 60_000);
  const lapsed = await watch.untilState('lapsed');
  assert.equal(lapsed.payment?.state, 'pending');
  await tiketi.pass(6 * 60_000);
  const confirmed = await watch.untilState('confirmed');
  assert.equal(confirmed.tickets.length, 2);
  const sold = await tiketi.customer.tryToBook({ showingId: showing, quantity: 1 });
  assert.equal(problemOf(sold).code, 'sold_out');
});

test('the callback is ten minutes late, the places are gone: the money is owed back', async t => {
  const tiketi = await openTiketi(t, { HOLD_MINUTES: '2', HOLD_CAP_MINUTES: '4', DARAJA_QUERIES_PER_MINUTE: '0.01' });
  await spendQueryBudget(tiketi); // Otherwise the janitor finds out before the places go back.
  tiketi.fault('callback-late');
  const showing = await tiketi.addShowing({ capacity: 2 });
  const { watch } = await bookAndPay(tiketi, showing);
  await tiketi.pass(5 * 60_000);
  await watch.untilState('lapsed');
  await tiketi.pass(4 * 60_000);
  await tiketi.customer.book(showing, 1);
  await tiketi.pass(65_000);
  const owed = await watch.until(view => view.refunds.length > 0);
  assert.equal(owed.state, 'lapsed');
  assert.deepEqual(owed.refunds, [
    { amount: { amount: 100_000, currency: 'KES' }, state: 'due', reason: 'late_payment' },
  ]);
  assert.equal(owed.tickets.length, 0);
});

test('a failure that comes after the success changes nothing', async t => {
  const tiketi = await openTiketi(t);
  tiketi.fault('callback-then-failure');
  const { watch, booking } = await bookAndPay(tiketi);
  await watch.untilState('confirmed');
  await tiketi.pass(5_000);
  const last = await tiketi.customer.see(booking.bookingId);
  assert.equal(last.state, 'confirmed');
  assert.equal(last.payment?.state, 'paid');
});

test('a success that comes after a failure counts: money beats any no', async t => {
  const tiketi = await openTiketi(t);
  tiketi.fault('callback-after-failure');
  const { watch } = await bookAndPay(tiketi);
  await watch.until(view => view.payment?.state === 'failed');
  await tiketi.pass(30_000);
  await watch.untilState('confirmed');
});

test('odd but right callbacks confirm: string codes, other order, no balance, masked phone', async t => {
  const shapes = [
    'callback-strings',
    'callback-reordered',
    'callback-without-balance',
    'callback-whole-amount',
    'callback-masked-phone',
    'callback-balance-text',
    'callback-extra-keys',
  ] as const;
  for (const fault of shapes) {
    const tiketi = await openTiketi(t);
    tiketi.fault(fault);
    const { watch } = await bookAndPay(tiketi);
    const confirmed = await watch.untilState('confirmed');
    assert.ok(confirmed.payment?.receiptNumber, fault);
  }
});

test('callbacks that do not fit are set aside for a person: the money is written down, nothing is confirmed', async t => {
  for (const fault of ['callback-wrong-amount', 'callback-wrong-ids'] as const) {
    const tiketi = await openTiketi(t);
    tiketi.fault(fault);
    const { watch, booking } = await bookAndPay(tiketi);
    const reviewed = await watch.until(view => view.payment?.reason?.code === 'under_review');
    assert.equal(reviewed.state, 'held', fault);
    assert.equal(reviewed.payment?.state, 'pending', fault);
    const { rows } = await receipts(tiketi);
    assert.deepEqual(
      rows.map(row => row.allocation),
      ['unallocated'],
      fault,
    );
    const again = await tiketi.customer.tryToPay(booking.bookingId, { gateway: 'daraja', phone: '0712345679' });
    assert.equal(problemOf(again).code, 'payment_in_progress', fault);
    await tiketi.pass(3 * 60_000);
    assert.equal((await tiketi.customer.see(booking.bookingId)).state, 'held', 'a query does not settle it either');
  }
});

test('a success without amount or receipt is not believed: the gateway is asked', async t => {
  for (const fault of [
    'callback-no-items',
    'callback-no-metadata',
    'callback-without-receipt',
    'callback-not-json',
  ] as const) {
    const tiketi = await openTiketi(t);
    tiketi.fault(fault);
    const { watch, booking } = await bookAndPay(tiketi);
    assert.equal((await tiketi.customer.see(booking.bookingId)).state, 'held', fault);
    await tiketi.pass(60_000);
    await watch.untilState('confirmed');
  }
});

/** Books two places, pays, enters the PIN, and lets the callbacks come that come at once. */
async function bookAndPay(tiketi: Awaited<ReturnType<typeof openTiketi>>, showing?: number) {
  const booking = await tiketi.customer.book(showing ?? (await tiketi.addShowing()), 2);
  const watch = await tiketi.customer.watch(booking.bookingId);
  const { payment } = await tiketi.customer.pay(booking.bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  return { booking, watch, payment };
}

async function receipts({ server }: Awaited<ReturnType<typeof openTiketi>>) {
  const rows = await server.parts.database.read().execute('select number, allocation, amount from receipt');
  return { rows: rows as { number: string | null; allocation: string; amount: number }[] };
}

async function spendQueryBudget({ server }: Awaited<ReturnType<typeof openTiketi>>) {
  while (await server.parts.lines.get('daraja')?.queries.take());
}
