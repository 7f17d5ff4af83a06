import { sql } from 'kysely';
import type { Currency } from '../../shared/money.ts';
import type { GatewayName, MovieView, ShowingView, VenueView } from '../../shared/views.ts';
import { type Em, query } from '../model/entities.ts';

/** The gateways that are configured and take a currency. */
export type GatewaysFor = (currency: Currency) => GatewayName[];

/** One showing as anybody may see it; undefined when there is none. */
export async function seeShowing(
  em: Em,
  showingId: number,
  gatewaysFor: GatewaysFor,
): Promise<ShowingView | undefined> {
  const row = await showings(em).where('showing.id', '=', showingId).executeTakeFirst();
  return row && presentShowing(row, gatewaysFor);
}

/** Movies with a showing still to come, the soonest first. */
export async function seeMovies(em: Em, now: Date, gatewaysFor: GatewaysFor, movieId?: number): Promise<MovieView[]> {
  let coming = showings(em).where('startsAt', '>', now).where('cancelledAt', 'is', null);
  if (movieId !== undefined) coming = coming.where('showing.movie', '=', movieId);
  const rows = await coming.orderBy('startsAt').orderBy('showing.id').execute();
  const movies = await query(em)
    .selectFrom('movie')
    .select(['id', 'title', 'description', 'imageUrl', 'minutes', 'rating'])
    .where('id', 'in', [...new Set(rows.map(row => row.movie))])
    .execute();
  const byId = new Map(
    movies.map(({ id, ...movie }) => [id, { movieId: id, ...movie, showings: [] as ShowingView[] }]),
  );
  for (const row of rows) byId.get(row.movie)?.showings.push(presentShowing(row, gatewaysFor));
  return [...byId.values()].sort((one, other) => soonest(one).localeCompare(soonest(other)));
}

/** The version of the whole programme: raised by each change that a person makes. */
export async function seeProgrammeVersion(em: Em): Promise<number> {
  const { version } = await query(em)
    .selectFrom('programme_entry')
    .select(sql<number>`coalesce(max(id), 0)`.as('version'))
    .executeTakeFirstOrThrow();
  return version;
}

/** One movie, whether anything is planned with it or not; undefined when there is none. */
export async function seeMovie(
  em: Em,
  now: Date,
  gatewaysFor: GatewaysFor,
  movieId: number,
): Promise<MovieView | undefined> {
  const [coming] = await seeMovies(em, now, gatewaysFor, movieId);
  if (coming) return coming;
  const movie = await query(em)
    .selectFrom('movie')
    .select(['id as movieId', 'title', 'description', 'imageUrl', 'minutes', 'rating'])
    .where('id', '=', movieId)
    .executeTakeFirst();
  return movie && { ...movie, showings: [] };
}

export async function seeVenues(em: Em, gatewaysFor: GatewaysFor): Promise<VenueView[]> {
  const rows = await query(em)
    .selectFrom('venue')
    .select(['id', 'name', 'city', 'country', 'currency', 'timeZone', 'address', 'phone', 'email'])
    .select(['leastCharge', 'largestCharge'])
    .orderBy('id')
    .execute();
  return rows.map(({ id, leastCharge, largestCharge, ...venue }) => ({
    venueId: id,
    ...venue,
    gateways: gatewaysFor(venue.currency),
    charges: presentCharges(leastCharge, largestCharge, venue.currency),
  }));
}

function presentCharges(least: number | null, largest: number | null, currency: Currency): VenueView['charges'] {
  if (least === null || largest === null) return null;
  return { least: { amount: least, currency }, largest: { amount: largest, currency } };
}

/** With what stands beside them wherever they are shown. */
export function showings(em: Em) {
  return query(em)
    .selectFrom('showing')
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select(['showing.id', 'showing.movie', 'showing.venue', 'screen', 'startsAt', 'price', 'showing.currency'])
    .select(['capacity', 'held', 'sold', 'cancelledAt', 'version', 'title', 'venue.name as venueName', 'timeZone']);
}

type ShowingRow = Awaited<ReturnType<ReturnType<typeof showings>['execute']>>[number];

export function presentShowing(row: ShowingRow, gatewaysFor: GatewaysFor): ShowingView {
  return {
    showingId: row.id,
    movieId: row.movie,
    title: row.title,
    startsAt: row.startsAt.toISOString(),
    timeZone: row.timeZone,
    venueId: row.venue,
    venue: row.venueName,
    screen: row.screen,
    price: { amount: row.price, currency: row.currency },
    capacity: row.capacity,
    placesLeft: row.capacity - row.held - row.sold,
    cancelled: row.cancelledAt !== null,
    version: row.version,
    gateways: gatewaysFor(row.currency),
    seats: null,
  };
}

function soonest({ showings }: MovieView): string {
  return showings[0]?.startsAt ?? '';
}
