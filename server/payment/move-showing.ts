import { recordChange } from '../booking/record-change.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import { readShowing } from '../show/change-showing.ts';
import { findClashes, slotOf } from '../show/find-clashes.ts';
import { refuseClashes } from '../show/make-schedule.ts';
import { knownScreen, readMovie, refuseOddTime } from '../show/make-showing.ts';
import { type Changing, differences, recordProgramme } from '../show/record-programme.ts';
import { lockVenue } from '../show/save-venue.ts';

/** Where a showing goes: another time, another screen, or both. */
export interface Move {
  startsAt?: Date | undefined;
  screen?: string | undefined;
}

/**
 * The showing takes place at another time or on another screen. Its bookings stay what they are; each of them is told, and
 * says so on its page. Not once it has begun, and not where something else has the screen.
 */
export async function moveShowing(em: Em, changing: Changing, showingId: number, move: Move): Promise<void> {
  const { venue } = await readShowing(em, showingId);
  const { timeZone } = await lockVenue(em, venue); // Of two who want one screen, one waits and sees the other.
  const before = await readShowing(em, showingId);
  refuseOver(before, changing.now);
  const screen = move.screen === undefined ? before.screen : await knownScreen(em, venue, move.screen);
  const after = { startsAt: move.startsAt ?? before.startsAt, screen };
  const changes = differences({ startsAt: before.startsAt, screen: before.screen }, after);
  if (Object.keys(changes).length === 0) return;
  refuseBegun(after.startsAt, changing.now);
  await refuseTakenScreen(em, showingId, { ...before, ...after });
  await setPlace(em, showingId, { before, after, now: changing.now });
  const about = { venue, movie: before.movie, showing: showingId };
  await recordProgramme(em, changing, { happening: 'showing_moved', ...about, changes });
  await tellBookings(em, changing, showingId, { from: written(before, timeZone), to: written(after, timeZone) });
}

function refuseOver({ startsAt, cancelledAt }: { startsAt: Date; cancelledAt: Date | null }, now: Date) {
  if (cancelledAt) throw new ProblemError('not_possible_now', { detail: 'This showing was cancelled' });
  if (startsAt <= now) throw new ProblemError('not_possible_now', { detail: 'This showing has begun' });
}

function refuseBegun(startsAt: Date, now: Date) {
  refuseOddTime(startsAt, now);
  if (startsAt <= now) throw new ProblemError('not_possible_now', { detail: 'That is over already' });
}

interface Place {
  startsAt: Date;
  screen: string;
}

async function refuseTakenScreen(em: Em, showingId: number, at: Place & { venue: number; movie: number }) {
  const slot = slotOf(showingId, await readMovie(em, at.movie), at.startsAt);
  const [clashes = []] = await findClashes(em, at.venue, at.screen, [slot]);
  refuseClashes([{ startsAt: at.startsAt.toISOString(), clashes }]);
}

async function setPlace(em: Em, showingId: number, { before, after, now }: { before: Place; after: Place; now: Date }) {
  await query(em)
    .updateTable('showing')
    .set(showing => ({ ...after, version: showing('version', '+', 1) }))
    .set({ movedAt: now, movedFromStart: before.startsAt, movedFromScreen: before.screen })
    .where('id', '=', showingId)
    .execute();
}

/** All for whom it matters, also those whose money may still arrive. */
async function tellBookings(
  em: Em,
  { actor, now }: Changing,
  showingId: number,
  details: { from: string; to: string },
) {
  const bookings = await query(em)
    .selectFrom('booking')
    .select('id')
    .where('showing', '=', showingId)
    .where('state', 'in', ['held', 'lapsed', 'confirmed'])
    .execute();
  for (const { id } of bookings)
    await recordChange(em, bookingOf(id), { happening: 'showing_moved', actor, at: now, details });
}

/** As people at the venue say it. */
function written({ startsAt, screen }: Place, timeZone: string): string {
  const time = startsAt.toLocaleString('en-GB', { timeZone, dateStyle: 'full', timeStyle: 'short' });
  return `${time}, ${screen}`;
}
