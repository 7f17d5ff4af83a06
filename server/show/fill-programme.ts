import { MINOR_UNITS } from '../../shared/money.ts';
import { type Em, query } from '../model/entities.ts';
import { extraToday, type Planned, planShowings } from './plan-showings.ts';
import { readSampleProgramme, type SampleMovie, type SampleVenue } from './sample-programme.ts';

/** Fills in the sample programme, and tops it up so that something is on today and in the coming days. Harmless when repeated. */
export async function fillProgramme(em: Em, now: Date): Promise<void> {
  const { venues, movies } = readSampleProgramme();
  const movieIds = await Promise.all(movies.map(movie => ensureMovie(em, movie)));
  for (const venue of venues) {
    const venueId = await ensureVenue(em, venue);
    const ensure = (showing: Planned) =>
      ensureShowing(em, venueId, movieIds[showing.movie] ?? 0, venue, movies[showing.movie], showing);
    const planned = planShowings(venue, movies, now);
    for (const showing of planned.filter(one => one.startsAt > now)) await ensure(showing);
    const extra = extraToday(planned, venue.timeZone, now);
    if (extra && !(await isAnythingOn(em, venueId, now, extra.startsAt))) await ensure(extra);
  }
}

/** An earlier start of this evening may have added one that is still to come. */
async function isAnythingOn(em: Em, venueId: number, now: Date, until: Date): Promise<boolean> {
  const showing = await query(em)
    .selectFrom('showing')
    .select('id')
    .where('venue', '=', venueId)
    .where('startsAt', '>', now)
    .where('startsAt', '<=', until)
    .where('cancelledAt', 'is', null)
    .executeTakeFirst();
  return showing !== undefined;
}

async function ensureVenue(em: Em, { screens: _, charges, ...sample }: SampleVenue): Promise<number> {
  const leastCharge = charges ? charges.least * MINOR_UNITS : null;
  const largestCharge = charges ? charges.largest * MINOR_UNITS : null;
  const venue = { ...sample, leastCharge, largestCharge };
  const sql = query(em);
  const known = await sql.selectFrom('venue').select('id').where('name', '=', venue.name).executeTakeFirst();
  const row = known ?? (await sql.insertInto('venue').values(venue).returning('id').executeTakeFirstOrThrow());
  return row.id;
}

async function ensureMovie(em: Em, { title, description, poster, minutes, rating }: SampleMovie): Promise<number> {
  const sql = query(em);
  const known = await sql.selectFrom('movie').select('id').where('title', '=', title).executeTakeFirst();
  const movie = { title, description, imageUrl: `/posters/${poster}`, minutes, rating };
  const row = known ?? (await sql.insertInto('movie').values(movie).returning('id').executeTakeFirstOrThrow());
  return row.id;
}

async function ensureShowing(
  em: Em,
  venue: number,
  movie: number,
  { currency }: SampleVenue,
  sample: SampleMovie | undefined,
  { screen, startsAt }: Planned,
) {
  if (!sample) return;
  const sql = query(em);
  const known = await sql
    .selectFrom('showing')
    .select('id')
    .where('venue', '=', venue)
    .where('screen', '=', screen)
    .where('startsAt', '=', startsAt)
    .executeTakeFirst();
  if (known) return;
  const price = (currency === 'KES' ? sample.price : sample.priceTzs) * MINOR_UNITS;
  await sql
    .insertInto('showing')
    .values({ venue, movie, screen, startsAt, price, currency, capacity: sample.capacity })
    .execute();
}
