import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayIn, instantIn } from '../../server/show/venue-time.ts';

const ZONES = [
  'Africa/Nairobi',
  'Africa/Dar_es_Salaam',
  'UTC',
  'Europe/London',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

test('a showing at eight in the evening begins when the clock on the venue’s wall says so', () => {
  const day = { year: 2026, month: 11, day: 22 };
  const eight = (zone: string) => instantIn(zone, day, 20 * 60).toISOString();
  assert.equal(eight('Africa/Nairobi'), '2026-11-22T17:00:00.000Z');
  assert.equal(eight('Europe/London'), '2026-11-22T20:00:00.000Z');
  assert.equal(eight('Asia/Kathmandu'), '2026-11-22T14:15:00.000Z');
  assert.equal(eight('Pacific/Kiritimati'), '2026-11-22T06:00:00.000Z');
});

test('what day it is depends on where: late in Nairobi it is tomorrow, earlier in Pago Pago it is yesterday', () => {
  const instant = new Date('2026-12-31T21:30:00.000Z');
  assert.deepEqual(dayIn('Africa/Nairobi', instant), { year: 2027, month: 1, day: 1 });
  assert.deepEqual(dayIn('UTC', instant), { year: 2026, month: 12, day: 31 });
  assert.deepEqual(dayIn('Pacific/Pago_Pago', new Date('2026-03-01T10:59:59.999Z')), { year: 2026, month: 2, day: 28 });
  assert.deepEqual(dayIn('Pacific/Pago_Pago', new Date('2028-03-01T10:59:59.999Z')), { year: 2028, month: 2, day: 29 });
});

test('every hour of the day, through two years, reads the same on every wall, there and back, but for the hour that a clock skips or repeats', () => {
  for (const zone of ZONES) {
    let missed = 0;
    for (let at = Date.UTC(2027, 0, 1); at < Date.UTC(2029, 0, 1); at += 41 * 3_600_000) {
      const instant = new Date(at);
      const day = dayIn(zone, instant);
      const midnight = instantIn(zone, day, 0);
      const back = instantIn(zone, day, Math.round((at - +midnight) / 60_000));
      if (+back !== at) missed += 1;
      assert.deepEqual(dayIn(zone, midnight), day, `${zone} ${instant.toISOString()}`);
    }
    const changes = ['Europe/London', 'America/New_York'].includes(zone);
    assert.ok(changes ? missed <= 4 : missed === 0, `${zone}: ${missed}`);
  }
});

test('in the night when clocks change, an evening showing is still in the evening', () => {
  const evening = (month: number, day: number) =>
    instantIn('Europe/London', { year: 2027, month, day }, 20 * 60).toISOString();
  assert.equal(evening(3, 27), '2027-03-27T20:00:00.000Z');
  assert.equal(evening(3, 28), '2027-03-28T19:00:00.000Z');
  assert.equal(evening(10, 30), '2027-10-30T19:00:00.000Z');
  assert.equal(evening(10, 31), '2027-10-31T20:00:00.000Z');
});

test('in the hours just after clocks have changed, the new time holds', () => {
  const morning = (month: number, day: number, hour: number) =>
    instantIn('America/New_York', { year: 2027, month, day }, hour * 60).toISOString();
  assert.equal(morning(3, 14, 4), '2027-03-14T08:00:00.000Z');
  assert.equal(morning(3, 14, 1), '2027-03-14T06:00:00.000Z');
  assert.equal(morning(11, 7, 4), '2027-11-07T09:00:00.000Z');
});

test('minutes may run past midnight into the next day', () => {
  const late = instantIn('Africa/Nairobi', { year: 2026, month: 12, day: 31 }, 25 * 60);
  assert.equal(late.toISOString(), '2026-12-31T22:00:00.000Z');
});
