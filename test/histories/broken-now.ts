import { wrongDrawers } from './drawers.ts';
import { wronglyBack } from './given-back.ts';
import { missingMoney } from './money.ts';
import { brokenRules } from './rules.ts';
import type { World } from './world.ts';

const TOLD_MS = 48 * 3_600_000; // Within it a statement has told everything, unless it said that there was nothing.

/** Every rule that holds at every instant, and both ledgers: the gateway's, and that of the counter. */
export function brokenNow(world: World): string[] {
  const { counter, disk } = world;
  return [...brokenRules(disk), ...wrongDrawers(disk, counter), ...missing(world)];
}

/** What the gateway really took, and gave back, against the books. */
function missing(world: World): string[] {
  const { disk, simulator, portal, paidByHand, hasStatements, time } = world;
  const debits = missingMoney(disk, simulator.ledger, {
    isUnderWay: reference => world.misfortunesOf(reference).underWay > 0,
    wasMisquoted: reference => world.misfortunesOf(reference).misquoted,
    wasMisnumbered: reference => world.misfortunesOf(reference).misnumbered,
    isDenied: reference => world.isDenied(reference),
    isLoose: number => world.counter.loose.has(number),
    isConfirmed: number => world.counter.loose.get(number) === 'confirmed',
    mayBeTold: ({ at }) => hasStatements && (+time.now() < +at + TOLD_MS || world.wasHidden(at)),
  });
  return [...debits, ...wronglyBack(disk, simulator.ledger, { foreign: portal.foreign, byHand: paidByHand })];
}
