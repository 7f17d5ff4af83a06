import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Collected } from '../../server/gateway/gateway.ts';
import { pushPayment } from '../../server/payment/push-payment.ts';
import { byCallback, failed, paid, tell } from '../support/evidence.ts';
import { assertInvariants } from '../support/invariants.ts';
import { openCore } from '../support/money-core.ts';

const IDS = { trackingId: 'ws_CO_9', requestId: 'm-9' };
const ANSWERS: Record<Collected['answer'], Collected> = {
  accepted: { answer: 'accepted', ids: IDS, redirectUrl: null },
  unknown: { answer: 'unknown', why: 'timeout' },
  refused: { answer: 'refused', reason: 'phone_busy', code: '500.001.1001', retry: { after: 'wait', seconds: 60 } },
};

/** A payment that is committed and not yet pushed. */
async function started(t: TestContext) {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off' } });
  const booking = await core.hold(await core.addShowing());
  const { paymentId } = await core.start(booking);
  return {
    ...core,
    booking,
    payment: paymentId,
    async push(answer: Collected['answer']) {
      core.gateway.push = () => ANSWERS[answer];
      await pushPayment(core.parts, paymentId);
      await assertInvariants(core.database.read());
      return (await core.see(booking)).payment;
    },
  };
}

test('I7 the intention is committed before anything leaves, and nothing has left yet', async t => {
  const { see, booking, gateway } = await started(t);
  assert.equal(tell(await see(booking)), 'held, started');
  assert.equal(gateway.collected, 0);
});

test('accepted: pending, with the gateway’s ids, and the prompt ends in 90 seconds', async t => {
  const { push, clock } = await started(t);
  clock.move(4_000);
  const row = await push('accepted');
  assert.equal(row?.state, 'pending');
  assert.ok(row?.idsHash);
  assert.equal(+(row?.promptEndsAt ?? 0) - +clock.now(), 90_000);
  assert.equal(+(row?.liveUntil ?? 0) - +clock.now(), 120_000);
});

test('I9 no understandable answer: unknown, live until a prompt would be over, and never pushed again by itself', async t => {
  const { push, pass, gateway, clock } = await started(t);
  const row = await push('unknown');
  assert.deepEqual([row?.state, row?.live, row?.reason], ['unknown', true, null]);
  assert.equal(+(row?.promptEndsAt ?? 0) - +clock.now(), 90_000);
  for (let minute = 0; minute < 30; minute++) await pass(60_000);
  assert.equal(gateway.collected, 1);
});

test('refused: failed with its reason, the phone never saw it, the booking stays held and may be paid at once', async t => {
  const { push, see, booking, start, clock } = await started(t);
  const row = await push('refused');
  assert.deepEqual([row?.state, row?.live, row?.reachedPhone, row?.reason], ['failed', false, false, 'phone_busy']);
  assert.equal(row?.nextCheckAt, null);
  assert.equal(+(row?.retryFrom ?? 0) - +clock.now(), 60_000);
  assert.equal(tell(await see(booking)), 'held, failed');
  await start(booking);
});

test('I4 the callback was quicker than the push’s answer: whatever that says, what is settled stays settled', async t => {
  for (const answer of ['accepted', 'unknown', 'refused'] as const)
    for (const [evidence, story] of [
      [byCallback(paid('A1')), 'confirmed with 2 tickets, paid, A1 applied 100000'],
      [byCallback(failed()), 'held, failed'],
    ] as const) {
      const { push, settle, payment, see, booking } = await started(t);
      await settle(payment, evidence);
      const { booking: before } = await see(booking);
      const row = await push(answer);
      assert.equal(tell(await see(booking)), story, answer);
      assert.equal((await see(booking)).booking.version, before.version, 'and there is nothing to tell');
      assert.equal(row?.live, false);
      assert.equal(row?.idsHash !== null, answer === 'accepted', 'the ids are kept all the same');
    }
});

test('a push that waits too long for its turn is not sent at all: refused, and nothing is unknown', async t => {
  const { push, line, gateway } = await started(t);
  while (await line.pushes.take());
  for (let waiting = 0; waiting < 15_000; waiting++) void line.pushes.wait(1e9); // 15 s of pushes at 1,000 a second.
  const row = await push('accepted');
  assert.deepEqual([row?.state, row?.reason, gateway.collected], ['failed', 'gateway_unavailable', 0]);
});
