import type { Debit } from '../../server/simulator/ledger.ts';
import { type Chance, createChance } from './chance.ts';
import { type Customer, visit } from './customers.ts';
import { createDisk, type Disk } from './disk.ts';
import { neverEnded } from './ending.ts';
import { countEndings } from './endings.ts';
import { HOUSES, openHouse } from './house.ts';
import { missingMoney } from './money.ts';
import { brokenRules } from './rules.ts';
import { World } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const END_MS = 26 * HOUR_MS + 7 * 24 * HOUR_MS + 2 * HOUR_MS; // The last misfortune, seven days, and the last check.
const ROUNDS_MAX = 2_000; // A history has some dozen that find work; more is work that never gets done.

export interface History {
  seed: number;
  /** The rules that were broken, in the order in which they were; a history ends with the first. */
  breaches: string[];
  timeline: string;
  hash: string;
  /** How often each misfortune and each ending was met. */
  counts: ReadonlyMap<string, number>;
  /** What the gateway really took. */
  debits: readonly Debit[];
}

let opened: Promise<Disk> | undefined;

/** The one that all histories of this process share. What the last one wrote is still on it. */
export function theDisk(): Promise<Disk> {
  opened ??= createDisk();
  return opened;
}

/** Eight days in the life of a box office, all of it following from `seed`. One at a time: they share a disk. */
export async function live(seed: number): Promise<History> {
  const disk = await theDisk();
  disk.supervise(null);
  disk.erase();
  const plan = createChance(seed, 2);
  const world = new World(seed, disk, plan.oneOf(HOUSES));
  const showings = await openHouse(disk, plan, world.time.now());
  await world.machine.start();
  for (const customer of invite(plan, showings)) void visit(world, customer);
  world.time.after(END_MS, () => {}); // However quiet it gets, the days pass.
  await goOn(world);
  disk.supervise(null);
  for (const [what, times] of countEndings(disk)) world.counts.set(what, times);
  const { timeline, counts, simulator } = world;
  const breaches = [...new Set(world.breaches)];
  const { debits } = simulator.ledger;
  return { seed, breaches, timeline: timeline.toString(), hash: timeline.hash, counts, debits };
}

/** Some come at the same moment, for the last places. */
function invite(plan: Chance, showings: number[]): Customer[] {
  const rushMs = plan.between(0, 10 * MINUTE_MS);
  return Array.from({ length: plan.whole(3, 7) }, (_, at) => ({
    name: `customer ${at + 1}`,
    phone: `25471200000${at}`,
    address: `198.51.100.${at + 1}`,
    arrivesAfterMs: plan.happens(0.5) ? rushMs + plan.oneOf([0, 0, 500, 3_000]) : plan.between(0, 40 * MINUTE_MS),
    showing: plan.oneOf(showings),
    quantity: plan.happens(0.1) ? plan.whole(4, 8) : plan.whole(1, 3),
  }));
}

/** Until it is over or something is broken: rules after every step in which something was committed, the rest at the end. */
async function goOn(world: World): Promise<void> {
  const { time, disk, machine } = world;
  await time.quiet();
  while (time.nextAt !== undefined) {
    time.fireNext();
    await time.quiet();
    if (machine.afterStep()) world.broken(...brokenRules(disk), ...missing(world));
    if ((world.counts.get('rounds') ?? 0) > ROUNDS_MAX) world.broken('I12 the janitor never comes to rest');
    if (world.breaches.length > 0) return;
    if (world.isOver(END_MS)) break;
  }
  world.broken(
    ...brokenRules(disk),
    ...missing(world),
    ...neverEnded(disk, machine.clock.now()),
    ...world.acknowledged.missing(disk),
    ...world.watchers.behind(disk),
  );
}

function missing(world: World): string[] {
  return missingMoney(world.disk, world.simulator.ledger.debits, {
    isUnderWay: reference => world.misfortunesOf(reference).underWay > 0,
    wasMisquoted: reference => world.misfortunesOf(reference).misquoted,
    wasMisnumbered: reference => world.misfortunesOf(reference).odd === 'callback-others-receipt',
  });
}
