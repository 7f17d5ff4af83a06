import type { DoorShowing } from '../../shared/office/door.ts';
import { type Em, query } from '../model/entities.ts';
import { tonightIn } from '../show/tonight.ts';

/** Tonight's showings of a venue, the earliest first; undefined when there is no such venue. */
export async function seeDoor(em: Em, venueId: number, now: Date): Promise<DoorShowing[] | undefined> {
  const venue = await query(em).selectFrom('venue').select('timeZone').where('id', '=', venueId).executeTakeFirst();
  if (!venue) return undefined;
  const { from, until } = tonightIn(venue.timeZone, now);
  const rows = await showings(em)
    .where('showing.venue', '=', venueId)
    .where('startsAt', '>=', from)
    .where('startsAt', '<', until)
    .orderBy('startsAt')
    .orderBy('showing.id')
    .execute();
  return rows.map(row => presentShowing(row, now));
}

export async function seeDoorShowing(em: Em, showingId: number, now: Date): Promise<DoorShowing | undefined> {
  const row = await showings(em).where('showing.id', '=', showingId).executeTakeFirst();
  return row && presentShowing(row, now);
}

function showings(em: Em) {
  return query(em)
    .selectFrom('showing')
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select(['showing.id', 'showing.venue', 'screen', 'startsAt', 'sold', 'cancelledAt', 'title', 'timeZone'])
    .select('venue.name as venueName')
    .select(showing =>
      showing
        .selectFrom('ticket')
        .innerJoin('booking', 'booking.id', 'ticket.booking')
        .select(one => one.fn.countAll<number>().as('admitted'))
        .whereRef('booking.showing', '=', 'showing.id')
        .where('ticket.state', '=', 'admitted')
        .as('admitted'),
    );
}

type ShowingRow = Awaited<ReturnType<ReturnType<typeof showings>['execute']>>[number];

function presentShowing(row: ShowingRow, now: Date): DoorShowing {
  return {
    now: now.toISOString(),
    showingId: row.id,
    venueId: row.venue,
    title: row.title,
    startsAt: row.startsAt.toISOString(),
    timeZone: row.timeZone,
    venue: row.venueName,
    screen: row.screen,
    cancelled: row.cancelledAt !== null,
    sold: row.sold,
    admitted: Number(row.admitted ?? 0),
  };
}
