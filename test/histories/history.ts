import type { Ledger } from '../../server/simulator/ledger.ts';
import { STORE, type Store } from '../support/stores.ts';
import { type Chance, createChance } from './chance.ts';
import { type Customer, visit } from './customers.ts';
import { createDisk, type Disk } from './disk.ts';
import { neverEnded } from './ending.ts';
import { countEndings } from './endings.ts';
import { wronglyBack } from './given-back.ts';
import { FAULTS_END_MS, HOUSES, type House, OPENS_MS, openHouse, withInitiator } from './house.ts';
import { bringIn, theManager } from './manager-session.ts';
import { missingMoney } from './money.ts';
import { type Manager, manage } from './office-work.ts';
import { createPostgresDisk } from './postgres-disk.ts';
import { brokenRules } from './rules.ts';
import { unseen } from './unseen.ts';
import { World } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const TOLD_MS = 2 * DAY_MS; // Within it a statement has told everything, unless it said that there was nothing.
const STATEMENTS = 1 / 4; // Of all histories.
const CUSTOMERS_MAX = { daraja: 7, pesapal: 5 }; // Pesapal is asked about each unpaid order for a week.
const POPCORN = 1 / 12; // Of all customers want no places.
const MANAGED = 0.7; // Of them, too.
const END_MS = FAULTS_END_MS + 7 * DAY_MS + 2 * HOUR_MS; // The last misfortune, seven days, and the last check.
const ROUNDS_MAX = 2_000; // A history has some dozen that find work; more is work that never gets done.

export interface History {
  seed: number;
  /** The rules that were broken, in the order in which they were; a history ends with the first. */
  breaches: string[];
  timeline: string;
  hash: string;
  /** How often each misfortune and each ending was met. */
  counts: ReadonlyMap<string, number>;
  /** What the gateway really took, and gave back. */
  ledger: Pick<Ledger, 'debits' | 'reversals'>;
}

const opened = new Map<Store, Promise<Disk>>();

/** The one that all histories of this process share. What the last one wrote is still on it. */
export function theDisk(store = STORE): Promise<Disk> {
  const disk = opened.get(store) ?? (store === 'postgres' ? createPostgresDisk() : createDisk());
  opened.set(store, disk);
  return disk;
}

/** Eight days in the life of a box office, all of it following from `seed`. One at a time: they share a disk. */
export async function live(seed: number): Promise<History> {
  const disk = await theDisk();
  disk.supervise(null);
  const session = await theManager(disk);
  disk.erase();
  const plan = createChance(seed, 2);
  const office = createChance(seed, 4);
  const house = withInitiator(plan.oneOf(HOUSES), office.happens(STATEMENTS));
  const world = new World(seed, disk, house);
  const showings = await openHouse(disk, plan, house, new Date(+world.time.now() + OPENS_MS));
  const { time } = world;
  await disk.open().write(em => bringIn(em, session, time.now(), new Date(+time.now() + END_MS + DAY_MS)));
  world.timeline.note(house.gateway, `collects in ${house.venue.currency}`);
  await world.machine.start();
  for (const customer of invite(plan, house, showings)) void visit(world, customer);
  const manager: Manager = { ...session, chance: office, comesAtMs: drawVisits(office) };
  if (office.happens(MANAGED)) void manage(world, manager);
  time.after(END_MS, () => {}); // However quiet it gets, the days pass.
  await goOn(world);
  if (world.breaches.length === 0) world.broken(...(await unseen(world, manager)));
  disk.supervise(null);
  for (const [what, times] of countEndings(disk)) world.count(what, times);
  const { timeline, counts, simulator } = world;
  const breaches = [...new Set(world.breaches)];
  const { debits, reversals } = simulator.ledger;
  const ledger = { debits, reversals };
  return { seed, breaches, timeline: timeline.toString(), hash: timeline.hash, counts, ledger };
}

/** Some come at the same moment, for the last places. */
function invite(plan: Chance, { gateway, venue }: House, showings: number[]): Customer[] {
  const rushMs = plan.between(0, 10 * MINUTE_MS);
  return Array.from({ length: plan.whole(3, CUSTOMERS_MAX[gateway]) }, (_, at) => ({
    name: `customer ${at + 1}`,
    phone: `${venue.callingCode}71200000${at}`,
    address: `198.51.100.${at + 1}`,
    arrivesAfterMs:
      OPENS_MS + (plan.happens(0.5) ? rushMs + plan.oneOf([0, 0, 500, 3_000]) : plan.between(0, 40 * MINUTE_MS)),
    wants: plan.happens(POPCORN)
      ? { popcorn: plan.whole(1, 9) }
      : { showing: plan.oneOf(showings), quantity: plan.happens(0.1) ? plan.whole(4, 8) : plan.whole(1, 3) },
  }));
}

/** Somebody looks in now and then while customers come, in the evening and on the next days. */
function drawVisits(chance: Chance): number[] {
  const visits = [
    ...Array.from({ length: chance.whole(1, 4) }, () => OPENS_MS + chance.between(0, 90 * MINUTE_MS)),
    ...Array.from({ length: chance.whole(1, 2) }, () => OPENS_MS + chance.between(90 * MINUTE_MS, DAY_MS)),
    chance.between(1.2 * DAY_MS, 4 * DAY_MS),
  ];
  return visits.sort((one, other) => one - other);
}

/** Until it is over or something is broken: rules after every step in which something was committed, the rest at the end. */
async function goOn(world: World): Promise<void> {
  const { time, disk, machine } = world;
  await time.quiet();
  machine.afterStep();
  while (time.nextAt !== undefined) {
    time.fireNext();
    await time.quiet();
    if (machine.afterStep()) world.broken(...brokenRules(disk), ...missing(world));
    if (world.counted('rounds') > ROUNDS_MAX) world.broken('I12 the janitor never comes to rest');
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
  const { disk, simulator, portal, paidByHand, hasStatements, time } = world;
  const debits = missingMoney(disk, simulator.ledger, {
    isUnderWay: reference => world.misfortunesOf(reference).underWay > 0,
    wasMisquoted: reference => world.misfortunesOf(reference).misquoted,
    wasMisnumbered: reference => world.misfortunesOf(reference).misnumbered,
    isDenied: reference => world.isDenied(reference),
    mayBeTold: ({ at }) => hasStatements && (+time.now() < +at + TOLD_MS || world.wasHidden(at)),
  });
  return [...debits, ...wronglyBack(disk, simulator.ledger, { foreign: portal.foreign, byHand: paidByHand })];
}
