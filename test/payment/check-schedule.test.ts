import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { askGateway } from '../../server/payment/ask-gateway.ts';
import { nextCheckAt } from '../../server/payment/check-schedule.ts';
import { openCore } from '../support/money-core.ts';
import { seededRandom } from '../support/seeded-random.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const SCHEDULE = [25, 45, 75, 120, 180, 300, 600, 1_200, 2_400, 5_400, 10_800, 21_600, 43_200, 86_400].map(
  s => s * SECOND,
);
const PLENTY = { RATE_LIMITS: 'off', DARAJA_QUERIES_PER_MINUTE: '6000' };
const START = new Date('2026-11-22T12:00:00.000Z');

const next = (ms: number, fraction: number, failedMs: number | null = null) => {
  const failedAt = failedMs === null ? null : new Date(+START + failedMs);
  const at = nextCheckAt({ startedAt: START, failedAt }, new Date(+START + ms), SCHEDULE, fraction);
  return at && +at - +START;
};

test('a check lies at most a fifth of its pause before or after its place on the schedule', () => {
  assert.deepEqual(
    [next(0, 0), next(0, 0.5), next(26 * SECOND, 0), next(26 * SECOND, 0.5), next(26 * SECOND, 1)].map(
      ms => ms && ms / SECOND,
    ),
    [20, 25, 41, 45, 49],
  );
  assert.equal(next(43 * SECOND, 0.5), 75 * SECOND, 'asked a little early is asked');
});

test('the next check is always later, and none is after day 7', () => {
  const instant = fc.integer({ min: 0, max: 8 * DAY });
  const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(instant, fraction, (ms, chance) => {
      const at = next(ms, chance);
      if (at !== null) assert.ok(at > ms && at <= 7 * DAY);
      assert.equal(at === null, ms > 6 * DAY, `${ms} ms`);
    }),
    { numRuns: 500 },
  );
});

test('after a query’s failure was believed there is one more check, an hour later', () => {
  const failed = 200 * SECOND;
  assert.equal(next(500 * SECOND, 0.5, failed), failed + HOUR);
  assert.equal(next(failed + HOUR - 1, 0.5, failed), failed + HOUR);
  assert.equal(next(failed + HOUR, 0.5, failed), null);
});

async function open(t: TestContext, settings: Record<string, string> = {}, seed = 1) {
  const core = await openCore(t, { settings: { ...PLENTY, ...settings }, random: seededRandom(seed) });
  const pending = async (phone?: string) => core.bookAndPay(await core.addShowing(), phone);
  return { ...core, pending, at: (ms: number) => core.clock.move(+START + ms - +core.clock.now()) };
}

test('I9 I12 a silent payment is asked about on the schedule, daily to day 7, and then no more: it is never called failed', async t => {
  for (const seed of [1, 2, 3]) {
    const { pending, gateway, at, janitor, see } = await open(t, {}, seed);
    const { booking } = await pending();
    const asked: number[] = [];
    for (let due = 25 * SECOND; due < 20 * DAY; ) {
      at(due);
      await janitor();
      if (gateway.asked.length > asked.length) asked.push(due);
      const checkAt = (await see(booking)).payment?.nextCheckAt;
      const { state, heldUntil } = (await see(booking)).booking;
      due = Math.min(...[checkAt, state === 'held' ? heldUntil : null].map(one => (one ? +one - +START : 30 * DAY)));
    }
    const scheduled = asked.filter(ms => ms < 1.2 * DAY);
    for (const [index, after] of SCHEDULE.entries()) {
      const most = 0.2 * (after - (SCHEDULE[index - 1] ?? 0));
      const near = scheduled.filter(ms => ms >= after - most && ms <= after + most);
      assert.equal(near.length, 1, `once about ${after / SECOND} s, not at ${scheduled.map(ms => ms / SECOND)}`);
    }
    const daily = asked.slice(scheduled.length);
    assert.ok(daily.length >= 5 && daily.length <= 6, `${daily.length} days`);
    assert.ok(daily.every(ms => ms <= 7 * DAY));
    const { payment: row, booking: lapsed } = await see(booking);
    assert.deepEqual([row?.state, row?.nextCheckAt, row?.reason, lapsed.state], ['pending', null, null, 'lapsed']);
  }
});

test('two payments of the same second are not asked about at the same moments', async t => {
  const { pending, at, janitor, read } = await open(t);
  await pending();
  await pending('254712000002');
  at(25 * SECOND);
  await janitor();
  const due = await read<{ nextCheckAt: number }>('select nextCheckAt from payment');
  assert.equal(new Set(due.map(row => row.nextCheckAt)).size, 2);
});

test('a customer who asks often does not use up the schedule', async t => {
  const { pending, at, janitor, gateway, parts } = await open(t);
  const { payment: one } = await pending();
  for (const seconds of [5, 15, 30, 50, 60]) {
    at(seconds * SECOND);
    await askGateway(parts, one);
  }
  const before = gateway.asked.length;
  at(90 * SECOND);
  await janitor();
  assert.equal(gateway.asked.length, before + 1, 'the check of 75 s is made all the same');
});

test('after a standstill a payment is asked about once, not once for every check that was missed', async t => {
  const { pending, at, janitor, gateway } = await open(t, {
    HOLD_CAP_MINUTES: '1440',
    HOLD_MINUTES: '1440',
  });
  await pending();
  at(2 * HOUR);
  for (let round = 0; round < 10; round++) await janitor();
  assert.equal(gateway.asked.length, 1);
});
