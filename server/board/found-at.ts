import { type Em, query } from '../model/entities.ts';

export const CANDIDATES_MAX = 30; // By one key, the newest: a page of results holds fewer.
const NOWHERE = 0; // No venue has this id.

export interface Ids {
  bookings: string[];
  charges: string[];
}

// The venue is asked for as an expression: by its index the database would go through all bookings of the venue, because
// it does not know how few have the reference or the phone.

export function bookingsAt(em: Em, venueId: number) {
  return query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .select('booking.id')
    .where(one => one(one.fn.coalesce('showing.venue', one.val(NOWHERE)), '=', venueId))
    .limit(CANDIDATES_MAX);
}

export function chargesAt(em: Em, venueId: number) {
  return query(em)
    .selectFrom('charge')
    .select('charge.id')
    .where(one => one(one.fn.coalesce('charge.venue', one.val(NOWHERE)), '=', venueId))
    .limit(CANDIDATES_MAX);
}

export function salesAt(em: Em, venueId: number) {
  return query(em)
    .selectFrom('sale')
    .select('sale.id')
    .where(one => one(one.fn.coalesce('sale.venue', one.val(NOWHERE)), '=', venueId))
    .limit(CANDIDATES_MAX);
}

export function paymentsAt(em: Em, venueId: number) {
  return query(em)
    .selectFrom('payment')
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .leftJoin('showing', 'showing.id', 'booking.showing')
    .leftJoin('charge', 'charge.id', 'payment.charge')
    .leftJoin('sale', 'sale.id', 'payment.sale')
    .select(['payment.booking', 'payment.charge', 'payment.sale'])
    .where(one => one(one.fn.coalesce('showing.venue', 'charge.venue', 'sale.venue'), '=', venueId))
    .limit(CANDIDATES_MAX);
}

export async function paidBy(
  em: Em,
  venueId: number,
  payments: { booking: string | null; charge: string | null; sale: string | null }[],
): Promise<Ids> {
  const given = (ids: (string | null)[]) => [...new Set(ids.filter(id => id !== null))];
  const own = { bookings: given(payments.map(one => one.booking)), charges: given(payments.map(one => one.charge)) };
  return together(own, await inSales(em, venueId, given(payments.map(one => one.sale))));
}

export async function inSales(em: Em, venueId: number, sales: string[]): Promise<Ids> {
  if (sales.length === 0) return { bookings: [], charges: [] };
  const bookings = await bookingsAt(em, venueId).where('booking.sale', 'in', sales).execute();
  const charges = await chargesAt(em, venueId).where('charge.sale', 'in', sales).execute();
  return { bookings: idsOf(bookings), charges: idsOf(charges) };
}

export function together(one: Ids, other: Ids): Ids {
  return { bookings: [...one.bookings, ...other.bookings], charges: [...one.charges, ...other.charges] };
}

export const idsOf = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);
