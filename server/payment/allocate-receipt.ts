import { randomHex } from '../../shared/random.ts';
import type { RefundReason } from '../../shared/views.ts';
import { sellFreePlaces, sellHeldPlaces } from '../booking/move-places.ts';
import { recordChange } from '../booking/record-change.ts';
import { bookingStatesBelow } from '../model/booking.ts';
import { type Em, query } from '../model/entities.ts';
import { issueTickets } from '../ticket/issue-tickets.ts';
import type { Evidence, SettledPayment, Settling } from './settle-payment.ts';

/** Money that was just counted goes to its booking, or is due back: there is no third way. */
export async function allocateReceipt(
  em: Em,
  payment: SettledPayment,
  receiptId: number,
  source: Evidence['source'],
  settling: Settling,
): Promise<void> {
  const booking = await readBooking(em, payment.booking);
  const dueBecause = isMoney(payment) ? 'duplicate_payment' : await whyDue(em, booking, settling.now);
  if (dueBecause) return owe(em, { payment, receiptId, reason: dueBecause, source }, settling);
  await query(em).updateTable('receipt').set({ allocation: 'applied' }).where('id', '=', receiptId).execute();
  await query(em)
    .updateTable('booking')
    .set({ state: 'confirmed' })
    .where('id', '=', booking.id)
    .where('state', 'in', bookingStatesBelow('confirmed'))
    .execute();
  await issueTickets(em, settling.random, booking.id, booking.quantity);
  const details = { placesTakenAgain: booking.state === 'lapsed' };
  await recordChange(em, booking.id, {
    happening: 'booking_confirmed',
    actor: source,
    at: settling.now,
    payment: payment.id,
    details,
  });
}

function readBooking(em: Em, bookingId: string) {
  return query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .select(['booking.id', 'booking.state', 'quantity', 'showing', 'startsAt', 'cancelledAt'])
    .where('booking.id', '=', bookingId)
    .executeTakeFirstOrThrow();
}

/** Takes the places for the booking and answers null, or says why the money must go back. */
async function whyDue(
  em: Em,
  booking: Awaited<ReturnType<typeof readBooking>>,
  now: Date,
): Promise<RefundReason | null> {
  if (booking.cancelledAt) return 'showing_cancelled';
  switch (booking.state) {
    case 'held':
      await sellHeldPlaces(em, booking.showing, booking.quantity);
      return null;
    case 'lapsed':
      if (booking.startsAt <= now) return 'late_payment';
      return (await sellFreePlaces(em, booking.showing, booking.quantity)) ? null : 'late_payment';
    case 'cancelled':
      return 'booking_cancelled';
    case 'confirmed':
    case 'refunded':
      return 'duplicate_payment';
  }
}

interface Debt {
  payment: SettledPayment;
  receiptId: number;
  reason: RefundReason;
  source: Evidence['source'];
}

/** Writes down that we owe the customer this receipt's money. */
async function owe(em: Em, { payment, receiptId, reason, source }: Debt, { now, random }: Settling): Promise<void> {
  const { amount, currency } = await query(em)
    .updateTable('receipt')
    .set({ allocation: 'refund_due' })
    .where('id', '=', receiptId)
    .returning(['amount', 'currency'])
    .executeTakeFirstOrThrow();
  const refund = { id: randomHex(random), receipt: receiptId, booking: payment.booking, amount, currency };
  await query(em)
    .insertInto('refund')
    .values({ ...refund, state: 'due', reason, createdAt: now })
    .execute();
  await recordChange(em, payment.booking, {
    happening: 'refund_due',
    actor: source,
    at: now,
    payment: payment.id,
    details: { reason, amount, currency },
  });
}

function isMoney({ state }: SettledPayment) {
  return state === 'paid' || state === 'reversed';
}
