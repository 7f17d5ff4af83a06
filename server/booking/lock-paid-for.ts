import { isAlone, lockRow } from '../database/lock.ts';
import { type Em, query } from '../model/entities.ts';
import { columnOf, type PaidFor } from '../model/paid-for.ts';

/**
 * Whoever decides about a booking, a charge or a sale by what they have read, or about money for it, has this lock first,
 * and then reads: everything else that happens to it comes wholly before or wholly after. What is sold together is locked
 * together, so that nobody waits the other way round.
 */
export async function lockPaidFor(em: Em, paidFor: PaidFor): Promise<void> {
  if (isAlone(em)) return;
  const { column, id } = columnOf(paidFor);
  const sale = column === 'sale' ? id : await readSale(em, column, id);
  if (sale !== null) return lockRow(em, 'sale', sale);
  await lockRow(em, column, id);
  const since = column === 'booking' ? await readSale(em, column, id) : null; // While we waited a counter may have taken it into a sale.
  if (since !== null) await lockRow(em, 'sale', since);
}

/** The same for what a payment is for. */
export async function lockPayment(em: Em, paymentId: string): Promise<void> {
  if (isAlone(em)) return;
  const payment = await query(em)
    .selectFrom('payment')
    .select(['booking', 'charge', 'sale'])
    .where('id', '=', paymentId)
    .executeTakeFirst();
  if (payment) await lockPaidFor(em, payment);
}

/** The same for what a refund gives back. */
export async function lockRefund(em: Em, refundId: string): Promise<void> {
  if (isAlone(em)) return;
  const refund = await query(em)
    .selectFrom('refund')
    .select(['booking', 'charge', 'sale'])
    .where('id', '=', refundId)
    .executeTakeFirst();
  if (refund) await lockPaidFor(em, refund);
}

/** The same for what a receipt pays for, and the receipt itself: it may be given to another payment. */
export async function lockReceipt(em: Em, receiptId: number): Promise<void> {
  if (isAlone(em)) return;
  await lockRow(em, 'receipt', receiptId);
  const receipt = await query(em)
    .selectFrom('receipt')
    .select('payment')
    .where('id', '=', receiptId)
    .executeTakeFirst();
  if (receipt?.payment) await lockPayment(em, receipt.payment);
}

/** The same for the booking of a ticket. */
export async function lockTicket(em: Em, ticketCode: string): Promise<void> {
  if (isAlone(em)) return;
  const ticket = await query(em)
    .selectFrom('ticket')
    .select('booking')
    .where('code', '=', ticketCode)
    .executeTakeFirst();
  if (ticket) await lockPaidFor(em, { booking: ticket.booking, charge: null, sale: null });
}

async function readSale(em: Em, column: 'booking' | 'charge', id: string): Promise<string | null> {
  const row = await query(em).selectFrom(column).select('sale').where('id', '=', id).executeTakeFirst();
  return row?.sale ?? null;
}
