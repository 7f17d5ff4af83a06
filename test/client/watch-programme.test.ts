import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { watchProgramme } from '../../client/show/watch-programme.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { NOW } from './views.ts';

test('a newer programme is fetched once, in its turn; what the page shows already is not', async () => {
  const clock = new ManualClock(NOW);
  const page = { version: 3, loads: 0 };
  let push = (_: unknown) => {};
  let connect = () => {};
  let current: unknown = { version: 3, withinMs: 1_000 };
  const line = {
    isOpen: () => false,
    watch: async () => current,
    onOpen(then: () => void) {
      connect = then;
      return () => {};
    },
    onChange(then: (change: unknown) => void) {
      push = then;
    },
  };
  watchProgramme(line, clock, { version: () => page.version, load: async () => void page.loads++ });
  const loadsWithin = async (ms: number) => {
    await setImmediate();
    clock.move(ms);
    return page.loads;
  };
  connect();
  assert.equal(await loadsWithin(1_000), 0, 'it is what the page shows');
  for (const change of [{ version: 4, withinMs: 1_000 }, { version: 5, withinMs: 1_000 }, { version: 2 }, null, 'x'])
    push(change);
  assert.equal(await loadsWithin(0), 0, 'others are fetching');
  assert.equal(await loadsWithin(1_000), 1, 'once for both');
  page.version = 5;
  current = { version: 6, withinMs: 0 };
  connect();
  assert.equal(await loadsWithin(1), 2, 'what a bad moment of the network hid');
});
