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
  let placesLeft = 100;
  let version = 1;
  const failures: unknown[] = [];
  const availability = createAvailability(io, {
    clock,
    seeShowing: async () => ({ ...PLANNED, version, placesLeft, cancelled: false }) as ShowingView,
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
    mostInOneTurn,
    async watch(id: string) {
      heard.set(id, []);
      await availability.join(browser(id) as Socket<ClientEvents, ServerEvents>, SHOWING);
    },
    leave: (id: string) => availability.leave(browser(id) as Socket<ClientEvents, ServerEvents>, SHOWING),
    /** One place is taken. */
    async take() {
      placesLeft -= 1;
      version += 1;
      availability.touch(SHOWING);
      await quiet();
    },
    quiet,
  };

  async function quiet() {
    for (let turns = 0; turns < 40; turns++) {
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

test('a full room is told less often and in slices: ten thousand sends a second, and everybody else has a turn in between', async t => {
  const { clock, watch, take, heard, quiet, mostInOneTurn } = hall(t);
  for (const id of all(2_000)) await watch(id);
  await take();
  await take();
  clock.move(199);
  await quiet();
  assert.equal(heard('browser 0').length, 1);
  clock.move(1);
  await quiet();
  assert.ok(all(2_000).every(id => heard(id).length === 2 && heard(id)[1]?.version === 3));
  assert.ok(mostInOneTurn.sockets <= 500, `${mostInOneTurn.sockets} in one turn of the loop`);
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
