import { addMs } from '../../shared/clock.ts';
import { query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { markUncertain } from '../payment/settle-refund.ts';
import { BATCH } from './attempt.ts';

const RESULT_AWAITED_MS = 10 * 60_000; // Most results come in seconds.

/** A refund whose result has not come for so long is a person's to find out about. */
export async function endUncertainRefunds({ clock, database, wakeRelay }: Parts): Promise<void> {
  const now = clock.now();
  const late = await query(database.read())
    .selectFrom('refund')
    .select('id')
    .where('state', '=', 'requested')
    .where('requestedAt', '<=', addMs(now, -RESULT_AWAITED_MS))
    .limit(BATCH)
    .execute();
  for (const { id } of late) await database.write(em => markUncertain(em, id, now));
  if (late.length > 0) wakeRelay();
}
