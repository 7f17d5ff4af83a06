import type { Random } from '../../shared/random.ts';
import type { RefundReason } from '../../shared/views.ts';
import { lockPaidFor } from '../booking/lock-paid-for.ts';
import { unsellPlaces } from '../booking/move-places.ts';
import { refundCharge as takeBack } from '../charge/close-charge.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf, chargeOf, columnOf, type PaidFor } from '../model/paid-for.ts';
import { voidTickets } from '../ticket/void-tickets.ts';
import { oweRefund } from './owe-refund.ts';

export interface Decision {
  reason: RefundReason;
  actor: Actor;
  note?: string;
  /** The supervisor who said yes on the cashier's screen. */
  approvedBy?: string;
}

/**
 * A paid booking goes back, in one transaction: unused tickets are void, their places free, the money owed. Answers the
 * refunds' ids; what follows is sending them.
 */
export async function refundBooking(
  em: Em,
  { bookingId, ...decision }: Decision & { bookingId: string },
  settling: { now: Date; random: Random },
): Promise<string[]> {
  await lockPaidFor(em, bookingOf(bookingId));
  if (!(await withdrawPaid(em, bookingOf(bookingId))))
    throw new ProblemError('not_possible_now', { detail: 'Only a confirmed booking can be given back' });
  return oweApplied(em, bookingOf(bookingId), decision, settling);
}

/** A paid charge goes back. */
export async function refundCharge(
  em: Em,
  { chargeId, ...decision }: Decision & { chargeId: string },
  settling: { now: Date; random: Random },
): Promise<string[]> {
  await lockPaidFor(em, chargeOf(chargeId));
  if (!(await withdrawPaid(em, chargeOf(chargeId))))
    throw new ProblemError('not_possible_now', { detail: 'Only a paid charge can be given back' });
  return oweApplied(em, chargeOf(chargeId), decision, settling);
}

/** What was paid for is so no longer: unused tickets are void, their places free. False: it was not paid, or not any more. */
export async function withdrawPaid(em: Em, { booking: bookingId, charge }: PaidFor): Promise<boolean> {
  if (bookingId === null) return takeBack(em, charge ?? '');
  const booking = await closeBooking(em, bookingId);
  if (booking) await unsellPlaces(em, booking.showing, await voidTickets(em, bookingId));
  return booking !== undefined;
}

/** All money that pays for it is owed; what the gateway took back itself is not. */
export async function oweApplied(
  em: Em,
  paidFor: PaidFor,
  { reason, actor, note, approvedBy }: Decision,
  settling: { now: Date; random: Random },
): Promise<string[]> {
  const { column, id: paidForId } = columnOf(paidFor);
  const shares = await query(em)
    .selectFrom('share')
    .innerJoin('receipt', 'receipt.id', 'share.receipt')
    .select(['share.id', 'share.amount', 'share.receipt'])
    .where(column === 'booking' ? 'share.booking' : 'share.charge', '=', paidForId)
    .where('share.refund', 'is', null)
    .where('reversedAt', 'is', null)
    .orderBy('share.id')
    .execute();
  const refunds: string[] = [];
  for (const { receipt: receiptId, ...share } of shares) {
    const words = { ...(note !== undefined && { note }), ...(approvedBy !== undefined && { approvedBy }) };
    const debt = { receiptId, paidFor, reason, actor, share, ...words };
    refunds.push(await oweRefund(em, debt, settling));
  }
  return refunds;
}

/** Only one of two who decide at once gets through. */
function closeBooking(em: Em, bookingId: string) {
  return query(em)
    .updateTable('booking')
    .set({ state: 'refunded' })
    .where('id', '=', bookingId)
    .where('state', '=', 'confirmed')
    .returning('showing')
    .executeTakeFirst();
}
