import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { FaultName } from '../../server/simulator/faults.ts';
import { Customer } from '../support/customer.ts';
import { seededFraction } from '../support/seeded-random.ts';
import { openSideDoor } from '../support/side-door.ts';
import { type Accounts, aftermath } from './aftermath.ts';
import { type CrashAt, POINTS, type Point } from './points.ts';
import { Promised } from './promised.ts';
import { type Crowd, Shopper } from './shopper.ts';
import { openVictim, type Victim } from './victim.ts';

const SHOPPERS = 6;
const LIFE_MS_MAX = 1_500; // Of a life that ends at a random instant.
const PATIENCE_MS = 3_000; // A named instant that is not met by then is given up: the server dies at this one.
const HITS_MAX = 40; // Early times are likelier: then it also happens to a server that has just come back.
const SMALL_SHOWINGS = 4;
const SMALL_CAPACITY = 30; // Soon sold out, so that the last places are fought for.
/** What goes wrong at the gateway meanwhile. It never lies: a "failed" about money that it took is for statements to find. */
const GATEWAY_FAULTS: FaultName[] = [
  ...(['callback-four-times', 'answer-after-callback', 'answer-reset'] as const),
  ...(['callback-lost', 'answer-error-paid', 'result-1032'] as const),
];
const FAULTY = 0.5; // Of the lives: in each of them a few pushes go wrong.

export interface Wish {
  kills: number;
  seed: number;
  /** The named instants to die at, in turn; `null` is a random one. */
  instants?: (Point | null)[];
  hitsMax?: number;
  /** How long a named instant is waited for. */
  patienceMs?: number;
}

export interface Figures {
  kills: number;
  /** How often it died at which named instant; the rest died at a random one. */
  reached: Partial<Record<Point | 'a random instant', number>>;
  promised: { bookings: number; payments: number; views: number; callbacks: number };
  accounts: Accounts;
}

/** Kills the real server again and again under load. Throws as soon as something that it promised does not hold. */
export async function crashLoop(wish: Wish): Promise<Figures> {
  const { kills, seed, instants = [null, ...POINTS], hitsMax = HITS_MAX, patienceMs = PATIENCE_MS } = wish;
  const chance = seededFraction(seed);
  const victim = await openVictim();
  try {
    const crowd = newCrowd(victim.url, chance);
    const shoppers = Array.from({ length: SHOPPERS }, (_, at) => new Shopper(crowd, `shopper-${seed}-${at}`));
    const reached: Figures['reached'] = {};
    for (let kill = 0; kill < kills; kill++) {
      const point = instants[(kill + seed) % instants.length] ?? null;
      const crashAt = point && { point, hit: 1 + Math.floor(chance() ** 2 * hitsMax) };
      const limitMs = point ? patienceMs : chance() * LIFE_MS_MAX;
      const diedAt = await liveOnce(victim, { crowd, shoppers, crashAt, limitMs });
      reached[diedAt] = (reached[diedAt] ?? 0) + 1;
    }
    await standByIt(victim, crowd.promised);
    const accounts = await aftermath(victim);
    crowd.promised.assertKept(victim.database, victim.gateway.simulator.parts.callbacks);
    const callbacks = victim.gateway.simulator.parts.callbacks.filter(({ status }) => status === 200).length;
    return { kills, reached, promised: { ...crowd.promised.given, callbacks }, accounts };
  } finally {
    await victim.close();
  }
}

function newCrowd(url: string, chance: () => number): Crowd {
  let phones = 0;
  const nextPhone = () => `2547${String(20_000_000 + phones++).padStart(8, '0')}`; // No magic number among them.
  return { url, promised: new Promised(), chance, showings: [], nextPhone };
}

interface Lived {
  crowd: Crowd;
  shoppers: Shopper[];
  crashAt: CrashAt | null;
  /** It is killed at the latest so long after it opened. */
  limitMs: number;
}

/** One life under load, up to its violent end. */
async function liveOnce(
  victim: Victim,
  { crowd, shoppers, crashAt, limitMs }: Lived,
): Promise<Point | 'a random instant'> {
  const life = victim.start(crashAt ? { crashAt } : {});
  const over = new AbortController();
  let killed = false;
  const died = life.ended.then(() => over.abort());
  if (await life.opened) {
    crowd.promised.assertKept(victim.database, victim.gateway.simulator.parts.callbacks);
    if (crowd.showings.length === 0) crowd.showings = await findShowings(victim).catch(() => []);
    armFaults(victim, crowd.chance);
    setTimeout(limitMs, undefined, { signal: over.signal }).then(
      () => {
        killed = true;
        life.kill();
      },
      () => {}, // It died by itself.
    );
    if (crowd.showings.length > 0) await Promise.all(shoppers.map(one => one.shop(() => over.signal.aborted)));
  }
  await died;
  assert.equal(await life.ended, 'SIGKILL', 'it ended in a way that nobody wished');
  assert.deepEqual(victim.complaints, [], 'the server complained');
  return crashAt && !killed ? crashAt.point : 'a random instant';
}

/** Those that can be paid for, and a few small ones of our own. */
export async function findShowings({ url, database }: Pick<Victim, 'url' | 'database'>): Promise<number[]> {
  const large = (await new Customer(url).showings()).filter(showing => showing.gateways.length > 0);
  const door = openSideDoor(database);
  const startsAt = Date.now() + 14 * 24 * 3_600_000; // Still to come in the aftermath, so that late money finds its places.
  const small = Array.from({ length: SMALL_SHOWINGS }, () =>
    door.all<{ id: number }>(
      `insert into showing (movie, venue, screen, startsAt, price, currency, capacity)
       values (1, 1, 'Small', ${startsAt}, 50000, 'KES', ${SMALL_CAPACITY}) returning id`,
    ),
  );
  door.close();
  return [
    ...small.flatMap(rows => rows.map(({ id }) => id)),
    ...large.slice(0, SMALL_SHOWINGS).map(showing => showing.showingId),
  ];
}

function armFaults({ gateway }: Victim, chance: () => number) {
  gateway.simulator.faults.disarm();
  if (chance() > FAULTY) return;
  for (const fault of GATEWAY_FAULTS)
    gateway.simulator.faults.arm({ fault, phone: null, times: 1 + Math.floor(chance() * 2) });
}

/** One more life, in which nobody kills it: what it promised holds for those who come and ask. */
async function standByIt(victim: Victim, promised: Promised) {
  const life = victim.start();
  assert.ok(await life.opened);
  promised.assertKept(victim.database, victim.gateway.simulator.parts.callbacks);
  const customer = new Customer(victim.url);
  for (const [bookingId, { reference }] of [...promised.bookings].slice(-50))
    assert.equal((await customer.see(bookingId)).reference, reference);
  life.kill('SIGTERM');
  assert.equal(await life.ended, 0, 'asked to stop, it stops cleanly');
}
