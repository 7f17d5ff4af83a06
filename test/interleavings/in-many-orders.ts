import fc from 'fast-check';
import { openStage, type Stage } from './stage.ts';

const ORDERS = 25; // Two doors of three steps have twenty orders.

/** Tells the story in many orders; whatever it was, everything is sound afterwards. Answers the endings that it had. */
export async function inManyOrders(story: (stage: Stage) => Promise<void>, orders = ORDERS): Promise<Set<string>> {
  const endings = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async scheduler => {
      const stage = await openStage(scheduler);
      await story(stage);
      stage.assertSound();
      endings.add(stage.tell());
    }),
    { numRuns: orders, seed: 22_112_026 },
  );
  return endings;
}
