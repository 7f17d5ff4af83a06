import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../support/office.ts';
import { CALLBACK_MS, onlyShowing, openOlderPage, refused } from './older-page.ts';

test('a ticket is pending, then paid, with its receipt, its dates and its movie', async t => {
  const { tiketi, buy, ticket, movies } = await openOlderPage(t);
  await onlyShowing(tiketi);
  const bookedAt = tiketi.clock.now().toISOString();
  const { ticketId } = await buy();
  const pending = await ticket(ticketId);
  assert.deepEqual(
    [pending.paymentStatus, pending.mpesaReceiptNumber, pending.transactionDate, pending.dateCreated],
    ['Pending', null, null, bookedAt],
  );
  assert.deepEqual(
    [pending.customerName, pending.phoneNumber, pending.quantity, pending.totalAmount, pending.movieId],
    ['Amani', '2547•••••678', 2, 1_000, 1],
  );
  assert.deepEqual(
    pending.movie,
    (await movies()).find(({ movieId }) => movieId === 1),
  );
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  await until(tiketi, ticketId, view => view.state === 'confirmed');
  const paid = await ticket(ticketId);
  assert.equal(paid.paymentStatus, 'Paid');
  assert.equal(paid.mpesaReceiptNumber, tiketi.simulator.ledger.debits[0]?.receiptNumber);
  assert.ok(paid.transactionDate && paid.transactionDate >= bookedAt);
  assert.ok(paid.lastUpdated > pending.lastUpdated, 'it changed when it was paid');
  assert.equal(paid.dateCreated, bookedAt);
});

test('a ticket whose payment failed says so, also when its places have gone back', async t => {
  const { tiketi, buy, ticket } = await openOlderPage(t);
  const { ticketId } = await buy();
  tiketi.phone.cancel();
  await tiketi.pass(CALLBACK_MS);
  await until(tiketi, ticketId, view => view.payment?.state === 'failed');
  assert.equal((await ticket(ticketId)).paymentStatus, 'Failed');
  await tiketi.pass(20 * 60_000);
  await until(tiketi, ticketId, view => view.state === 'lapsed');
  assert.equal((await ticket(ticketId)).paymentStatus, 'Failed');
});

test('a booking made on our own page is a ticket too: pending until it lapses unpaid', async t => {
  const { tiketi, ticket } = await openOlderPage(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  const { paymentStatus, customerName, phoneNumber } = await ticket(bookingId);
  assert.deepEqual([paymentStatus, customerName, phoneNumber], ['Pending', null, null]);
  await tiketi.pass(11 * 60_000);
  await until(tiketi, bookingId, view => view.state === 'lapsed');
  assert.equal((await ticket(bookingId)).paymentStatus, 'Failed');
});

test('a ticket that does not exist is 404 with a sentence that repeats nothing', async t => {
  const { get } = await openOlderPage(t);
  for (const id of ['1', '0'.repeat(32), '%3Cscript%3E', 'x'.repeat(3_000), ''])
    assert.doesNotMatch(refused(await get(`/api/tickets/${id}`), 404), /<|script|xxx/, id);
});
