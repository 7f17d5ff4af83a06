import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failed, GOING, paid, tell } from '../support/evidence.ts';
import { openCore } from '../support/money-core.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test('a payment that queries called failed is asked about until somebody answers: silence is no second "failed"', async t => {
  const { gateway, addShowing, bookAndPay, see, pass } = await openCore(t, {
    settings: { RATE_LIMITS: 'off', DARAJA_QUERIES_PER_MINUTE: '60' },
  });
  const { booking } = await bookAndPay(await addShowing());
  gateway.answer = () => failed('1037');
  for (let minutes = 0; (await see(booking)).payment?.state !== 'failed'; minutes++) {
    assert.ok(minutes < 10);
    await pass(MINUTE);
  }
  gateway.answer = () => GOING; // The gateway is away for hours.
  for (let minutes = 0; minutes < 3 * 60; minutes += 5) await pass(5 * MINUTE);
  gateway.answer = () => paid(null, null);
  for (let hours = 0; hours < 24; hours++) await pass(HOUR);
  assert.equal(tell(await see(booking)), 'lapsed, paid, no number refund_due 100000, late_payment 100000');
});
