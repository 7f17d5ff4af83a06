import type { MatchView } from '../../shared/office/exceptions.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf, chargeOf, type PaidFor, saleOf } from '../model/paid-for.ts';
import { type Part, readParts } from './read-parts.ts';

/** Something that money may be for, whatever has become of it. */
export interface Match {
  paidFor: PaidFor;
  venueId: number;
  /** For people who compare. */
  view: MatchView;
}

/** The sale, booking or charge with this reference; undefined when there is none. */
export async function findMatch(em: Em, reference: string): Promise<Match | undefined> {
  const found =
    (await findSale(em, reference)) ?? (await findBooking(em, reference)) ?? (await findCharge(em, reference));
  if (!found) return undefined;
  const { id, venue: venueId, venueName, currency, startsAt, ...view } = found;
  const paidFor = { booking: bookingOf, charge: chargeOf, sale: saleOf }[view.kind](id);
  const parts = await readParts(em, paidFor);
  const sum = (amountOf: (part: Part) => number) => ({
    amount: parts.reduce((all, part) => all + amountOf(part), 0),
    currency,
  });
  const money = { total: sum(({ total }) => total), outstanding: sum(missingOf) };
  return { paidFor, venueId, view: { ...view, ...money, venue: venueName, startsAt: startsAt?.toISOString() ?? null } };
}

/** What could still be paid of it: of a booking whose hold is over, all, for its places may be free again. */
function missingOf({ state, total, applied }: Part): number {
  return state === 'held' || state === 'open' || state === 'lapsed' ? total - applied : 0;
}

async function findSale(em: Em, reference: string) {
  const sale = await query(em)
    .selectFrom('sale')
    .innerJoin('venue', 'venue.id', 'sale.venue')
    .select([
      'sale.id',
      'reference',
      'sale.state',
      'sale.currency',
      'sale.venue',
      'venue.name as venueName',
      'timeZone',
    ])
    .where('reference', '=', reference)
    .executeTakeFirst();
  return sale && { ...sale, kind: 'sale' as const, title: null, startsAt: null, phone: null };
}

async function findBooking(em: Em, reference: string) {
  const booking = await query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select([
      'booking.id',
      'reference',
      'booking.state',
      'booking.currency',
      'phoneMasked as phone',
      'title',
      'startsAt',
    ])
    .select(['showing.venue', 'venue.name as venueName', 'timeZone'])
    .where('reference', '=', reference)
    .executeTakeFirst();
  return booking && { ...booking, kind: 'booking' as const };
}

async function findCharge(em: Em, reference: string) {
  const charge = await query(em)
    .selectFrom('charge')
    .innerJoin('venue', 'venue.id', 'charge.venue')
    .select(['charge.id', 'reference', 'charge.state', 'charge.currency', 'purpose as title'])
    .select(['charge.venue', 'venue.name as venueName', 'timeZone'])
    .where('reference', '=', reference)
    .executeTakeFirst();
  return charge && { ...charge, kind: 'charge' as const, startsAt: null, phone: null };
}
