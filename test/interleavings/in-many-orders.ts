import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EACH_STORE, type Store } from '../support/stores.ts';
import { openStage, type Stage } from './stage.ts';

export const ORDERS = 25; // Two doors of three steps have twenty orders.
const ORDERS_OF_STATEMENTS = Number(process.env.INTERLEAVINGS ?? 3); // On PostgreSQL, where each costs fifty times as much.

/**
 * Tells the story in many orders; whatever it was, everything is sound afterwards. Answers the endings that it had. Once
 * more on PostgreSQL, where statements of several transactions run in between each other: nothing else may come of it.
 */
export async function inManyOrders(story: (stage: Stage) => Promise<void>, orders = ORDERS): Promise<Set<string>> {
  const endings = await inOrders(story, 'sqlite', orders);
  if (!EACH_STORE.includes('postgres')) return endings;
  for (const ending of await inOrders(story, 'postgres', ORDERS_OF_STATEMENTS))
    assert.ok(endings.has(ending), `on PostgreSQL it can end as "${ending}"`);
  return endings;
}

export async function inOrders(
  story: (stage: Stage) => Promise<void>,
  store: Store,
  orders: number,
  locks = true,
): Promise<Set<string>> {
  const endings = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async scheduler => {
      const stage = await openStage(scheduler, store, locks);
      await story(stage);
      stage.assertSound();
      endings.add(stage.tell());
    }),
    { numRuns: orders, seed: 22_112_026, endOnFailure: store === 'postgres' },
  );
  return endings;
}
