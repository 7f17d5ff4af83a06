import type { SchedulePreview, ScheduleRequest } from '../../shared/office/programme.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { findClashes, slotOf } from './find-clashes.ts';
import { insertShowing, knownScreen, readMovie, refuseOtherCurrency } from './make-showing.ts';
import type { Changing } from './record-programme.ts';
import { lockVenue } from './save-venue.ts';
import { instantIn } from './venue-time.ts';

type Planned = SchedulePreview['showings'];

/** What a schedule would make, in order of time, and what stands in its way. Changes nothing. */
export async function previewSchedule(em: Em, schedule: ScheduleRequest, now: Date): Promise<Planned> {
  const venue = await query(em)
    .selectFrom('venue')
    .select(['currency', 'timeZone'])
    .where('id', '=', schedule.venueId)
    .executeTakeFirst();
  if (!venue) throw new ProblemError('not_found', { detail: 'There is no such venue' });
  refuseOtherCurrency(schedule.price, venue.currency);
  const movie = await readMovie(em, schedule.movieId);
  const slots = instantsOf(schedule, venue.timeZone).map(startsAt => slotOf(null, movie, startsAt));
  const screen = await knownScreen(em, schedule.venueId, schedule.screen);
  const clashes = await findClashes(em, schedule.venueId, screen, slots);
  return slots.map(({ startsAt, endsAt }, at) => ({
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    isPast: startsAt <= now,
    clashes: clashes[at] ?? [],
  }));
}

/** All showings of a schedule, or none: nothing is made while something else has the screen. Answers their ids. */
export async function makeSchedule(em: Em, changing: Changing, schedule: ScheduleRequest): Promise<number[]> {
  await lockVenue(em, schedule.venueId); // Of two schedules for one screen the second one sees the first.
  const planned = await previewSchedule(em, schedule, changing.now);
  refusePast(planned);
  refuseClashes(planned);
  const screen = await knownScreen(em, schedule.venueId, schedule.screen);
  const { movieId: movie, venueId: venue, price, capacity } = schedule;
  const made: number[] = [];
  for (const { startsAt } of planned)
    made.push(
      await insertShowing(em, changing, { movie, venue, screen, price, capacity, startsAt: new Date(startsAt) }),
    );
  return made;
}

function instantsOf({ days, times }: ScheduleRequest, timeZone: string): Date[] {
  const instants = days.flatMap(written => {
    const [year = 0, month = 0, day = 0] = written.split('-').map(Number);
    return times.map(time => instantIn(timeZone, { year, month, day }, minutesOf(time)));
  });
  return instants.sort((one, other) => +one - +other);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function refusePast(planned: Planned) {
  const past = planned.filter(({ isPast }) => isPast);
  if (past.length === 0) return;
  const errors = past.map(({ startsAt }) => ({ path: 'days', message: `${startsAt} is over already` }));
  throw new ProblemError('invalid_body', { detail: 'Some of it is over already', errors });
}

/** Names each clash. */
export function refuseClashes(planned: Pick<Planned[number], 'startsAt' | 'clashes'>[]): void {
  const errors = planned.flatMap(({ startsAt, clashes }) =>
    clashes.map(clash => ({
      path: startsAt,
      message: `${clash.title} is on from ${clash.startsAt} to ${clash.endsAt}`,
    })),
  );
  if (errors.length > 0) throw new ProblemError('screen_taken', { detail: errors[0]?.message ?? '', errors });
}
