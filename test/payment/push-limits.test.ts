import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextPushAt, type Push } from '../../server/model/push-limits.ts';
import { byCallback, failed, paid } from '../support/evidence.ts';
import { openCore } from '../support/money-core.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const AMOUNT = 100_000;

/** A push `ms` ago. */
const ago = (ms: number, more: Partial<Push> = {}): Push => ({
  startedAt: new Date(NOW - ms),
  ...{ amount: AMOUNT, state: 'failed', reason: 'cancelled_by_customer' },
  ...more,
});
/** From now; negative is in the past. */
const next = (pushes: Push[]) => +nextPushAt(pushes, AMOUNT, 120 * SECOND) - NOW;

test('a phone that was never asked may be asked now', () => {
  assert.ok(next([]) < 0);
});

test('120 seconds after the same amount, 60 after any', () => {
  assert.equal(next([ago(20 * SECOND)]), 100 * SECOND);
  assert.equal(next([ago(20 * SECOND, { amount: 1 })]), 40 * SECOND);
  assert.equal(next([ago(20 * SECOND, { amount: 1 }), ago(30 * SECOND)]), 90 * SECOND);
});

test('at most three pushes in ten minutes', () => {
  const two = [ago(9 * MINUTE), ago(5 * MINUTE)];
  assert.ok(next(two) < 0);
  assert.equal(next([...two, ago(3 * MINUTE)]), MINUTE);
  assert.equal(next([ago(3 * MINUTE), ...two, ago(10 * MINUTE)]), MINUTE, 'in whatever order they are listed');
});

test('at most ten pushes in a day', () => {
  const nine = Array.from({ length: 9 }, (_, at) => ago((at + 1) * HOUR));
  assert.ok(next(nine) < 0);
  assert.equal(next([...nine, ago(20 * HOUR)]), 4 * HOUR);
});

test('at most five pushes in a day that nobody answered', () => {
  const silent = [
    ago(2 * HOUR, { state: 'unknown', reason: null }),
    ago(3 * HOUR, { state: 'pending', reason: null }),
    ago(4 * HOUR, { reason: 'expired' }),
    ago(5 * HOUR, { reason: 'phone_unreachable' }),
  ];
  assert.ok(
    next([...silent, ago(1 * HOUR), ago(6 * HOUR, { state: 'paid', reason: null })]) < 0,
    'answers do not count',
  );
  assert.equal(next([...silent, ago(10 * HOUR, { state: 'started', reason: null })]), 14 * HOUR);
});

test('a stranger is not bombed: whichever booking it is for, the phone’s limits hold, and a push that never reached it is free', async t => {
  const { addShowing, hold, pay, settle, clock, gateway, start, booking } = await phone(t);
  const showing = await addShowing();
  for (const minutes of [0, 2.5, 2.5]) {
    clock.move(minutes * MINUTE);
    await settle(await pay(await hold(showing)), byCallback(failed()));
  }
  clock.move(2 * MINUTE);
  await assert.rejects(start(await booking()), { code: 'retry_too_soon' });
  clock.move(3 * MINUTE - 1);
  await assert.rejects(start(await booking()), { code: 'retry_too_soon' });
  clock.move(1);
  gateway.push = () => ({ answer: 'refused', reason: 'gateway_unavailable', code: 'x', retry: { after: 'now' } });
  for (let push = 0; push < 3; push++) await pay(await booking());
  gateway.push = ids => ({ answer: 'accepted', ids, redirectUrl: null });
  await pay(await booking());
});

test('the pause that the gateway asks for is kept, also where the push never reached the phone', async t => {
  const { pay, clock, gateway, start, booking } = await phone(t);
  gateway.push = () => ({ answer: 'refused', reason: 'phone_busy', code: 'x', retry: { after: 'wait', seconds: 30 } });
  await pay(await booking());
  clock.move(30 * SECOND - 1);
  await assert.rejects(start(await booking()), { code: 'retry_too_soon' });
  clock.move(1);
  await start(await booking());
});

test('I6 while a prompt may be open nothing else is asked of its booking or its phone, and afterwards it is', async t => {
  const { pay, clock, start, hold, addShowing, settle } = await phone(t, { RATE_LIMITS: 'off' });
  const [one, other] = [await hold(await addShowing()), await hold(await addShowing())];
  await pay(one);
  await assert.rejects(start(one, '254712000002'), { code: 'payment_in_progress' });
  await assert.rejects(start(other), { code: 'payment_in_progress' });
  clock.move(2 * MINUTE - 1);
  await assert.rejects(start(other), { code: 'payment_in_progress' });
  clock.move(1);
  await settle(await pay(other), byCallback(paid('A1')));
  await pay(one);
  await assert.rejects(start(other), { code: 'already_paid' });
});

/** Every booking is paid for with one and the same phone. */
async function phone(t: Parameters<typeof openCore>[0], settings: Record<string, string> = {}) {
  const core = await openCore(t, { settings });
  return { ...core, booking: async () => core.hold(await core.addShowing()) };
}
