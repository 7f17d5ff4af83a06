import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { letGo } from '../server/booking/end-hold.ts';
import { recordChange } from '../server/booking/record-change.ts';
import type { Database } from '../server/database/open-database.ts';
import { bookingOf } from '../server/model/paid-for.ts';
import { seeingNow } from '../server/parts.ts';
import { startRelay } from '../server/relay.ts';
import { seeBooking } from '../server/view/booking-view.ts';
import type { BookingView } from '../shared/views.ts';
import { eventually } from './support/eventually.ts';
import { openCore } from './support/money-core.ts';
import { STORE } from './support/stores.ts';

const CHANGES = 20; // One after another: no machine takes two seconds for them.

/** A relay between a real outbox and sockets that write down what they are told. */
async function open(t: TestContext, change: { database?: (real: Database) => Database } = {}) {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off' } });
  const told: BookingView[] = [];
  const touched: number[] = [];
  const failures: unknown[] = [];
  const unwatched = new Set<string>();
  const unreadable = { id: '' };
  let reads = 0;
  let commits = 0;
  const database = change.database?.(core.database) ?? core.database;
  const relay = startRelay({
    clock: core.clock,
    database: {
      ...database,
      write(work) {
        commits += 1;
        return database.write(work);
      },
    },
    realtime: {
      tellBooking: view => void told.push(view),
      tellCharge: () => {},
      tellProgramme: () => {},
      touchShowing: showing => void touched.push(showing),
      watchers: booking => Number(!unwatched.has(booking)),
    },
    async seeBooking(em, id) {
      reads += 1;
      if (id === unreadable.id) throw new Error('something is wrong with this booking');
      return seeBooking(em, id, seeingNow(core.parts));
    },
    seeCharge: async () => undefined,
    failed: error => void failures.push(error),
  });
  t.after(() => relay.stop());
  await relay.idle();
  return {
    ...core,
    ...{ relay, told, touched, failures, unwatched, unreadable },
    reads: () => reads,
    /** Of the relay's own. */
    commits: () => commits,
    outbox: async () => (await core.read('select id from outbox')).length,
    /** Something happens to a booking that changes nothing but its version. */
    note: (booking: string) =>
      core.database.write(em =>
        recordChange(em, bookingOf(booking), { happening: 'contradiction', actor: 'query', at: core.clock.now() }),
      ),
    async deliver() {
      relay.wake();
      await relay.idle();
    },
  };
}

test('a change is told as the newest state, and its row is gone afterwards', async t => {
  const { hold, addShowing, note, told, touched, deliver, outbox } = await open(t);
  const showing = await addShowing();
  const booking = await hold(showing);
  await note(booking);
  await note(booking);
  assert.equal(await outbox(), 3);
  await deliver();
  assert.deepEqual(
    told.map(view => [view.bookingId, view.version]),
    [[booking, 3]],
    'once, not once for every row',
  );
  assert.deepEqual(touched, [showing]);
  assert.equal(await outbox(), 0);
  await deliver();
  assert.equal(told.length, 1);
});

test('one commit forgets what was told of many changes, and nothing of it is told twice', async t => {
  if (STORE === 'postgres') return; // There each commit stands alone, and forgetting holds nobody up.
  const { hold, addShowing, told, relay, outbox, commits } = await open(t);
  const showing = await addShowing();
  const before = commits();
  for (let one = 1; one <= CHANGES; one++) {
    await hold(showing, 1);
    relay.wake();
    await eventually(() => told.length === one);
  }
  await relay.idle();
  assert.deepEqual([told.length, await outbox()], [CHANGES, 0]);
  assert.ok(commits() - before < CHANGES / 2, `${commits() - before} commits`);
});

test('I11 a crash between telling and deleting tells again, and loses nothing', async t => {
  let broken = true;
  const { hold, addShowing, told, failures, deliver, outbox, clock, relay } = await open(t, {
    database: real => ({
      ...real,
      async write(work) {
        if (broken) throw new Error('the machine went down');
        return real.write(work);
      },
    }),
  });
  await hold(await addShowing());
  await deliver();
  assert.equal(told.length, 1);
  assert.equal(await outbox(), 1);
  assert.equal(failures.length, 1);
  broken = false;
  clock.move(1_000); // Nobody wakes it: the sweep finds what was left.
  await relay.idle();
  assert.deepEqual(
    told.map(view => view.version),
    [1, 1],
  );
  assert.equal(await outbox(), 0);
});

test('a change that comes while the relay is at work is told too', async t => {
  const { hold, addShowing, told, relay, outbox, note } = await open(t);
  const booking = await hold(await addShowing());
  relay.wake();
  const noting = note(booking).then(() => relay.wake());
  await noting;
  await relay.idle();
  assert.equal(told.at(-1)?.version, 2);
  assert.equal(await outbox(), 0);
});

test('more changes than one batch holds are all told', async t => {
  const { hold, addShowing, told, deliver, outbox } = await open(t);
  const showing = await addShowing({ capacity: 1_000 });
  const bookings = await Promise.all(Array.from({ length: 450 }, () => hold(showing, 1)));
  await deliver();
  assert.deepEqual(told.map(view => view.bookingId).sort(), bookings.sort());
  assert.equal(await outbox(), 0);
});

test('what nobody watches is not even read, but its places are counted again', async t => {
  const { hold, addShowing, touched, told, deliver, unwatched, outbox, reads } = await open(t);
  const showing = await addShowing();
  unwatched.add(await hold(showing));
  await deliver();
  assert.deepEqual([told, touched, await outbox(), reads()], [[], [showing], 0, 0]);
});

test('a booking that cannot be shown does not silence the others', async t => {
  const { hold, addShowing, told, deliver, failures, unreadable } = await open(t);
  const showing = await addShowing();
  unreadable.id = await hold(showing);
  const fine = await hold(showing);
  await deliver();
  assert.deepEqual(
    told.map(view => view.bookingId),
    [fine],
  );
  assert.equal(failures.length, 1);
});

test('I10 what is undone is never told', async t => {
  const { hold, addShowing, database, told, deliver, clock } = await open(t);
  const booking = await hold(await addShowing());
  await deliver();
  await assert.rejects(
    database.write(async em => {
      await letGo(em, booking, 'customer', clock.now());
      throw new Error('no');
    }),
  );
  await deliver();
  assert.deepEqual(
    told.map(view => [view.version, view.state]),
    [[1, 'held']],
  );
});

test('a relay that was stopped says nothing more', async t => {
  const { hold, addShowing, told, relay, clock, outbox } = await open(t);
  await relay.stop();
  await hold(await addShowing());
  relay.wake();
  clock.move(60_000);
  await relay.idle();
  assert.deepEqual([told.length, await outbox(), clock.nextMs], [0, 1, undefined]);
});
