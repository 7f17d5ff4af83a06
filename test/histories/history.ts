import type { Ledger } from '../../server/simulator/ledger.ts';
import { STORE, type Store } from '../support/stores.ts';
import { brokenNow } from './broken-now.ts';
import { keepTill } from './cashiers.ts';
import { type Chance, createChance } from './chance.ts';
import type { CounterBook } from './counter-book.ts';
import { type Customer, visit } from './customers.ts';
import { createDisk, type Disk } from './disk.ts';
import { neverEnded } from './ending.ts';
import { countEndings } from './endings.ts';
import { FAULTS_END_MS, HOUSES, type House, OPENS_MS, openHouse, withInitiator } from './house.ts';
import { bringIn, theManager } from './manager-session.ts';
import { type Manager, manage } from './office-work.ts';
import { createPostgresDisk } from './postgres-disk.ts';
import { setUpTill, theTill } from './till-session.ts';
import { unseen } from './unseen.ts';
import { World } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STATEMENTS = 1 / 4; // Of all histories.
const CUSTOMERS_MAX = { daraja: 7, pesapal: 5 }; // Pesapal is asked about each unpaid order for a week.
const POPCORN = 1 / 12; // Of all customers want no places.
const MANAGED = 0.7; // Of them, too.
const TOMORROW = 1 / 3; // Of them sell for the next day, so that late money may find places after all.
const TILL = 1 / 5; // Of them has a counter where people buy.
const CONFIRMED = 0.7; // Of those: the gateway tells of all money that comes.
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
  /** What really changed hands at the counter. */
  counter: Pick<CounterBook, 'handed' | 'loose'>;
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
  const till = await theTill(disk, session);
  disk.erase();
  const plan = createChance(seed, 2);
  const office = createChance(seed, 4);
  const house = withInitiator(plan.oneOf(HOUSES), office.happens(STATEMENTS));
  const world = new World(seed, disk, house);
  const counter = createChance(seed, 6);
  const laterMs = counter.happens(TOMORROW) ? counter.between(4 * HOUR_MS, DAY_MS) : 0;
  const showings = await openHouse(disk, plan, house, new Date(+world.time.now() + OPENS_MS + laterMs));
  const { time } = world;
  const hasTill = counter.happens(TILL);
  world.isConfirmed = hasTill && counter.happens(CONFIRMED);
  const until = new Date(+time.now() + END_MS + DAY_MS);
  await disk.open().write(async em => {
    await bringIn(em, session, time.now(), until);
    if (hasTill) await setUpTill(em, till, time.now(), until);
  });
  world.timeline.note(house.gateway, `collects in ${house.venue.currency}`);
  await world.machine.start();
  for (const customer of invite(plan, house, showings)) void visit(world, customer);
  const manager: Manager = { ...session, chance: office, comesAtMs: drawVisits(office) };
  if (office.happens(MANAGED)) void manage(world, manager);
  if (hasTill) void keepTill(world, till, manager, counter, showings);
  time.after(END_MS, () => {}); // However quiet it gets, the days pass.
  await goOn(world);
  if (world.breaches.length === 0) world.broken(...(await unseen(world, manager)));
  disk.supervise(null);
  for (const [what, times] of countEndings(disk)) world.count(what, times);
  const { timeline, counts, simulator } = world;
  const breaches = [...new Set(world.breaches)];
  const { debits, reversals } = simulator.ledger;
  const { handed, loose } = world.counter;
  const really = { ledger: { debits, reversals }, counter: { handed, loose } };
  return { seed, breaches, timeline: timeline.toString(), hash: timeline.hash, counts, ...really };
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
    if (machine.afterStep()) world.broken(...brokenNow(world));
    if (world.counted('rounds') > ROUNDS_MAX) world.broken('I12 the janitor never comes to rest');
    if (world.breaches.length > 0) return;
    if (world.isOver(END_MS)) break;
  }
  world.broken(
    ...brokenNow(world),
    ...neverEnded(disk, machine.clock.now()),
    ...world.acknowledged.missing(disk),
    ...world.watchers.behind(disk),
  );
}
