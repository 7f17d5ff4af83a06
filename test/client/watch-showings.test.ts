import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { watchShowings } from '../../client/show/watch-showings.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { NOW } from './views.ts';

const MORE = { cancelled: false, startsAt: NOW, screen: 'Screen 1', price: { amount: 50_000, currency: 'KES' } };

function surroundings() {
  const seen = { watched: [] as number[], unwatched: [] as number[], refreshed: 0, shown: [] as string[] };
  const is = { open: true };
  const signals = { connect: () => {}, push: (_: unknown) => {} };
  const clock = new ManualClock(NOW);
  const watch = watchShowings(
    {
      clock,
      presence: { isHere: () => true, onReturn: () => () => {} },
      refresh: async () => void seen.refreshed++,
      line: {
        isOpen: () => is.open,
        onOpen(then) {
          signals.connect = then;
          return () => {};
        },
        onChange(then) {
          signals.push = then;
          return () => {};
        },
        async watch(showingId) {
          seen.watched.push(showingId);
          return { showing: { showingId, version: 1, placesLeft: 50, ...MORE, title: 'more than we need' } };
        },
        unwatch: showingId => void seen.unwatched.push(showingId),
      },
    },
    ({ showingId, placesLeft }) => seen.shown.push(`${showingId}: ${placesLeft}`),
  );
  return { seen, is, signals, clock, watch };
}

test('watches what is looked at, and lets go of what is not any more', async () => {
  const { seen, watch } = surroundings();
  watch.lookAt([1, 2]);
  watch.lookAt([2, 3]);
  await setImmediate();
  assert.deepEqual([seen.watched, seen.unwatched], [[1, 2, 3], [1]]);
  assert.deepEqual(seen.shown, ['1: 50', '2: 50', '3: 50']);
});

test('after a reconnect everything looked at is watched again', async () => {
  const { seen, is, signals, watch } = surroundings();
  is.open = false;
  watch.lookAt([1, 2]);
  is.open = true;
  signals.connect();
  await setImmediate();
  assert.deepEqual(seen.watched, [1, 2]);
});

test('tells each change, and overlooks what is none', () => {
  const { seen, signals } = surroundings();
  signals.push({ showingId: 4, fromVersion: 6, version: 7, placesLeft: 3, ...MORE });
  signals.push({ showingId: 4, version: 8, placesLeft: -1, ...MORE });
  assert.deepEqual(seen.shown, ['4: 3']);
});

test('without a socket plain HTTP is asked every 10 s, with one it is not', async () => {
  const { seen, is, clock } = surroundings();
  is.open = false;
  clock.move(10_000);
  await setImmediate();
  assert.equal(seen.refreshed, 1);
  is.open = true;
  clock.move(10_000);
  await setImmediate();
  assert.equal(seen.refreshed, 1);
});
