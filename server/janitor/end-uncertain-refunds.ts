import { addMs } from '../../shared/clock.ts';
import { query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { markUncertain } from '../payment/settle-refund.ts';
import { BATCH } from './attempt.ts';

const RESULT_AWAITED_MS = 10 * 60_000; // Most results come in seconds.
const APPROVAL_AWAITED_MS = 7 * 24 * 3_600_000; // Where no result comes, somebody at the gateway approves it first: days.

/** A refund whose result has not come for so long is a person's to find out about. */
export async function endUncertainRefunds({ clock, database, wakeRelay }: Parts): Promise<void> {
  const now = clock.now();
  const late = await query(database.read())
    .selectFrom('refund')
    .select('id')
    .where('state', '=', 'requested')
    .where('state', '!=', 'done') // As it stands in the index, which SQLite would not use otherwise.
    .where(one =>
      one.or([
        one('requestedAt', '<=', addMs(now, -APPROVAL_AWAITED_MS)),
        one.and([one('requestedAt', '<=', addMs(now, -RESULT_AWAITED_MS)), one('callbackTokenHash', 'is not', null)]),
      ]),
    )
    .limit(BATCH)
    .execute();
  for (const { id } of late) await database.write(em => markUncertain(em, id, now));
  if (late.length > 0) wakeRelay();
}
