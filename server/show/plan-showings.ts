import { addMs, sooner } from '../../shared/clock.ts';
import type { SampleMovie, SampleVenue } from './sample-programme.ts';
import { dayIn, instantIn } from './venue-time.ts';

const DAYS_AHEAD = 7; // Today included.
const MATINEE_MINUTES_BEFORE = 5 * 60; // Each film plays twice a day: at its time, and so much earlier.
const EXTRA_AFTER_MINUTES = 60; // When today's last film has begun, one more begins so much later.
const DAY_MS = 24 * 3_600_000;

export interface Planned {
  /** The film's place in the sample. */
  movie: number;
  screen: string;
  startsAt: Date;
}

/** Each screen shows one film a day, in turn, so that in a few days every film has played. */
export function planShowings({ screens, timeZone }: SampleVenue, movies: SampleMovie[], now: Date): Planned[] {
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
export function extraToday(planned: Planned[], timeZone: string, now: Date): Planned | undefined {
  const tomorrow = instantIn(timeZone, dayIn(timeZone, now), 24 * 60);
  const todays = planned.filter(one => one.startsAt < tomorrow);
  const last = todays.at(-1);
  if (!last || todays.some(one => one.startsAt > now)) return undefined;
  const startsAt = sooner(roundUp(addMs(now, EXTRA_AFTER_MINUTES * 60_000)), addMs(tomorrow, -60_000));
  return startsAt > now ? { ...last, startsAt } : undefined;
}

function roundUp(instant: Date): Date {
  const quarterMs = 15 * 60_000;
  return new Date(Math.ceil(+instant / quarterMs) * quarterMs);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
