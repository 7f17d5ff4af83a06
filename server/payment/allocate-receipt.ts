import type { RefundReason } from '../../shared/views.ts';
import { sellFreePlaces, sellHeldPlaces } from '../booking/move-places.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Actor } from '../model/audit-entry.ts';
import { bookingStatesBelow } from '../model/booking.ts';
import { type Em, query } from '../model/entities.ts';
import { issueTickets } from '../ticket/issue-tickets.ts';
import { oweRefund } from './owe-refund.ts';
import type { SettledPayment, Settling } from './settle-payment.ts';

/** Money that was just counted goes to its booking, or is due back: there is no third way. `source` says who counted it. */
export async function allocateReceipt(
  em: Em,
  payment: SettledPayment,
  receiptId: number,
  source: Actor,
  settling: Settling,
): Promise<'applied' | 'refund_due'> {
  const booking = await readBooking(em, payment.booking);
  const dueBecause = isMoney(payment) ? 'duplicate_payment' : await whyDue(em, booking, settling.now);
  if (dueBecause) {
    await oweRefund(em, { receiptId, bookingId: booking.id, reason: dueBecause, actor: source }, settling);
    return 'refund_due';
  }
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
  return 'applied';
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

function isMoney({ state }: SettledPayment) {
  return state === 'paid' || state === 'reversed';
}
