import type { BoardShowing, Takings } from '../../shared/office/board.ts';
import type { Method } from '../../shared/views.ts';
import { type Em, query } from '../model/entities.ts';

/** Which rows of a venue's board: what starts between two instants, or a few by their ids. */
export type Rows = { venueId: number; from: Date; until: Date } | { ids: readonly number[] };

/** Where each stands. One statement a kind of row: counts and version are of the same moment, so a newer version is never older. */
export async function seeBoardShowings(em: Em, rows: Rows): Promise<(BoardShowing & { venueId: number })[]> {
  const found = await showings(em, rows)
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .select(['showing.venue', 'title', 'screen', 'startsAt', 'price', 'currency', 'capacity', 'held', 'sold'])
    .select('cancelledAt')
    .select(showing =>
      showing
        .selectFrom('ticket')
        .innerJoin('booking', 'booking.id', 'ticket.booking')
        .select(one => one.fn.countAll<number>().as('admitted'))
        .whereRef('booking.showing', '=', 'showing.id')
        .where('ticket.state', '=', 'admitted')
        .as('admitted'),
    )
    .orderBy('startsAt')
    .orderBy('showing.id')
    .execute();
  return found.map(row => ({
    showingId: row.id,
    venueId: row.venue,
    version: versionOf(row),
    title: row.title,
    screen: row.screen,
    startsAt: row.startsAt.toISOString(),
    price: { amount: row.price, currency: row.currency },
    capacity: row.capacity,
    sold: row.sold,
    held: row.held,
    left: row.capacity - row.sold - row.held,
    admitted: Number(row.admitted ?? 0),
    cancelled: row.cancelledAt !== null,
  }));
}

/** The money that pays for each, by how it came: what went back, or was taken back, is not in it. For supervisors only. */
export async function seeTakings(em: Em, rows: Rows): Promise<(Takings & { venueId: number })[]> {
  const found = await showings(em, rows)
    .leftJoin('booking', 'booking.showing', 'showing.id')
    .leftJoin('share', join => join.onRef('share.booking', '=', 'booking.id').on('share.refund', 'is', null))
    .leftJoin('receipt', join => join.onRef('receipt.id', '=', 'share.receipt').on('receipt.reversedAt', 'is', null))
    .select(['showing.venue', 'showing.currency', 'receipt.gateway as method'])
    .select(one => one.fn.sum<number | null>('share.amount').as('taken'))
    .groupBy(['showing.id', 'receipt.gateway'])
    .orderBy('receipt.gateway')
    .execute();
  const takings = new Map<number, Takings & { venueId: number }>();
  for (const row of found) {
    const known = takings.get(row.id) ?? {
      showingId: row.id,
      venueId: row.venue,
      version: versionOf(row),
      byMethod: [],
    };
    takings.set(row.id, known);
    const method: Method | null = row.method;
    if (method) known.byMethod.push({ method, taken: { amount: Number(row.taken ?? 0), currency: row.currency } });
  }
  return [...takings.values()];
}

/** Places change one count, whatever else happens to bookings the other. */
const versionOf = (row: { version: number; bookingChanges: number }) => row.version + row.bookingChanges;

export function showings(em: Em, rows: Rows) {
  const all = query(em).selectFrom('showing').select(['showing.id', 'showing.version', 'bookingChanges']);
  if ('ids' in rows) return all.where('showing.id', 'in', rows.ids);
  return all
    .where('showing.venue', '=', rows.venueId)
    .where('startsAt', '>=', rows.from)
    .where('startsAt', '<', rows.until);
}
