import { addMs } from '../../shared/clock.ts';
import { query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';

const KEPT_MS = 90 * 24 * 3_600_000; // Long enough for every dispute that an operator hears; then only the verdict stays.
const BATCH = 500;

/** What gateways sent contains names and numbers of people: after its time the body goes, and what came of it stays. */
export async function forgetCallbacks({ clock, database }: Parts): Promise<void> {
  await database.write(async em => {
    const old = query(em)
      .selectFrom('callback')
      .select('id')
      .where('bodySealed', 'is not', null)
      .where('state', '!=', 'received')
      .where('receivedAt', '<=', addMs(clock.now(), -KEPT_MS))
      .limit(BATCH);
    await query(em).updateTable('callback').set({ bodySealed: null }).where('id', 'in', old).execute();
  });
}
