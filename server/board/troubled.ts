import { sql } from 'kysely';
import type { PaymentState, RefundState } from '../../shared/views.ts';
import { type Em, query } from '../model/entities.ts';
import { UNRESOLVED } from '../model/payment.ts';

const TROUBLED_MAX = 100; // Of a venue, the newest of each sort: more is a bad day, and the exceptions list has them all.
const DONE = sql.lit<RefundState>('done'); // Not bound, here and below: or the indexes of what is open are not used.
const OPEN = UNRESOLVED.map(state => sql.lit<PaymentState>(state));

/** Bookings of a venue with which something is open that people must see to: money that is due back, or that nobody knows of. */
export async function findTroubled(em: Em, venueId: number, openSince: Date) {
  const owed = await troubled(em, venueId)
    .innerJoin('refund', 'refund.booking', 'booking.id')
    .where('refund.state', '!=', DONE)
    .orderBy('refund.createdAt', 'desc')
    .execute();
  const silent = await troubled(em, venueId)
    .innerJoin('payment', 'payment.booking', 'booking.id')
    .where('payment.state', 'in', OPEN)
    .where('payment.closedAt', 'is', null)
    .where(one => one.or([one('payment.frozen', '=', true), one('payment.startedAt', '<', openSince)]))
    .orderBy('payment.startedAt', 'desc')
    .execute();
  return [...owed, ...silent];
}

function troubled(em: Em, venueId: number) {
  return query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .select(['booking.id', 'customerNameSealed as name'])
    .where(one => one(one.fn.coalesce('showing.venue', one.val(0)), '=', venueId)) // No index of venues: few are open.
    .limit(TROUBLED_MAX);
}
