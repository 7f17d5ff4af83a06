import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { newestOrder, PESAPAL } from '../gateway/behaviours/pesapal.ts';
import type { Fault } from '../gateway/behaviours/row.ts';
import { openScene, type Scene } from '../gateway/behaviours/scene.ts';
import { problemOf } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { NOTE, rowsOf } from '../support/office.ts';

const REFUNDS = '/pesapalv3/api/Transactions/RefundRequest';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const DONE = { booking: 'refunded', refunds: ['staff_decision done'], worklist: [], debits: ['refunded'] } as const;

const sent = ({ tiketi }: Scene) => tiketi.simulator.parts.requests[REFUNDS] ?? 0;
const refundState = async (scene: Scene) => (await scene.see()).refunds[0]?.state;
const movedBack = ({ tiketi }: Scene) => tiketi.simulator.ledger.reversals.length;

/** A paid booking that was given back; people at Pesapal approve nothing before the test does. */
async function owed(t: TestContext, fault?: Fault): Promise<Scene> {
  const scene = await openScene(t, PESAPAL);
  scene.tiketi.simulator.change({ refundApprovalSeconds: null });
  await scene.book();
  await scene.play(PESAPAL.accepts);
  await scene.office.manager.does('POST', '/refunds', { bookingId: scene.bookingId, note: NOTE });
  scene.arm(fault);
  return scene;
}

async function approve(scene: Scene): Promise<void> {
  assert.ok(scene.tiketi.simulator.pesapal.approveRefund(newestOrder(scene)));
  await scene.pass(2 * SECOND);
}

test('a refund that was accepted is not done: only the status says so, days later', async t => {
  const scene = await owed(t);
  await scene.sendRefund();
  for (const ms of [MINUTE, 60 * MINUTE, DAY, 2 * DAY]) {
    await scene.pass(ms);
    assert.equal(await refundState(scene), 'requested');
  }
  assert.equal(movedBack(scene), 0);
  await approve(scene);
  await scene.signInAgain();
  await scene.ends(DONE);
  assert.equal(sent(scene), 1);
});

test('money that was matched to another booking goes back, and nobody is asked to pay it again', async t => {
  const scene = await openScene(t, PESAPAL);
  const { tiketi, office } = scene;
  tiketi.simulator.change({ refundApprovalSeconds: null });
  await scene.book();
  await scene.play({ fault: 'pesapal-status-reference', does: 'pays', passes: [2 * SECOND] });
  const [receipt] = await rowsOf<{ id: number }>(tiketi, 'select id from receipt');
  await scene.book();
  const { reference } = await scene.see();
  await office.manager.does('POST', `/receipts/${receipt?.id}/resolutions`, { as: 'match', reference, note: NOTE });
  await office.manager.does('POST', '/refunds', { bookingId: scene.bookingId, note: NOTE });
  await scene.sendRefund();
  await scene.pass(MINUTE);
  await scene.pass(60 * MINUTE);
  const [matched] = await rowsOf<{ checks: number }>(tiketi, 'select checks from payment where "phoneHash" is null');
  assert.ok(matched && matched.checks > 0, 'the schedule went on');
  assert.equal(await refundState(scene), 'requested');
});

test('a refund of which no notification tells is found by asking', async t => {
  const scene = await owed(t, 'pesapal-refund-silent');
  scene.tiketi.simulator.change({ refundApprovalSeconds: 5 });
  await scene.sendRefund();
  await scene.pass(5 * SECOND);
  assert.equal(movedBack(scene), 1);
  assert.equal(await refundState(scene), 'requested');
  await scene.pass(MINUTE);
  await scene.ends(DONE);
});

for (const fault of ['pesapal-refund-html-done', 'pesapal-refund-reset'] as const)
  test(`${fault}: asked for again it was received already, and goes back once`, async t => {
    const scene = await owed(t, fault);
    await scene.sendRefund();
    assert.equal(await refundState(scene), 'unknown');
    assert.equal(problemOf(await scene.tryToSendRefund()).code, 'not_possible_now');
    await scene.closeRefund('failed');
    await scene.sendRefund();
    assert.equal(await refundState(scene), 'requested');
    await approve(scene);
    await scene.ends(DONE);
    assert.deepEqual([sent(scene), movedBack(scene)], [2, 1]);
  });

test('a refund that is never answered is unknown when its time is over, and done when the status says so', async t => {
  const scene = await owed(t, 'pesapal-refund-hangs');
  const sending = scene.sendRefund();
  await eventually(() => sent(scene) === 1);
  scene.tiketi.clock.move(20 * SECOND);
  await sending;
  await scene.quiet();
  assert.equal(await refundState(scene), 'unknown');
  await approve(scene);
  await scene.ends(DONE);
});

test('what Pesapal has not approved after seven days is a person’s to find out, and a late approval still ends it', async t => {
  const scene = await owed(t);
  await scene.sendRefund();
  for (const ms of Array(6).fill(DAY)) await scene.pass(ms);
  assert.equal(await refundState(scene), 'requested');
  await scene.pass(DAY, SECOND);
  assert.equal(await refundState(scene), 'unknown');
  await scene.signInAgain();
  await scene.ends({ worklist: ['refund_uncertain'], debits: ['refund due'] });
  await approve(scene);
  await scene.ends(DONE);
});

test('money that came in dollars cannot be sent back in shillings: it fails at once, and a person pays it by hand', async t => {
  const scene = await openScene(t, PESAPAL);
  await scene.book();
  await scene.play({ fault: 'pesapal-dollars', does: 'pays', passes: [2 * SECOND] });
  await scene.resolve('refund');
  await scene.sendRefund();
  assert.equal(await refundState(scene), 'failed');
  assert.equal(sent(scene), 0);
  const item = (await scene.office.manager.worklist()).find(({ kind }) => kind === 'refund_due');
  assert.deepEqual(item?.amount, { amount: 1_600, currency: 'USD' });
  await scene.office.manager.does('POST', `/refunds/${item?.refundId}/closings`, { state: 'done', proof: NOTE });
  assert.deepEqual(await scene.office.manager.worklist(), []);
});
