import { addMs } from '../../shared/clock.ts';
import { query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { settleCallback } from '../payment/settle-callback.ts';
import { attempt, BATCH } from './attempt.ts';

const LEFT_BEHIND_MS = 5_000; // A stored callback that nobody settled by then was left by a crash.

/** Callbacks that were acknowledged and never read. */
export async function settleLeftBehind(parts: Parts): Promise<void> {
  const left = await query(parts.database.read())
    .selectFrom('callback')
    .select('id')
    .where('state', '=', 'received')
    .where('receivedAt', '<=', addMs(parts.clock.now(), -LEFT_BEHIND_MS))
    .orderBy('receivedAt') // By `id` it would read all that ever came.
    .limit(BATCH)
    .execute();
  for (const { id } of left) await attempt(parts, settleCallback(parts, id));
}
