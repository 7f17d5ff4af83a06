import type { ExceptionView } from '../../../shared/office/exceptions.ts';
import { type Em, query } from '../../model/entities.ts';
import type { Row } from './row.ts';

/** Where something is, and how people call it. */
interface Place {
  id: string;
  reference: string;
  venueId: number;
  venue: string;
}

/** Whose each is and at which venue, for all of them together. */
export async function addPlaces(em: Em, rows: readonly Row[]): Promise<ExceptionView[]> {
  const given = (of: (row: Row) => string | null) => [...new Set(rows.map(of).filter(id => id !== null))];
  const places = await findPlaces(em, {
    bookings: given(row => row.bookingId),
    charges: given(row => row.chargeId),
    sales: given(row => row.saleId),
  });
  return rows.map(row => {
    const place = places.get(row.bookingId ?? row.chargeId ?? row.saleId ?? '');
    return {
      ...row,
      reference: place?.reference ?? null,
      venueId: place?.venueId ?? null,
      venue: place?.venue ?? null,
    };
  });
}

/** No id is of two kinds. */
export async function findPlaces(
  em: Em,
  { bookings, charges, sales }: { bookings: string[]; charges: string[]; sales: string[] },
): Promise<Map<string, Place>> {
  const found = [
    ...(bookings.length > 0 ? await ofBookings(em, bookings) : []),
    ...(charges.length > 0 ? await ofCharges(em, charges) : []),
    ...(sales.length > 0 ? await ofSales(em, sales) : []),
  ];
  return new Map(found.map(place => [place.id, place]));
}

function ofBookings(em: Em, ids: string[]): Promise<Place[]> {
  return query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select(['booking.id', 'reference', 'venue.id as venueId', 'venue.name as venue'])
    .where('booking.id', 'in', ids)
    .execute();
}

function ofCharges(em: Em, ids: string[]): Promise<Place[]> {
  return query(em)
    .selectFrom('charge')
    .innerJoin('venue', 'venue.id', 'charge.venue')
    .select(['charge.id', 'reference', 'venue.id as venueId', 'venue.name as venue'])
    .where('charge.id', 'in', ids)
    .execute();
}

function ofSales(em: Em, ids: string[]): Promise<Place[]> {
  return query(em)
    .selectFrom('sale')
    .innerJoin('venue', 'venue.id', 'sale.venue')
    .select(['sale.id', 'reference', 'venue.id as venueId', 'venue.name as venue'])
    .where('sale.id', 'in', ids)
    .execute();
}
