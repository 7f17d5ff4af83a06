import type { Money } from '../../shared/money.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf, chargeOf, type PaidFor } from '../model/paid-for.ts';
import type { SignedIn } from './sessions.ts';
import { atVenue } from './signed-in.ts';

/** What a route about money is about, as its path or body names it. */
export interface Named {
  bookingId?: string | undefined;
  chargeId?: string | undefined;
  paymentId?: string | undefined;
  refundId?: string | undefined;
  receiptId?: string | undefined;
}

/** Somebody of one venue decides about that venue's money only; what belongs to nothing yet is for those of all venues. */
export async function ownMoney(em: Em, staff: Pick<SignedIn, 'venueId'>, named: Named): Promise<void> {
  if (staff.venueId === null) return;
  const paidFor = await paidForBy(em, named);
  if (!paidFor) throw new ProblemError('not_found');
  if (paidFor.booking === null && paidFor.charge === null && paidFor.sale === null) throw new ProblemError('forbidden');
  const venue = await venueOf(em, paidFor);
  if (venue === undefined) throw new ProblemError('not_found');
  atVenue(staff, venue);
}

/** Undefined when there is no such thing. */
async function paidForBy(em: Em, { bookingId, chargeId, paymentId, refundId, receiptId }: Named) {
  if (bookingId !== undefined) return bookingOf(bookingId);
  if (chargeId !== undefined) return chargeOf(chargeId);
  const columns = ['booking', 'charge', 'sale'] as const;
  if (paymentId !== undefined)
    return query(em).selectFrom('payment').select(columns).where('id', '=', paymentId).executeTakeFirst();
  if (refundId !== undefined)
    return query(em).selectFrom('refund').select(columns).where('id', '=', refundId).executeTakeFirst();
  return query(em)
    .selectFrom('receipt')
    .leftJoin('payment', 'payment.id', 'receipt.payment')
    .select(['booking', 'charge', 'sale'])
    .where('receipt.id', '=', Number(receiptId))
    .executeTakeFirst();
}

/** Undefined for money that is nobody's, and for what there is not. */
export async function venueOf(em: Em, { booking, charge, sale }: PaidFor): Promise<number | undefined> {
  const found =
    booking !== null
      ? await query(em)
          .selectFrom('booking')
          .innerJoin('showing', 'showing.id', 'booking.showing')
          .select('venue')
          .where('booking.id', '=', booking)
          .executeTakeFirst()
      : charge !== null
        ? await query(em).selectFrom('charge').select('venue').where('id', '=', charge).executeTakeFirst()
        : await query(em)
            .selectFrom('sale')
            .select('venue')
            .where('id', '=', sale ?? '')
            .executeTakeFirst();
  return found?.venue;
}

/** How much is decided about, and at which venue: null for money that is nobody's. Undefined when there is no such thing. */
export async function readMoney(
  em: Em,
  { paymentId, refundId, receiptId }: Named,
): Promise<{ amount: Money; venueId: number | null } | undefined> {
  const table = paymentId !== undefined ? 'payment' : refundId !== undefined ? 'refund' : 'receipt';
  const money = await query(em)
    .selectFrom(table)
    .select(['amount', 'currency'])
    .where('id', '=', paymentId ?? refundId ?? Number(receiptId))
    .executeTakeFirst();
  const paidFor = money && (await paidForBy(em, { paymentId, refundId, receiptId }));
  return money && { amount: money, venueId: (paidFor && (await venueOf(em, paidFor))) ?? null };
}
