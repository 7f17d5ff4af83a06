import type { Random } from '../../shared/random.ts';
import { letGo } from '../booking/end-hold.ts';
import { recordChange } from '../booking/record-change.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import { recordProgramme } from '../show/record-programme.ts';
import { oweApplied, refundBooking } from './refund-paid.ts';

interface Cancellation {
  showingId: number;
  actor: Actor;
  note: string;
}

/**
 * The showing will not take place: held bookings end, also with a prompt open (what it still brings is owed back), and
 * every paid one becomes a refund due. All in one transaction, so nobody pays in between.
 */
export async function cancelShowing(
  em: Em,
  { showingId, actor, note }: Cancellation,
  settling: { now: Date; random: Random },
): Promise<void> {
  const { venue, movie } = await markCancelled(em, showingId, settling.now);
  const about = { venue, movie, showing: showingId };
  await recordProgramme(em, { actor, now: settling.now }, { happening: 'showing_cancelled', ...about, note });
  const cancelled = { happening: 'showing_cancelled' as const, actor, at: settling.now };
  for (const { id, state } of await readBookings(em, showingId)) {
    await recordChange(em, bookingOf(id), { ...cancelled, details: { note, was: state } }); // Ended ones, too: their pages say what became of the showing.
    if (state === 'held') {
      await letGo(em, id, actor, settling.now);
      await oweApplied(em, bookingOf(id), { reason: 'showing_cancelled', actor }, settling); // A part of it was paid.
    }
    if (state === 'confirmed') await refundBooking(em, { bookingId: id, reason: 'showing_cancelled', actor }, settling);
  }
}

/** Of two who cancel it at once, one does. Whoever watches it is told, also when nobody has booked. */
async function markCancelled(em: Em, showingId: number, now: Date) {
  const showing = await query(em)
    .updateTable('showing')
    .set(showing => ({ cancelledAt: now, version: showing('version', '+', 1) }))
    .where('id', '=', showingId)
    .where('cancelledAt', 'is', null)
    .returning(['venue', 'movie'])
    .executeTakeFirst();
  if (!showing)
    throw new ProblemError('not_possible_now', { detail: 'There is no such showing, or it was cancelled before' });
  return showing;
}

function readBookings(em: Em, showingId: number) {
  return query(em).selectFrom('booking').select(['id', 'state']).where('showing', '=', showingId).execute();
}
