import { MINOR_UNITS } from '../../shared/money.ts';
import { lockWord } from '../database/lock.ts';
import { type Em, query } from '../model/entities.ts';
import { extraToday, type Planned, planShowings } from './plan-showings.ts';
import { readSampleProgramme, type SampleMovie, type SampleVenue } from './sample-programme.ts';

/** Fills in the sample programme, and tops it up so that something is on today and in the coming days. Harmless when repeated. */
export async function fillProgramme(em: Em, now: Date): Promise<void> {
  await lockWord(em, 'sample programme'); // Several processes may start at once.
  const { venues, movies } = readSampleProgramme();
  const movieIds: number[] = [];
  for (const movie of movies) movieIds.push(await ensureMovie(em, movie));
  for (const venue of venues) {
    const venueId = await ensureVenue(em, venue);
    const planned = planShowings(venue, movies, now);
    const wanted = planned.filter(one => one.startsAt > now);
    const extra = extraToday(planned, venue.timeZone, now);
    if (extra && !(await isAnythingOn(em, venueId, now, extra.startsAt))) wanted.push(extra);
    const films = movies.map((movie, at) => ({ movie: movieIds[at] ?? 0, ...termsOf(movie, venue) }));
    const rows = (await withoutKnown(em, venueId, now, wanted)).flatMap(({ movie: at, screen, startsAt }) => {
      const film = films[at];
      return film ? { ...film, venue: venueId, screen, startsAt } : [];
    });
    if (rows.length > 0) await query(em).insertInto('showing').values(rows).execute();
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

/** What does not stand in the programme yet. */
async function withoutKnown(em: Em, venue: number, now: Date, wanted: Planned[]): Promise<Planned[]> {
  const known = await query(em)
    .selectFrom('showing')
    .select(['screen', 'startsAt'])
    .where('venue', '=', venue)
    .where('startsAt', '>', now)
    .execute();
  const slots = new Set(known.map(slotOf));
  return wanted.filter(one => !slots.has(slotOf(one)));
}

function slotOf({ screen, startsAt }: Pick<Planned, 'screen' | 'startsAt'>): string {
  return `${screen} at ${+startsAt}`;
}

function termsOf({ price, priceTzs, capacity }: SampleMovie, { currency }: SampleVenue) {
  return { price: (currency === 'KES' ? price : priceTzs) * MINOR_UNITS, currency, capacity };
}
