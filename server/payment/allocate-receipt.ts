import type { RefundReason } from '../../shared/views.ts';
import { sellFreePlaces, sellHeldPlaces } from '../booking/move-places.ts';
import { recordChange } from '../booking/record-change.ts';
import { payCharge } from '../charge/close-charge.ts';
import type { Actor } from '../model/audit-entry.ts';
import { bookingStatesBelow } from '../model/booking.ts';
import { type Em, query } from '../model/entities.ts';
import { issueTickets } from '../ticket/issue-tickets.ts';
import { isMoney, type SettledPayment, type Settling } from './evidence.ts';
import { oweRefund } from './owe-refund.ts';

/** Where money that was just counted went, and what else is worth telling of it. */
type Applied = { dueBecause: RefundReason } | { dueBecause: null; details: { placesTakenAgain: boolean } | object };

/**
 * Money that was just counted goes to its booking or charge, or is due back: there is no third way. `source` says who
 * counted it.
 */
export async function allocateReceipt(
  em: Em,
  payment: SettledPayment,
  receiptId: number,
  source: Actor,
  settling: Settling,
): Promise<'applied' | 'refund_due'> {
  const applied = await apply(em, payment, settling);
  if (applied.dueBecause !== null) {
    const { dueBecause: reason } = applied;
    await oweRefund(em, { receiptId, paidFor: payment, reason, actor: source }, settling);
    return 'refund_due';
  }
  await query(em).updateTable('receipt').set({ allocation: 'applied' }).where('id', '=', receiptId).execute();
  await recordChange(em, payment, {
    happening: payment.charge === null ? 'booking_confirmed' : 'charge_paid',
    actor: source,
    at: settling.now,
    payment: payment.id,
    details: { ...applied.details },
  });
  return 'applied';
}

async function apply(em: Em, payment: SettledPayment, settling: Settling): Promise<Applied> {
  const { booking, charge } = payment;
  if (isMoney(payment)) return { dueBecause: 'duplicate_payment' };
  if (charge !== null) return { dueBecause: await payCharge(em, charge), details: {} };
  return confirmBooking(em, booking, settling);
}

async function confirmBooking(em: Em, bookingId: string | null, { now, random }: Settling): Promise<Applied> {
  const booking = await readBooking(em, bookingId);
  const dueBecause = await whyDue(em, booking, now);
  if (dueBecause) return { dueBecause };
  await query(em)
    .updateTable('booking')
    .set({ state: 'confirmed' })
    .where('id', '=', booking.id)
    .where('state', 'in', bookingStatesBelow('confirmed'))
    .execute();
  await issueTickets(em, random, booking.id, booking.quantity);
  return { dueBecause: null, details: { placesTakenAgain: booking.state === 'lapsed' } };
}

function readBooking(em: Em, bookingId: string | null) {
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
