import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sendBudgetMs } from '../../server/gateway/send-budget.ts';
import { askGateway } from '../../server/payment/ask-gateway.ts';
import { eventually } from '../support/eventually.ts';
import { GOING, paid, tell } from '../support/evidence.ts';
import { openCore } from '../support/money-core.ts';

const SECOND = 1_000;
const DAY = 24 * 3_600 * SECOND;

/** Two bookings whose prompts are over and whose holds end a second later; only callbacks would tell more. */
async function aboutToEnd(t: TestContext) {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off', DARAJA_QUERIES_PER_MINUTE: '6000' } });
  const showing = await core.addShowing();
  const bookings = [await core.bookAndPay(showing, '254711000001'), await core.bookAndPay(showing, '254711000002')];
  core.clock.move(core.config.rules.holdMs - SECOND);
  return { ...core, bookings, sendBudget: sendBudgetMs(core.config.rules.gatewayTimeoutMs) };
}

test('a hold is not let go while somebody asks the gateway about its payment', async t => {
  const { parts, clock, janitor, gateway, see, bookings } = await aboutToEnd(t);
  const [{ booking, payment } = { booking: '', payment: '' }] = bookings;
  const answer = Promise.withResolvers<ReturnType<typeof paid>>();
  gateway.answer = ({ trackingId }) => (trackingId === 'ws_CO_1' ? answer.promise : GOING);
  const checkNow = askGateway(parts, payment);
  await eventually(() => gateway.asked.length === 1);
  clock.move(SECOND);
  await janitor();
  assert.equal(tell(await see(booking)), 'held, pending', 'the answer may be the money');
  answer.resolve(paid(null, null));
  await checkNow;
  await janitor();
  assert.equal(tell(await see(booking)), 'confirmed with 2 tickets, paid, no number applied 100000');
});

test('a hold whose gateway was being asked ends in the next round when nothing came of it', async t => {
  const { parts, clock, janitor, gateway, see, bookings } = await aboutToEnd(t);
  const [{ booking, payment } = { booking: '', payment: '' }] = bookings;
  const answer = Promise.withResolvers<typeof GOING>();
  gateway.answer = ({ trackingId }) => (trackingId === 'ws_CO_1' ? answer.promise : GOING);
  const checkNow = askGateway(parts, payment);
  await eventually(() => gateway.asked.length === 1);
  clock.move(SECOND);
  await janitor();
  answer.resolve(GOING);
  await checkNow;
  await janitor();
  assert.equal(tell(await see(booking)), 'lapsed, pending');
});

test('a question that never ends keeps no places for ever', async t => {
  const { clock, janitor, change, see, bookings, sendBudget } = await aboutToEnd(t);
  const [stuck = { booking: '', payment: '' }, other = { booking: '', payment: '' }] = bookings;
  await change(`update payment set leasedUntil = ${+clock.now() + DAY} where id = '${stuck.payment}'`);
  clock.move(SECOND + sendBudget - 1);
  await janitor();
  assert.deepEqual(
    [tell(await see(stuck.booking)), tell(await see(other.booking))],
    ['held, pending', 'lapsed, pending'],
  );
  clock.move(1);
  await janitor();
  assert.equal(tell(await see(stuck.booking)), 'lapsed, pending');
});
