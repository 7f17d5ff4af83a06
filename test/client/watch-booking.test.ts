import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type BookingWatch, watchBooking } from '../../client/booking/watch-booking.ts';
import { type Answered, NO_ANSWER } from '../../client/kit/api.ts';
import { createServerClock } from '../../client/kit/server-clock.ts';
import type { BookingView } from '../../shared/views.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { aBooking, later, NOW } from './views.ts';

/** The socket, the server and the person, all played by the test. */
class Surroundings {
  readonly clock = new ManualClock(NOW);
  readonly serverClock = createServerClock(this.clock);
  readonly shown: number[] = [];
  readonly troubles: (string | null)[] = [];
  isOpen = false;
  isHere = true;
  asked = { line: 0, http: 0 };
  overLine: unknown = new Promise(() => {}); // A dead connection answers nothing.
  overHttp: Answered<BookingView> | null = { trouble: NO_ANSWER };
  connect = () => {};
  push = (_: unknown) => {};
  comeBack = () => {};

  watch(): BookingWatch {
    const watch = watchBooking(this.#parts(), aBooking().bookingId, {
      show: ({ version }) => this.shown.push(version),
      hear: trouble => this.troubles.push(trouble?.code ?? null),
    });
    void watch.askNow();
    return watch;
  }

  #parts(): Parameters<typeof watchBooking>[0] {
    return {
      clock: this.clock,
      serverClock: this.serverClock,
      line: {
        isOpen: () => this.isOpen,
        onOpen: then => this.#keep('connect', then),
        onChange: then => this.#keep('push', then),
        watch: async () => {
          this.asked.line++;
          return this.overLine;
        },
      },
      presence: { isHere: () => this.isHere, onReturn: then => this.#keep('comeBack', then) },
      fetchNewest: async () => {
        this.asked.http++;
        return this.overHttp;
      },
    };
  }

  #keep(name: 'connect' | 'push' | 'comeBack', then: (value?: unknown) => void) {
    this[name] = then;
    return () => {
      this[name] = () => {};
    };
  }
}

let around: Surroundings;
beforeEach(() => {
  around = new Surroundings();
});

const answer = (change: Partial<BookingView> = {}) => ({ value: aBooking(change), now: '' });

test('the first view comes by plain HTTP, before any socket is open', async () => {
  around.overHttp = answer({ version: 4 });
  around.watch();
  await setImmediate();
  assert.deepEqual([around.shown, around.asked], [[4], { line: 0, http: 1 }]);
});

test('asks over the socket at every connect and at every return', async () => {
  around.watch();
  around.isOpen = true;
  around.overLine = { booking: aBooking({ version: 2 }) };
  around.connect();
  await setImmediate();
  around.overLine = { booking: aBooking({ version: 3 }) };
  around.comeBack();
  await setImmediate();
  assert.deepEqual([around.shown, around.asked.line], [[2, 3], 2]);
});

test('never shows an older version after a newer one, nor the same one twice', async () => {
  around.watch();
  for (const version of [5, 4, 5, 6, 1]) around.push(aBooking({ version }));
  assert.deepEqual(around.shown, [5, 6]);
});

test('takes a view that came with another answer by the same rule', () => {
  const watch = around.watch();
  around.push(aBooking({ version: 5 }));
  watch.take(aBooking({ version: 4 }));
  watch.take(aBooking({ version: 6 }));
  assert.deepEqual(around.shown, [5, 6]);
});

test('asks every 10 s while the booking is unsettled, and no more once it is paid', async () => {
  around.overHttp = answer();
  around.watch();
  await passes(around, 10_000);
  await passes(around, 10_000);
  assert.equal(around.asked.http, 3);
  around.push(aBooking({ version: 2, state: 'confirmed' }));
  await passes(around, 60_000);
  assert.equal(around.asked.http, 3);
});

test('does not ask while nobody looks', async () => {
  around.overHttp = answer();
  around.watch();
  around.isHere = false;
  await passes(around, 10_000);
  assert.equal(around.asked.http, 1);
});

test('a socket that is open but dead is given 5 s, then plain HTTP answers', async () => {
  around.watch();
  await setImmediate();
  around.isOpen = true;
  around.overHttp = answer({ version: 9 });
  around.comeBack();
  await passes(around, 4_999);
  assert.deepEqual(around.shown, []);
  await passes(around, 1);
  assert.deepEqual(around.shown, [9]);
});

test('no answer is told, with the problem’s code, and taken back by the next answer', async () => {
  around.watch();
  await setImmediate();
  around.isOpen = true;
  around.overLine = { problem: { code: 'not_found' } };
  around.comeBack();
  await setImmediate();
  around.overLine = { booking: aBooking() };
  around.comeBack();
  await setImmediate();
  assert.deepEqual(around.troubles, ['no_answer', 'not_found', null]);
});

test('what is not a booking is not shown', () => {
  around.watch();
  around.push({ ...aBooking(), state: 'perhaps' });
  around.push('nonsense');
  assert.deepEqual(around.shown, []);
});

test('“nothing newer” is an answer too', async () => {
  around.overHttp = null;
  around.watch();
  await setImmediate();
  assert.deepEqual([around.shown, around.troubles], [[], [null]]);
});

test('the server’s time counts, however wrong the phone’s is; an overtaken view does not set it back', () => {
  around.watch();
  around.push(aBooking({ version: 2, now: later(3 * 3_600) }));
  assert.equal(around.serverClock.now().toISOString(), later(3 * 3_600));
  around.push(aBooking({ version: 1, now: NOW }));
  assert.equal(around.serverClock.now().toISOString(), later(3 * 3_600));
});

test('stopped, it asks nothing and shows nothing', async () => {
  around.overHttp = answer();
  const watch = around.watch();
  await setImmediate();
  watch.stop();
  around.push(aBooking({ version: 2 }));
  around.comeBack();
  await passes(around, 60_000);
  assert.deepEqual([around.shown, around.asked.http], [[1], 1]);
});

/** Lets what is under way come to its end before the clock moves, and what that starts afterwards. */
async function passes({ clock }: Surroundings, ms: number) {
  await setImmediate();
  clock.move(ms);
  await setImmediate();
}
