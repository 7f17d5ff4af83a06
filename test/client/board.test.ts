import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Finder } from '../../client/board/finder.ts';
import { nextThing } from '../../client/board/next-thing.ts';
import type { Answered } from '../../client/box-office/office-api.ts';
import type { BoardBooking } from '../../shared/office/board.ts';
import type { Found, SearchAnswer } from '../../shared/office/booking.ts';
import { ManualClock } from '../support/manual-clock.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const at = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1_000).toISOString();
const booking = (payment: Partial<NonNullable<BoardBooking['payment']>> | null, heldUntil = at(600)) => ({
  heldUntil,
  payment: payment && {
    gateway: 'daraja' as const,
    state: 'pending' as const,
    promptEndsAt: null,
    reason: null,
    ...payment,
  },
});

test('a booking in progress says what it waits for, by the server’s clock', () => {
  const what = (one: ReturnType<typeof booking>) => nextThing(one, new Date(NOW)).what;
  assert.equal(what(booking(null)), 'unpaid');
  assert.equal(what(booking(null, at(0))), 'ending');
  assert.equal(what(booking({ state: 'started' })), 'sending');
  assert.equal(what(booking({ promptEndsAt: at(30) })), 'pin');
  assert.equal(what(booking({ promptEndsAt: at(-1) })), 'asking', 'the prompt ends without anybody saying so');
  assert.equal(what(booking({ state: 'unknown' })), 'unknown');
  assert.equal(what(booking({ state: 'failed', reason: 'wrong_pin' })), 'failed');
  assert.equal(what(booking({ reason: 'under_review' })), 'review');
  assert.deepEqual(nextThing(booking({ promptEndsAt: at(30) }), new Date(NOW)).until, new Date(at(30)));
});

/** A server that answers when the test lets it. */
function openFinder() {
  const clock = new ManualClock(NOW);
  const waiting: { text: string; answer(found: string[]): Promise<void> }[] = [];
  const finder = new Finder({
    clock,
    changed: () => {},
    ask: text =>
      new Promise<Answered<SearchAnswer>>(done => {
        const answer = async (ids: string[]) => {
          done({ value: { now: NOW, found: ids.map(id => ({ id }) as Found) } });
          await setImmediate();
        };
        waiting.push({ text, answer });
      }),
  });
  return { clock, finder, waiting, ids: () => finder.found?.map(({ id }) => id) };
}

test('while somebody types, one question a pause, and only the answer to the last one counts', async () => {
  const { clock, finder, waiting, ids } = openFinder();
  for (const text of ['w', 'wa', 'wan']) finder.type(text);
  clock.move(80);
  finder.type('wanj');
  clock.move(80);
  assert.deepEqual(
    waiting.map(({ text }) => text),
    ['wan', 'wanj'],
  );
  await waiting[1]?.answer(['newer']);
  await waiting[0]?.answer(['older']);
  assert.deepEqual(ids(), ['newer']);
});

test('Enter opens what was asked for, not what an earlier text had found', async () => {
  const { clock, finder, waiting } = openFinder();
  finder.type('wan');
  clock.move(80);
  await waiting[0]?.answer(['old']);
  finder.type('wanjiru kamau');
  const chosen = finder.choose();
  await waiting[1]?.answer(['right']);
  assert.equal((await chosen)?.id, 'right');
});

test('the arrows go round, and an emptied box forgets', async () => {
  const { clock, finder, waiting, ids } = openFinder();
  finder.type('wan');
  clock.move(80);
  await waiting[0]?.answer(['a', 'b', 'c']);
  finder.step(-1);
  assert.equal((await finder.choose())?.id, 'c');
  finder.step(1);
  assert.equal((await finder.choose())?.id, 'a');
  finder.clear();
  assert.equal(ids(), undefined);
});
