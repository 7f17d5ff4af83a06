import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { addMs, sooner } from '../../shared/clock.ts';
import { CURRENCIES, MINOR_UNITS } from '../../shared/money.ts';
import { COUNTRIES } from '../../shared/phone.ts';
import { type Em, query } from '../model/entities.ts';
import { dayIn, instantIn } from './venue-time.ts';

const DAYS_AHEAD = 7; // Today included.
const MATINEE_MINUTES_BEFORE = 5 * 60; // Each film plays twice a day: at its time, and so much earlier.
const EXTRA_AFTER_MINUTES = 60; // When today's last film has begun, one more begins so much later.
const DAY_MS = 24 * 3_600_000;

const Whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const Programme = v.object({
  venues: v.array(
    v.object({
      name: v.string(),
      city: v.string(),
      country: v.picklist(COUNTRIES),
      currency: v.picklist(CURRENCIES),
      timeZone: v.string(),
      address: v.string(),
      phone: v.string(),
      email: v.string(),
      screens: v.array(v.string()),
    }),
  ),
  movies: v.array(
    v.object({
      title: v.string(),
      description: v.string(),
      poster: v.string(),
      minutes: Whole,
      rating: v.string(),
      time: v.pipe(v.string(), v.regex(/^\d\d:\d\d$/)),
      price: Whole,
      priceTzs: Whole,
      capacity: Whole,
    }),
  ),
});
type Programme = v.InferOutput<typeof Programme>;
type SampleVenue = Programme['venues'][number];
type SampleMovie = Programme['movies'][number];

/** Fills in the sample programme, and tops it up so that something is on today and in the coming days. Harmless when repeated. */
export async function fillProgramme(em: Em, now: Date): Promise<void> {
  const { venues, movies } = v.parse(
    Programme,
    JSON.parse(readFileSync(`${import.meta.dirname}/sample-programme.json`, 'utf8')),
  );
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

interface Planned {
  /** The film's place in the sample. */
  movie: number;
  screen: string;
  startsAt: Date;
}

/** Each screen shows one film a day, in turn, so that in a few days every film has played. */
function planShowings({ screens, timeZone }: SampleVenue, movies: SampleMovie[], now: Date): Planned[] {
  const planned: Planned[] = [];
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
    const day = dayIn(timeZone, addMs(now, ahead * DAY_MS));
    const dayNumber = Math.floor(Date.UTC(day.year, day.month - 1, day.day) / DAY_MS);
    for (const [at, screen] of screens.entries()) {
      const movie = (dayNumber * screens.length + at) % movies.length;
      const minutes = minutesOf(movies[movie]?.time ?? '20:00');
      for (const startMinutes of [minutes - MATINEE_MINUTES_BEFORE, minutes])
        planned.push({ movie, screen, startsAt: instantIn(timeZone, day, startMinutes) });
    }
  }
  return planned;
}

/** Late in the evening, one more: there is always something to book today. Undefined while one of the plan is still to come. */
function extraToday(planned: Planned[], timeZone: string, now: Date): Planned | undefined {
  const tomorrow = instantIn(timeZone, dayIn(timeZone, now), 24 * 60);
  const todays = planned.filter(one => one.startsAt < tomorrow);
  const last = todays.at(-1);
  if (!last || todays.some(one => one.startsAt > now)) return undefined;
  const startsAt = sooner(roundUp(addMs(now, EXTRA_AFTER_MINUTES * 60_000)), addMs(tomorrow, -60_000));
  return startsAt > now ? { ...last, startsAt } : undefined;
}

/** An earlier start of this evening may have added one that is still to come. */
async function isAnythingOn(em: Em, venueId: number, now: Date, until: Date): Promise<boolean> {
  const showing = await query(em)
    .selectFrom('showing')
    .select('id')
    .where('venue', '=', venueId)
    .where('startsAt', '>', now)
    .where('startsAt', '<=', until)
    .executeTakeFirst();
  return showing !== undefined;
}

function roundUp(instant: Date): Date {
  const quarterMs = 15 * 60_000;
  return new Date(Math.ceil(+instant / quarterMs) * quarterMs);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

async function ensureVenue(em: Em, { screens: _, ...venue }: SampleVenue): Promise<number> {
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
