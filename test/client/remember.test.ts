import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { createIntents } from '../../client/kit/intents.ts';
import { createKept, type Kept } from '../../client/kit/kept.ts';
import { forgetBooking, rememberBooking, rememberedBookings } from '../../client/kit/remembered-bookings.ts';
import { systemRandom } from '../../shared/random.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { aBooking, later, NOW } from './views.ts';

const now = new Date(NOW);
const BODY = { showingId: 7, quantity: 2 };

test('an intent keeps its key through retries, even in a browser that was killed meanwhile', () => {
  const storage = aStorage();
  const first = intentsOn(createKept(storage)).keyFor('booking', BODY);
  assert.equal(intentsOn(createKept(storage)).keyFor('booking', { ...BODY }), first);
  assert.match(first, /^[0-9a-f]{32}$/);
});

test('other words, an answer, or ten minutes make it a new intent', () => {
  const clock = new ManualClock(NOW);
  const intents = createIntents(createKept(aStorage()), clock, systemRandom);
  const keys = [intents.keyFor('booking', BODY)];
  keys.push(intents.keyFor('booking', { ...BODY, quantity: 3 }));
  intents.answered('booking');
  keys.push(intents.keyFor('booking', { ...BODY, quantity: 3 }));
  clock.move(600_000);
  keys.push(intents.keyFor('booking', { ...BODY, quantity: 3 }));
  assert.equal(new Set(keys).size, keys.length);
});

test('where the browser stores nothing, the page itself remembers', () => {
  const refuse = () => {
    throw new Error('storage is switched off');
  };
  const kept = createKept({ getItem: refuse, setItem: refuse, removeItem: refuse });
  kept.write('phone', '0712 345 678');
  assert.equal(kept.read('phone', v.string()), '0712 345 678');
  kept.remove('phone');
  assert.equal(kept.read('phone', v.string()), null);
});

test('what an older page wrote, or nobody, is nothing', () => {
  const kept = createKept(aStorage({ 'tiketi.bookings': '[{"id":1}]', 'tiketi.phone': '{' }));
  assert.deepEqual(rememberedBookings(kept, now), []);
  assert.equal(kept.read('phone', v.string()), null);
});

test('the newest five bookings are remembered, each once and as last seen', () => {
  const kept = createKept(aStorage());
  for (const letter of 'abcdef') rememberBooking(kept, aBooking({ bookingId: letter }));
  rememberBooking(kept, aBooking({ bookingId: 'd', state: 'confirmed' }));
  assert.deepEqual(
    rememberedBookings(kept, now).map(({ bookingId, state }) => `${bookingId} ${state}`),
    ['d confirmed', 'f held', 'e held', 'c held', 'b held'],
  );
});

test('a day after its showing began a booking is no longer offered, and a forgotten one never', () => {
  const kept = createKept(aStorage());
  rememberBooking(kept, aBooking({ bookingId: 'a' }));
  rememberBooking(kept, aBooking({ bookingId: 'b' }));
  forgetBooking(kept, 'a');
  assert.deepEqual(rememberedBookings(kept, new Date(later(29 * 3_600))).length, 1);
  assert.deepEqual(rememberedBookings(kept, new Date(later(30 * 3_600))).length, 0);
});

function intentsOn(kept: Kept) {
  return createIntents(kept, new ManualClock(NOW), systemRandom);
}

function aStorage(content: Record<string, string> = {}): Parameters<typeof createKept>[0] {
  const items = new Map(Object.entries(content));
  return {
    getItem: name => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: name => void items.delete(name),
  };
}
