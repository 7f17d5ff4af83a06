import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { aftermath } from '../crash/aftermath.ts';
import { findShowings } from '../crash/crash-loop.ts';
import { Promised } from '../crash/promised.ts';
import { type Crowd, Shopper } from '../crash/shopper.ts';
import { eventually } from '../support/eventually.ts';
import { seededFraction } from '../support/seeded-random.ts';
import { openSideDoor } from '../support/side-door.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { Onlooker } from './onlooker.ts';
import { openProxy } from './proxy.ts';

const PROCESSES = 3;
const SHOPPERS = 6;
const ONLOOKERS = 6;
const LOOKED_AT = 10; // Bookings that each of them looks at.
const KILLS = 3;
const LIFE_MS = 1_200; // From one kill to the next.

test('three processes serve one on-sale, one after another killed: nothing promised is lost, and everybody sees the last state', async t => {
  const cluster = await openCluster(t, PROCESSES);
  const proxy = await openProxy(cluster.ports);
  t.after(() => proxy.close());
  const own = { MPESA_CALLBACK_URL: `${proxy.url}/callbacks/daraja` }; // The gateway, too, reaches whichever has its turn.
  await Promise.all(cluster.ports.map((_, at) => cluster.start(at, own))); // All at once, on an empty database.
  const crowd = await newCrowd(proxy.url, cluster.database);
  const onlookers = Array.from({ length: ONLOOKERS }, () => new Onlooker(proxy.url));
  t.after(() => onlookers.forEach(one => void one.close()));
  let over = false;
  const shopping = Array.from({ length: SHOPPERS }, (_, at) => new Shopper(crowd, `shopper-${at}`).shop(() => over));
  for (let kill = 0; kill < KILLS; kill++) {
    await setTimeout(LIFE_MS);
    look(onlookers, crowd);
    await cluster.kill(kill % PROCESSES);
    crowd.promised.assertKept(cluster.database, cluster.gateway.simulator.parts.callbacks);
    await cluster.start(kill % PROCESSES, own);
  }
  over = true;
  await Promise.all(shopping);
  await allAtRest(cluster);
  await everybodySees(onlookers, cluster);
  crowd.promised.assertKept(cluster.database, cluster.gateway.simulator.parts.callbacks);
  assert.deepEqual(cluster.complaints, []);
  assert.ok(
    proxy.sockets.every(count => count > 0),
    'each process had sockets',
  );
  for (const at of cluster.ports.keys()) await cluster.stop(at);
  const { debits, applied } = await aftermath({
    ...cluster,
    environment: { ...cluster.environment, ...own, PORT: String(cluster.ports[0]) },
  });
  t.diagnostic(`${crowd.promised.given.bookings} bookings, ${debits} debits, ${applied} applied, ${KILLS} kills`);
  assert.ok(debits > 0);
});

async function newCrowd(url: string, database: string): Promise<Crowd> {
  let phones = 0;
  const nextPhone = () => `2547${String(20_000_000 + phones++).padStart(8, '0')}`; // No magic number among them.
  const showings = await findShowings({ url, database });
  return { url, promised: new Promised(), chance: seededFraction(1), showings, nextPhone };
}

/** Everybody at other bookings of those made so far, and at all showings. */
function look(onlookers: readonly Onlooker[], { promised, showings }: Crowd) {
  const newest = [...promised.bookings.keys()].slice(-ONLOOKERS * LOOKED_AT);
  for (const [at, bookingId] of newest.entries()) onlookers[at % ONLOOKERS]?.lookAt(bookingId);
  for (const showingId of showings) for (const one of onlookers) one.lookAtShowing(showingId);
}

/** Nothing is held, on its way or untold any more, but for what a process was sending when it died: that has its time. */
async function allAtRest({ database }: Cluster) {
  const door = openSideDoor(database);
  const open = `select (select count(*) from booking b where state = 'held'
      and not exists (select 1 from payment p where p.booking = b.id and p.state in ('started', 'unknown', 'pending'))) + (select count(*) from outbox)
    + (select count(*) from callback where state = 'received') as n`;
  try {
    await eventually(() => door.all<{ n: number }>(open)[0]?.n === 0);
  } finally {
    door.close();
  }
}

/** By what they were told; none of them asks again while its connection holds. */
async function everybodySees(onlookers: readonly Onlooker[], { database }: Cluster) {
  const door = openSideDoor(database);
  type Row = { id: string; version: number };
  const behind = () => {
    const versions = new Map(
      [...door.all<Row>('select id, version from booking'), ...door.all<Row>('select id, version from showing')].map(
        ({ id, version }) => [id, version],
      ),
    );
    return onlookers.flatMap(one =>
      [...one.bookings, ...one.showings].filter(([id, version]) => versions.get(id as string) !== version),
    );
  };
  try {
    await eventually(() => behind().length === 0).catch(() => assert.deepEqual(behind(), [], 'not the last version'));
  } finally {
    door.close();
  }
}
