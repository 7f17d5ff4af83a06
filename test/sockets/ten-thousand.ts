import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Promised } from '../crash/promised.ts';
import { type Life, openVictim } from '../crash/victim.ts';
import { Customer } from '../support/customer.ts';
import { freePort } from '../support/free-port.ts';
import { type Crowd, openCrowd } from './crowd.ts';
import type { Sight } from './crowd-process.ts';
import { type MemoryWatch, watchMemory } from './memory.ts';
import { startRush } from './rush.ts';
import { addHotShowing, readTruth, type Truth } from './truth.ts';

const WATCHED_A_SECOND = 15; // New bookings, each by one page in every process of the crowd.
const CUT_A_SECOND = 0.02; // Of all connections.
const CUT_IN_THE_END = 0.1; // Of them, all at once.
const TOLD_WITHIN_MS = 2_000; // I14, for those who are connected.
const PATIENCE_MS = 60_000; // Until everybody is back who waits longest between two tries, and what was open has ended.
const LOOK_MS = 50;
const KILOBYTES_MAX = 60; // Of the server's memory, for each socket; one that does nothing takes 25.
const KILOBYTES_AT_WORK = 32_768; // That it takes for the bookings, however many look on.
const AS_STARTED = { NODE_OPTIONS: '--max-semi-space-size=8' }; // As `npm start` has it.

export interface Wish {
  sockets: number;
  /** How long places are taken and let go, with the server's death in the middle. */
  seconds: number;
  seed: number;
}

export interface Figures {
  sockets: number;
  bookings: number;
  confirmed: number;
  watched: number;
  /** Connections that broke, by themselves or with the server. */
  broken: number;
  shown: number;
  overtaken: number;
  /** From a change until each of them had it, in the end. */
  toldMs: number;
  /** Of the server, for each socket: its first life and its second, when there was most of it. */
  kilobytes: number[];
}

/** What must be undone, whatever happens. */
type Ends = (() => Promise<void>)[];

interface Scene extends Pick<Wish, 'sockets'> {
  database: string;
  showingId: number;
  crowd: Crowd;
  customer: Customer;
}

/**
 * So many browsers watch one showing, and some of them bookings, while places are taken, paid and let go, connections break
 * and come back, and the server is killed and started again. Throws when one of them is left behind, shows an older version
 * after a newer one, or costs the server more memory than it may.
 */
export async function tenThousand(wish: Wish): Promise<Figures> {
  const ends: Ends = [];
  try {
    return await happen(wish, ends);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function happen({ sockets, seconds, seed }: Wish, ends: Ends): Promise<Figures> {
  const metricsPort = String(await freePort());
  const victim = await openVictim({ ...AS_STARTED, METRICS_PORT: metricsPort });
  ends.push(victim.close);
  const life = victim.start();
  assert.ok(await life.opened);
  const showingId = addHotShowing(victim.database);
  const memory = await watchMemory(`http://127.0.0.1:${metricsPort}`);
  ends.push(memory.stop);
  const empty = memory.takeMost();
  const crowd = await openCrowd(victim.url, showingId, sockets);
  ends.push(crowd.close);
  const scene: Scene = { sockets, database: victim.database, showingId, crowd, customer: new Customer(victim.url) };
  await everybodySees(scene);
  const { promised, stop } = startRush(victim.url, showingId, seed);
  await storm(scene, promised, seconds / 2);
  const first = await die(life, memory);
  assert.ok(await victim.start().opened);
  promised.assertKept(victim.database, victim.gateway.simulator.parts.callbacks);
  await storm(scene, promised, seconds / 2);
  await stop();
  await everybodySees(scene);
  const toldMs = await tellEverybody(scene);
  await crowd.cut(sockets * CUT_IN_THE_END);
  await scene.customer.book(showingId, 1);
  const { connects, shown, overtaken, bookings } = await everybodySees(scene);
  const kilobytes = [first, memory.takeMost()].map(most => (most - empty) / 1_024 / sockets);
  const most = KILOBYTES_MAX + KILOBYTES_AT_WORK / sockets;
  assert.ok(Math.max(...kilobytes) <= most, `the server takes ${kilobytes} kB for each socket`);
  assert.deepEqual(victim.complaints, [], 'the server complained');
  const truth = readTruth(victim.database, showingId);
  return {
    ...{ sockets, bookings: truth.bookings.size, confirmed: truth.confirmed, watched: Object.keys(bookings).length },
    ...{ broken: connects - sockets, shown, overtaken, toldMs, kilobytes },
  };
}

/** Places are taken and let go meanwhile; each second some connections break, and some pages open a new booking. */
async function storm({ crowd, sockets }: Scene, promised: Promised, seconds: number) {
  const seen = new Set(promised.bookings.keys());
  for (let second = 0; second < seconds; second++) {
    await setTimeout(1_000);
    const fresh = [...promised.bookings.keys()].filter(id => !seen.has(id)).slice(0, WATCHED_A_SECOND);
    for (const id of promised.bookings.keys()) seen.add(id);
    await crowd.watch(fresh);
    await crowd.cut(sockets * CUT_A_SECOND);
  }
}

/** kill -9; resolves with the most memory that it had taken. */
async function die(life: Life, memory: MemoryWatch): Promise<number> {
  life.kill();
  assert.equal(await life.ended, 'SIGKILL');
  return memory.takeMost();
}

/** All are connected, and everything that is shown is the last of it. */
async function everybodySees({ crowd, sockets, database, showingId }: Scene): Promise<Sight> {
  const givingUp = performance.now() + PATIENCE_MS;
  for (;;) {
    const [truth, sight] = [readTruth(database, showingId), await crowd.look()];
    assert.equal(sight.wentBack, 0, 'an older version was shown after a newer one');
    const left = leftBehind(truth, sight, sockets);
    if (truth.open === 0 && left.length === 0) return sight;
    if (performance.now() > givingUp) throw new Error(`${truth.open} still open; ${left.join('; ')}`);
    await setTimeout(LOOK_MS);
  }
}

function leftBehind(truth: Truth, { open, showing, bookings }: Sight, sockets: number): string[] {
  const isLast = (version: number | undefined, { least, most }: Sight['showing']) =>
    least === version && most === version;
  const behind = Object.entries(bookings).filter(([id, seen]) => !isLast(truth.bookings.get(id), seen));
  return [
    ...(open === sockets ? [] : [`${open} of ${sockets} are connected`]),
    ...(isLast(truth.showing, showing)
      ? []
      : [`the showing is at ${truth.showing}, and ${showing.least} to ${showing.most} are shown`]),
    ...(behind.length === 0 ? [] : [`${behind.length} bookings are shown as they were before`]),
  ];
}

/** I14: all are connected, and one more place is taken. */
async function tellEverybody({ crowd, customer, database, showingId }: Scene): Promise<number> {
  await customer.book(showingId, 1);
  const begun = performance.now();
  const { showing } = readTruth(database, showingId);
  while ((await crowd.look()).showing.least < showing) await setTimeout(LOOK_MS);
  const toldMs = performance.now() - begun;
  assert.ok(toldMs <= TOLD_WITHIN_MS, `it took ${toldMs} ms until everybody was told`);
  return toldMs;
}
