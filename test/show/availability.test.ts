import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Server, type Socket } from 'socket.io';
import { createAvailability } from '../../server/realtime/availability.ts';
import type { Io } from '../../server/realtime/realtime.ts';
import type { ClientEvents, ServerEvents, ShowingChange } from '../../shared/socket-events.ts';
import type { ShowingView } from '../../shared/views.ts';
import { ManualClock } from '../support/manual-clock.ts';

const SHOWING = 7;
const PLANNED = {
  startsAt: '2026-11-22T17:00:00.000Z',
  screen: 'Screen 1',
  price: { amount: 50_000, currency: 'KES' as const },
};
type Browser = Pick<Socket<ClientEvents, ServerEvents>, 'rooms' | 'join' | 'leave'>;

/** Socket.IO's own rooms, and sockets of which only the rooms are real: what is sent is written down for each of them. */
function hall(t: TestContext) {
  const clock = new ManualClock('2026-11-22T12:00:00.000Z');
  const io: Io = new Server();
  const { adapter } = io.of('/');
  const heard = new Map<string, ShowingChange[]>();
  let turn = 0;
  const mostInOneTurn = { sockets: 0, turn: -1, now: 0 };
  adapter.broadcast = ({ data }, { rooms }) => {
    for (const room of rooms)
      for (const id of adapter.rooms.get(room) ?? []) {
        heard.get(id)?.push(data[1]);
        mostInOneTurn.now = mostInOneTurn.turn === turn ? mostInOneTurn.now + 1 : 1;
        mostInOneTurn.turn = turn;
        mostInOneTurn.sockets = Math.max(mostInOneTurn.sockets, mostInOneTurn.now);
      }
  };
  const versions = new Map<number, number>();
  const versionOf = (showing: number) => versions.get(showing) ?? 1;
  const failures: unknown[] = [];
  const availability = createAvailability(io, {
    clock,
    async seeShowing(showing) {
      const version = versionOf(showing);
      return { ...PLANNED, version, placesLeft: 101 - version, cancelled: false } as ShowingView;
    },
    failed: error => void failures.push(error),
  });
  t.after(() => {
    availability.stop();
    assert.deepEqual(failures, []);
  });
  const browser = (id: string): Browser => ({
    get rooms() {
      return adapter.socketRooms(id) ?? new Set<string>();
    },
    join: rooms => adapter.addAll(id, new Set([rooms].flat())),
    leave: room => adapter.del(id, room),
  });
  return {
    clock,
    heard: (id: string) => heard.get(id) ?? [],
    /** To whomever. */
    sends: () => [...heard.values()].reduce((sum, changes) => sum + changes.length, 0),
    mostInOneTurn,
    async watch(id: string, showing = SHOWING) {
      heard.set(id, []);
      await availability.join(browser(id) as Socket<ClientEvents, ServerEvents>, showing);
    },
    leave: (id: string) => availability.leave(browser(id) as Socket<ClientEvents, ServerEvents>, SHOWING),
    /** One place is taken. */
    async take() {
      change(SHOWING);
      await quiet();
    },
    change,
    quiet,
  };

  function change(showing: number) {
    versions.set(showing, versionOf(showing) + 1);
    availability.touch(showing);
  }

  async function quiet(turns = 40) {
    while (turns-- > 0) {
      turn += 1;
      await setImmediate();
    }
  }
}

const all = (ids: number) => Array.from({ length: ids }, (_, id) => `browser ${id}`);

