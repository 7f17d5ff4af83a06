import type { Random } from '../../shared/random.ts';
import { letGo } from '../booking/end-hold.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { refundBooking } from './refund-paid.ts';

/**
 * The showing will not take place: held bookings end, also with a prompt open (what it still brings is owed back), and
 * every paid one becomes a refund due. All in one transaction, so nobody pays in between.
 */
export async function cancelShowing(
  em: Em,
  showingId: number,
  actor: Actor,
  settling: { now: Date; random: Random },
): Promise<void> {
  const { numUpdatedRows } = await query(em)
    .updateTable('showing')
    .set(showing => ({ cancelledAt: settling.now, version: showing('version', '+', 1) }))
    .where('id', '=', showingId)
    .where('cancelledAt', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n)
    throw new ProblemError('not_possible_now', { detail: 'There is no such showing, or it was cancelled before' });
  const bookings = await query(em)
    .selectFrom('booking')
    .select(['id', 'state'])
    .where('showing', '=', showingId)
    .where('state', 'in', ['held', 'confirmed'])
    .execute();
  for (const { id, state } of bookings)
    if (state === 'held') await letGo(em, id, actor, settling.now);
    else await refundBooking(em, { bookingId: id, reason: 'showing_cancelled', actor }, settling);
}
