import assert from 'node:assert/strict';
import { bookAndPay, decideRefund, type Manager, OFFICE, rowsOf } from '../support/office.ts';
import type { Person } from '../support/people.ts';
import { execute } from '../support/raw-sql.ts';
import type { Tiketi } from '../support/tiketi.ts';

/** Something of each kind at the first venue, by the names that routes have for it. */
export type Fixture = Awaited<ReturnType<typeof buildFixture>>;

export async function buildFixture(tiketi: Tiketi, manager: Manager, amina: Person) {
  const showingId = await tiketi.addShowing();
  const booking = await bookAndPay(tiketi, showingId);
  const back = await bookAndPay(tiketi, showingId, '254722000111');
  const refundId = await decideRefund(manager, back.bookingId);
  const [row] = await rowsOf<{ id: number; payment: string }>(
    tiketi,
    `select receipt.id, payment from receipt join payment on payment.id = payment where booking = '${booking.bookingId}'`,
  );
  assert.ok(row);
  return {
    venueId: 1,
    showingId,
    bookingId: booking.bookingId,
    reference: booking.reference,
    ticketCode: booking.tickets[0]?.ticketCode ?? '',
    chargeId: await openCharge(tiketi),
    paymentId: row.payment,
    receiptId: row.id,
    refundId,
    exceptionId: `refund-${refundId}`,
    ...(await openSale(tiketi, amina, showingId)),
    day: '2026-11-22',
    by: 'cashier',
    staffId: amina.staffId,
    deviceId: amina.till.deviceId,
    movieId: 1,
    name: 'none',
    token: '0'.repeat(32),
    secret: '0'.repeat(32),
    ticketId: booking.bookingId,
  };
}

/** Nobody sells popcorn at the first venue of the sample, so its row is written by hand. */
async function openCharge({ server: { parts } }: Tiketi): Promise<string> {
  const id = 'c'.repeat(32);
  await parts.database.write(em =>
    execute(
      em,
      `insert into charge (id, reference, venue, state, version, amount, currency, purpose, keyHash, bodyHash, createdAt)
       values ('${id}', 'CHARGE22', 1, 'open', 1, 50000, 'KES', 'popcorn', 'key', 'body', ${+parts.clock.now()})`,
    ),
  );
  return id;
}

/** A sale in Amina's shift, not paid yet. */
async function openSale({ customer }: Tiketi, { cookie }: Person, showingId: number) {
  const ask = (path: string, body: object) =>
    customer.ask('POST', OFFICE + path, body, { cookie, 'idempotency-key': `key-of-${path.slice(1)}-here` });
  const opened = await ask('/shifts', { venueId: 1, float: { amount: 500_000, currency: 'KES' } });
  const sold = await ask('/sales', { lines: [{ showingId, quantity: 1 }] });
  const { shift } = opened.body as { shift: { shiftId: number } };
  const { sale } = sold.body as { sale: { saleId: string } };
  return { shiftId: shift.shiftId, saleId: sale.saleId };
}
