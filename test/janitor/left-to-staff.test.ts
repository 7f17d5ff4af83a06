import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sendBudgetMs } from '../../server/gateway/send-budget.ts';
import { seeWorklist } from '../../server/view/worklist-view.ts';
import { byCallback, failed, GOING, paid, tell } from '../support/evidence.ts';
import { openCore } from '../support/money-core.ts';

const DAY = 24 * 3_600_000;
const UNABLE = { sends: () => false, repeats: () => false };

async function open(t: TestContext) {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off', DARAJA_QUERIES_PER_MINUTE: '6000' } });
  const openedAt = +core.clock.now();
  return {
    ...core,
    at: (ms: number) => core.clock.move(openedAt + ms - +core.clock.now()),
    sendBudget: sendBudgetMs(core.config.rules.gatewayTimeoutMs),
  };
}

test('a payment under review whose push lost its sender becomes unknown like others, and nobody asks about it', async t => {
  const { start, hold, addShowing, settle, at, janitor, see, gateway, sendBudget, config } = await open(t);
  const booking = await hold(await addShowing());
  const { paymentId } = await start(booking);
  await settle(paymentId, byCallback(paid('A1', 7), { trackingId: 'ws_CO_1', requestId: 'm-1' }));
  at(sendBudget - 1);
  await janitor();
  assert.equal(tell(await see(booking)), 'held, started under review, A1 unallocated 7');
  at(sendBudget);
  await janitor();
  assert.equal(tell(await see(booking)), 'held, unknown under review, A1 unallocated 7');
  for (const ms of config.rules.checkAfterMs) {
    at(sendBudget + ms);
    await janitor();
  }
  assert.equal((await see(booking)).payment?.nextCheckAt, null);
  assert.deepEqual(gateway.asked, []);
});

test('I12 a failure that the very last check names for the first time leaves the payment to staff', async t => {
  const { addShowing, bookAndPay, clock, janitor, gateway, see, database } = await open(t);
  const { booking, payment: id } = await bookAndPay(await addShowing());
  const startedAt = +clock.now();
  gateway.answer = () => (+clock.now() > startedAt + 6 * DAY ? failed() : GOING);
  const nextCheckAt = async () => (await see(booking)).payment?.nextCheckAt;
  for (let next = await nextCheckAt(); next; next = await nextCheckAt()) {
    clock.move(+next - +clock.now());
    await janitor();
  }
  const last = (await see(booking)).payment;
  assert.deepEqual([last?.state, last?.queriedCode], ['pending', '1032']);
  const [item, ...others] = await seeWorklist(database.read(), { now: clock.now(), able: UNABLE });
  assert.deepEqual([item?.kind, item?.paymentId], ['unknown_outcome', id]);
  assert.equal(item?.next, 'Nothing: a person must close it');
  assert.equal(others.length, 0);
});
