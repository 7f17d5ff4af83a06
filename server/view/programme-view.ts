import { addMs } from '../../shared/clock.ts';
import type { ProgrammeMovie, ProgrammeShowing, ProgrammeShowings } from '../../shared/office/programme.ts';
import { type Em, query } from '../model/entities.ts';
import { type GatewaysFor, presentShowing, showings } from './showing-view.ts';

const MINUTE_MS = 60_000;

/** All movies, also those that nothing is planned with, the newest first. */
export async function seeAllMovies(em: Em, now: Date): Promise<ProgrammeMovie[]> {
  const rows = await query(em)
    .selectFrom('movie')
    .select(['id as movieId', 'title', 'description', 'imageUrl', 'minutes', 'rating'])
    .select(movie =>
      movie
        .selectFrom('showing')
        .select(showing => showing.fn.countAll<number>().as('coming'))
        .whereRef('showing.movie', '=', 'movie.id')
        .where('startsAt', '>', now)
        .where('cancelledAt', 'is', null)
        .as('coming'),
    )
    .orderBy('movie.id', 'desc')
    .execute();
  return rows.map(row => ({ ...row, coming: Number(row.coming) }));
}

/** What is planned at a venue from one instant to another, cancelled ones too, in order of time. */
export async function seePlanned(
  em: Em,
  venueId: number,
  [from, to]: [Date, Date],
  gatewaysFor: GatewaysFor,
): Promise<ProgrammeShowing[]> {
  const rows = await showings(em)
    .select('minutes')
    .select(showing =>
      showing
        .selectFrom('booking')
        .select(booking => booking.fn.countAll<number>().as('bookings'))
        .whereRef('booking.showing', '=', 'showing.id')
        .where('state', 'in', ['held', 'confirmed'])
        .as('bookings'),
    )
    .where('showing.venue', '=', venueId)
    .where('startsAt', '>=', from)
    .where('startsAt', '<', to)
    .orderBy('startsAt')
    .orderBy('screen')
    .execute();
  return rows.map(row => ({
    ...presentShowing(row, gatewaysFor),
    endsAt: addMs(row.startsAt, row.minutes * MINUTE_MS).toISOString(),
    held: row.held,
    sold: row.sold,
    bookings: Number(row.bookings),
  }));
}

/** The screens of a venue, as far as anything was ever planned on them, each with what it had last. */
export async function seeScreens(em: Em, venueId: number): Promise<ProgrammeShowings['screens']> {
  const newest = query(em)
    .selectFrom('showing')
    .select(showing => showing.fn.max('id').as('id'))
    .where('venue', '=', venueId)
    .groupBy('screen');
  const rows = await query(em)
    .selectFrom('showing')
    .select(['screen', 'capacity', 'price', 'currency'])
    .where('id', 'in', newest)
    .orderBy('screen')
    .execute();
  return rows.map(({ screen, capacity, price, currency }) => ({
    screen,
    capacity,
    price: { amount: price, currency },
  }));
}
