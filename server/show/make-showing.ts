import { addMs } from '../../shared/clock.ts';
import type { Money } from '../../shared/money.ts';
import type { ShowingRequest } from '../../shared/office/programme.ts';
import { invalid } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { type Changing, differences, recordProgramme } from './record-programme.ts';
import { lockVenue } from './save-venue.ts';

const DAY_MS = 24 * 3_600_000;
const LATE_MS = DAY_MS; // What began today may still be put down: its door is open.
const AHEAD_MS = 2 * 365 * DAY_MS; // Further away the year is a slip of the finger.

export interface NewShowing {
  movie: number;
  venue: number;
  screen: string;
  startsAt: Date;
  price: Money;
  capacity: number;
}

/** One showing exactly as it is asked for, also where something else has the screen; answers its id. */
export async function makeShowing(
  em: Em,
  changing: Changing,
  { movieId, venueId, ...wanted }: ShowingRequest,
): Promise<number> {
  const venue = await lockVenue(em, venueId);
  refuseOtherCurrency(wanted.price, venue.currency);
  refuseOddTime(wanted.startsAt, changing.now);
  await readMovie(em, movieId);
  const screen = await knownScreen(em, venueId, wanted.screen);
  return insertShowing(em, changing, { ...wanted, movie: movieId, venue: venueId, screen });
}

export async function insertShowing(
  em: Em,
  changing: Changing,
  { price: { amount, currency }, ...wanted }: NewShowing,
): Promise<number> {
  const row = { ...wanted, price: amount, currency };
  const { id } = await query(em).insertInto('showing').values(row).returning('id').executeTakeFirstOrThrow();
  const { venue, movie, ...facts } = row;
  const about = { venue, movie, showing: id };
  await recordProgramme(em, changing, { happening: 'showing_made', ...about, changes: differences({}, facts) });
  return id;
}

export async function readMovie(em: Em, movieId: number): Promise<{ title: string; minutes: number }> {
  const movie = await query(em)
    .selectFrom('movie')
    .select(['title', 'minutes'])
    .where('id', '=', movieId)
    .executeTakeFirst();
  if (!movie) throw invalid('invalid_body', 'movieId', 'There is no such movie');
  return movie;
}

/** A screen is a name at a venue, and "screen 1" is the "Screen 1" that is there already. */
export async function knownScreen(em: Em, venue: number, typed: string): Promise<string> {
  const rows = await query(em).selectFrom('showing').select('screen').distinct().where('venue', '=', venue).execute();
  return rows.find(({ screen }) => screen.toLowerCase() === typed.toLowerCase())?.screen ?? typed;
}

export function refuseOtherCurrency({ currency }: Money, of: string): void {
  if (currency !== of) throw invalid('invalid_body', 'price', `Prices here are in ${of}`);
}

export function refuseOddTime(startsAt: Date, now: Date): void {
  if (startsAt < addMs(now, -LATE_MS)) throw invalid('invalid_body', 'startsAt', 'That is over already');
  if (startsAt > addMs(now, AHEAD_MS)) throw invalid('invalid_body', 'startsAt', 'That is more than two years away');
}
