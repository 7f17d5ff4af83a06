import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { pesapalFaultCalled } from '../../server/simulator/pesapal/faults.ts';
import { newestOrder, PESAPAL } from '../gateway/behaviours/pesapal.ts';
import { openScene, type Scene } from '../gateway/behaviours/scene.ts';
import { problemOf } from '../support/customer.ts';
import { NOTE, openOffice, payInSilence, rowsOf, tellSuccess, timesAsked, until } from '../support/office.ts';
import { assertSound } from '../support/till.ts';

const MINUTE = 60_000;
const CANCELLINGS = '/pesapalv3/api/Transactions/CancelOrder';

async function openOrder(t: TestContext): Promise<Scene> {
  const scene = await openScene(t, PESAPAL);
  await scene.book();
  return scene;
}

const kindsOf = async ({ office }: Scene) => (await office.manager.worklist()).map(({ kind }) => kind);
const paymentOf = async (scene: Scene) => (await scene.see()).payment?.paymentId ?? '';

test('an order that failed, and of which the gateway then says nothing, is shown as unknown until it says something', async t => {
  const scene = await openOrder(t);
  await scene.play(PESAPAL.declined);
  assert.equal((await scene.see()).payment?.state, 'failed');
  await scene.pass(11 * MINUTE);
  assert.deepEqual(await kindsOf(scene), [], 'it says failed, whenever it is asked');
  const order = newestOrder(scene);
  order.fault = pesapalFaultCalled('pesapal-status-silence');
  assert.ok(scene.tiketi.simulator.pesapal.pay(order, { network: 'mpesa', account: scene.payer })); // In a tab that was left open.
  scene.tiketi.phone.enterPin('1234', scene.payer);
  await scene.pass(2_000, 9 * MINUTE);
  assert.deepEqual(await kindsOf(scene), [], 'it may still answer');
  await scene.pass(2 * MINUTE);
  const [item, ...others] = await scene.office.manager.worklist();
  assert.deepEqual([item?.kind, item?.actions, others.length], ['unknown_outcome', ['check', 'close'], 0]);
  order.fault = undefined;
  await scene.office.manager.does('POST', `/payments/${item?.paymentId}/checks`);
  assert.equal((await scene.see()).payment?.state, 'paid');
  assert.ok(!(await kindsOf(scene)).includes('unknown_outcome'));
});

test('an order that a person closes is taken back at its gateway first', async t => {
  const scene = await openOrder(t);
  await scene.pay();
  const { manager } = scene.office;
  const closings = `/payments/${await paymentOf(scene)}/closings`;
  const answers = await Promise.all([1, 2].map(() => manager.ask('POST', closings, { note: NOTE })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  assert.ok(newestOrder(scene).cancelledAt);
  const { payment } = await scene.see();
  assert.deepEqual([payment?.state, payment?.redirectUrl], ['failed', null], 'its page is open to nobody');
  const told = (await manager.history(scene.bookingId)).map(({ what }) => what);
  assert.equal(told.filter(what => what === `decided: ${NOTE}`).length, 1);
});

test('where the gateway does not take it back, the person’s word stands, and money that still comes is counted', async t => {
  const scene = await openOrder(t);
  await scene.play(PESAPAL.keeps);
  const path = `/payments/${await paymentOf(scene)}/closings`;
  await scene.office.manager.does('POST', path, { note: NOTE });
  assert.equal(scene.tiketi.simulator.parts.requests[CANCELLINGS], 1);
  assert.equal(newestOrder(scene).cancelledAt, null);
  await PESAPAL.pays(scene);
  await scene.pass(2_000);
  assert.equal((await scene.see()).state, 'confirmed');
});

test('"check now" asks the gateway at once, and says so when it was asked a moment ago', async t => {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  await payInSilence(tiketi);
  await tiketi.pass(10 * MINUTE);
  const [item] = await manager.worklist();
  await tiketi.pass(20_000);
  const before = await timesAsked(tiketi, 'stkpushquery');
  const check = async () => (await manager.does('POST', `/payments/${item?.paymentId}/checks`)) as { asked: boolean };
  const [one, other] = await Promise.all([check(), check()]);
  assert.deepEqual([one.asked, other.asked].sort(), [false, true], 'of two at once one asks');
  assert.equal(await timesAsked(tiketi, 'stkpushquery'), before + 1);
  assert.equal((await check()).asked, false);
  assert.equal((await manager.ask('POST', `/payments/${'f'.repeat(32)}/checks`)).status, 404);
});

test('a reversal of money that may have been counted already without its number is noted where it was counted', async t => {
  const { tiketi, manager } = await openOffice(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  tiketi.fault('callback-lost');
  await tiketi.customer.pay(bookingId);
  tiketi.phone.enterPin();
  await tellSuccess(tiketi, { amount: 900 });
  const [aside] = await rowsOf<{ id: number; payment: string }>(tiketi, 'select id, payment from receipt');
  await manager.does('POST', `/payments/${aside?.payment}/closings`, { note: NOTE });
  await tiketi.pass(100_000);
  await tiketi.customer.ask('POST', `/api/v1/bookings/${bookingId}/checks`);
  await until(tiketi, bookingId, ({ state }) => state === 'confirmed');
  const note = (id: number | undefined) => manager.ask('POST', `/receipts/${id}/reversals`, { note: NOTE });
  assert.match(problemOf(await note(aside?.id)).detail, /counted already, without a number/);
  assert.equal((await tiketi.customer.see(bookingId)).state, 'confirmed', 'nothing was changed');
  const [pending] = await rowsOf<{ id: number }>(tiketi, 'select id from receipt where number is null');
  assert.equal((await note(pending?.id)).status, 200);
  assert.equal((await tiketi.customer.see(bookingId)).state, 'refunded');
  assert.equal((await note(aside?.id)).status, 200, 'now it is clear that this one is another');
  await assertSound(tiketi);
});
