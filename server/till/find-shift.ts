import type { SignedIn } from '../box-office/sessions.ts';
import { atVenue } from '../box-office/signed-in.ts';
import { lockRow } from '../database/lock.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';

export type FoundShift = NonNullable<Awaited<ReturnType<typeof readLive>>>;

/** The shift in which somebody works now; undefined when there is none. */
export function readLive(em: Em, staffId: number) {
  return shifts(em).where('staff', '=', staffId).where('live', '=', true).executeTakeFirst();
}

/** The same for whoever is about to sell or to take money. */
export async function ownShift(em: Em, { staffId }: SignedIn): Promise<FoundShift> {
  const shift = await readLive(em, staffId);
  if (shift) return shift;
  throw new ProblemError('not_possible_now', { detail: 'Open your shift first' });
}

/** A shift of a venue of the person's own. */
export async function findShift(em: Em, staff: SignedIn, shiftId: number): Promise<FoundShift> {
  const shift = await shifts(em).where('shift.id', '=', shiftId).executeTakeFirst();
  if (!shift) throw new ProblemError('not_found', { detail: 'There is no such shift' });
  atVenue(staff, shift.venue);
  return shift;
}

/** As it stands now, whatever it was when it was found; until this transaction ends nobody else counts or seals it. */
export async function lockShift(em: Em, shiftId: number): Promise<FoundShift> {
  await lockRow(em, 'shift', shiftId);
  return shifts(em).where('shift.id', '=', shiftId).executeTakeFirstOrThrow();
}

function shifts(em: Em) {
  return query(em)
    .selectFrom('shift')
    .select(['id', 'venue', 'staff', 'cashier', 'currency', 'live', 'openedAt', 'countedAt', 'counted', 'sealedAt'])
    .select(['sealedBy', 'seal', 'sealHash', 'previousHash', 'version']);
}

/** Those that began in this time at a venue, the oldest first. */
export function findShiftsBetween(em: Em, venueId: number, from: Date, to: Date): Promise<FoundShift[]> {
  return shifts(em)
    .where('venue', '=', venueId)
    .where('openedAt', '>=', from)
    .where('openedAt', '<', to)
    .orderBy('id')
    .execute();
}