test('the first change is told at once, those that follow together, the newest only, at most ten times a second', async t => {
  const { clock, watch, take, heard, quiet } = hall(t);
  await watch('one');
  await take();
  assert.deepEqual(heard('one'), [
    { showingId: SHOWING, fromVersion: 1, version: 2, placesLeft: 99, cancelled: false, ...PLANNED },
  ]);
  for (let change = 0; change < 30; change++) await take();
  assert.equal(heard('one').length, 1, 'the rest waits');
  clock.move(100);
  await quiet();
  assert.deepEqual(heard('one')[1], {
    showingId: SHOWING,
    fromVersion: 2,
    version: 32,
    placesLeft: 69,
    cancelled: false,
    ...PLANNED,
  });
  clock.move(100);
  await quiet();
  assert.equal(heard('one').length, 2, 'nothing new, nothing told');
  const before = heard('one').length;
  for (let ms = 0; ms < 1_000; ms += 20) {
    await take();
    clock.move(20);
  }
  assert.ok(heard('one').length - before <= 11, `${heard('one').length - before} in a second`);
  assert.ok(heard('one').length - before >= 9);
  const versions = heard('one').map(change => change.version);
  assert.deepEqual(
    versions,
    [...new Set(versions)].sort((a, b) => a - b),
    'always newer',
  );
});

test('a full room is told in slices: everybody else has a turn in between', async t => {
  const { watch, take, heard, mostInOneTurn } = hall(t);
  for (const id of all(2_000)) await watch(id);
  await take();
  assert.ok(all(2_000).every(id => heard(id).length === 1 && heard(id)[0]?.version === 2));
  assert.ok(mostInOneTurn.sockets <= 500, `${mostInOneTurn.sockets} in one turn of the loop`);
});

const SHOWINGS = 20;
const SECONDS = 3;

test('all showings together are told ten thousand times a second, as many saved up, and each to its last state', async t => {
  const { clock, watch, change, sends, heard, quiet } = hall(t);
  const showings = Array.from({ length: SHOWINGS }, (_, number) => number + 1);
  for (const showing of showings) for (const id of all(300)) await watch(`${id} of ${showing}`, showing);
  for (let ms = 0; ms < SECONDS * 1_000; ms += 20) {
    for (const showing of showings) change(showing);
    clock.move(20);
    await quiet(5);
  }
  const allowed = (SECONDS + 1) * 10_000;
  assert.ok(sends() <= allowed + 100, `${sends()} sends where ${allowed} are allowed`);
  assert.ok(sends() > allowed * 0.9, `${sends()} sends: it could have told more`);
  for (let ms = 0; ms < 2_000; ms += 20) {
    clock.move(20);
    await quiet(5);
  }
  const newest = 1 + (SECONDS * 1_000) / 20;
  for (const showing of showings)
    for (const id of all(300)) assert.equal(heard(`${id} of ${showing}`).at(-1)?.version, newest);
});

test('a showing that everybody watches is told more slowly, and keeps no small one waiting', async t => {
  const { clock, watch, change, heard, quiet } = hall(t);
  const [hot, small] = [1, 2];
  for (const id of all(10_000)) await watch(id, hot);
  await watch('of the small one', small);
  const after = async (seconds: number) => {
    for (let ms = 0; ms < seconds * 1_000; ms += 20) {
      change(hot);
      change(small);
      clock.move(20);
      await quiet(12);
    }
    return { hot: heard('browser 0').length, small: heard('of the small one').length };
  };
  const before = await after(2); // What was saved up is told.
  const now = await after(5);
  assert.ok(now.hot - before.hot >= 4 && now.hot - before.hot <= 6, `${now.hot - before.hot} times in 5 seconds`);
  assert.ok(now.small - before.small >= 20, `${now.small - before.small} times in 5 seconds`);
});

test('those who are left are told, whoever has gone', async t => {
  const { watch, leave, take, heard, clock, quiet } = hall(t);
  for (const id of all(1_100)) await watch(id);
  for (const id of all(1_000)) await leave(id);
  await take();
  clock.move(1_000);
  await quiet();
  assert.ok(
    all(1_100)
      .slice(1_000)
      .every(id => heard(id).length === 1),
  );
  assert.ok(all(1_000).every(id => heard(id).length === 0));
  await watch('new');
  await leave('new');
  await watch('new');
  await take();
  assert.equal(heard('new').length, 1);
});

test('watching twice is watching once', async t => {
  const { watch, take, heard } = hall(t);
  await watch('one');
  await watch('one');
  await take();
  assert.equal(heard('one').length, 1);
});
