import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { NOTHING_TAKEN } from '../gateway/behaviours/ending.ts';
import { newestOrder, openPage, PESAPAL } from '../gateway/behaviours/pesapal.ts';
import { openScene, type Scene } from '../gateway/behaviours/scene.ts';
import { problemOf } from '../support/customer.ts';
import { NOTE } from '../support/office.ts';

const CANCELLINGS = '/pesapalv3/api/Transactions/CancelOrder';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const cancellings = ({ tiketi }: Scene) => tiketi.simulator.parts.requests[CANCELLINGS] ?? 0;

async function open(t: TestContext, settings?: Record<string, string>): Promise<Scene> {
  const scene = await openScene(t, PESAPAL, settings);
  await scene.book();
  return scene;
}

test('a hold keeps its places as long as its page may be paid, and then its order is cancelled, once', async t => {
  const scene = await open(t);
  const { promptEndsAt } = await scene.pay();
  const { heldUntil } = await scene.see();
  const until = (instant: string | null | undefined) => Date.parse(instant ?? '') - +scene.tiketi.clock.now();
  assert.equal(until(promptEndsAt), 20 * MINUTE, 'the cap of the hold');
  assert.equal(until(heldUntil), 20.5 * MINUTE);
  await scene.pass(20 * MINUTE);
  assert.equal((await scene.see()).state, 'held');
  assert.equal(cancellings(scene), 0);
  await scene.pass(MINUTE, 1_000, 1_000);
  assert.ok(newestOrder(scene).cancelledAt);
  await scene.ends({ ...NOTHING_TAKEN, booking: 'lapsed', payments: ['failed'] });
  await scene.pass(HOUR, HOUR, HOUR);
  assert.equal(cancellings(scene), 1);
});

test('who lets go of a booking has its order cancelled first, and asking twice is harmless', async t => {
  const scene = await open(t);
  await scene.pay();
  for (const _ of [1, 2]) assert.equal((await scene.letGo()).status, 200);
  assert.equal(cancellings(scene), 1);
  assert.ok(newestOrder(scene).cancelledAt);
  await scene.ends({ ...NOTHING_TAKEN, booking: 'cancelled', payments: ['failed'] });
});

test('a booking without an open order is let go without a word to Pesapal', async t => {
  const scene = await open(t);
  assert.equal((await scene.letGo()).status, 200);
  await scene.book();
  await scene.play(PESAPAL.declined);
  assert.equal((await scene.letGo()).status, 200);
  assert.equal((await scene.see()).state, 'cancelled');
});

for (const fault of ['pesapal-cancel-refused', 'pesapal-cancel-html', 'pesapal-cancel-html-done'] as const)
  test(`${fault}: while nobody can say that it is cancelled, the booking is kept`, async t => {
    const scene = await open(t);
    await scene.play({ fault, passes: [] });
    assert.equal(problemOf(await scene.letGo()).code, 'payment_in_progress');
    await scene.ends({ ...NOTHING_TAKEN, booking: 'held', payments: ['pending'] });
    await scene.pass(21 * MINUTE, 1_000, 1_000);
    const isDone = fault !== 'pesapal-cancel-html-done';
    const payments = [isDone ? 'failed' : 'pending']; // It was cancelled, and Pesapal will never say so: a person closes it.
    await scene.ends({ ...NOTHING_TAKEN, booking: 'lapsed', payments, worklist: isDone ? [] : ['unknown_outcome'] });
  });

test('what was just paid is not let go, and checking confirms it', async t => {
  const scene = await open(t);
  await scene.play({ fault: 'pesapal-not-notified', does: 'pays', passes: [] });
  assert.equal(problemOf(await scene.letGo()).code, 'payment_in_progress');
  await scene.check();
  await scene.ends({ booking: 'confirmed', debits: ['applied'] });
  assert.equal(problemOf(await scene.letGo()).code, 'already_paid');
});

test('money of a cancelled order is found by asking as well, though nobody notifies', async t => {
  const scene = await open(t, { HOLD_MINUTES: '2', HOLD_CAP_MINUTES: '4' });
  await scene.play({ fault: 'pesapal-late', does: 'pays', passes: [5 * MINUTE, 1_000, 1_000] });
  newestOrder(scene).notificationUrl.method = 'GET';
  newestOrder(scene).notificationUrl.url = `${scene.tiketi.url}/api/v1/venues`; // Heard by nobody.
  assert.equal((await scene.see()).payment?.reason?.code, 'expired');
  await scene.pass(25 * MINUTE, 30 * MINUTE, HOUR);
  await scene.ends({ booking: 'confirmed', payments: ['paid'], debits: ['applied'] });
});

test('a showing that is cancelled takes its open orders back, and owes what comes all the same', async t => {
  const scene = await open(t);
  await scene.play({ fault: 'pesapal-after-cancel', does: 'pays', passes: [] });
  const { showing } = await scene.see();
  await scene.office.manager.does('POST', `/showings/${showing.showingId}/cancellations`, { note: NOTE });
  await scene.pass(1_000, 1_000);
  assert.ok(newestOrder(scene).cancelledAt);
  await scene.pass(5_000, 2_000);
  const owed = { refunds: ['showing_cancelled due'], worklist: ['refund_due'], debits: ['refund due'] } as const;
  await scene.ends({ ...owed, booking: 'cancelled', payments: ['paid'], tickets: [] });
});

test('a way to pay that is not offered here is refused, and takes no order back', async t => {
  const scene = await open(t);
  await scene.pay();
  for (const gateway of ['daraja', 'nobody']) {
    const { status } = await scene.tiketi.customer.tryToPay(scene.bookingId, { gateway, phone: '254712345678' });
    assert.equal(status, 422);
  }
  assert.equal(cancellings(scene), 0);
  assert.equal((await scene.see()).payment?.state, 'pending');
  await PESAPAL.pays(scene);
  await scene.pass(2_000);
  await scene.ends({ booking: 'confirmed', debits: ['applied'] });
});

test('who fails on the page and then pays on the same page is found, though nobody notifies', async t => {
  const scene = await open(t);
  await scene.play({ fault: 'pesapal-not-notified', does: 'declines', passes: [31_000, 6 * MINUTE] });
  assert.equal((await scene.see()).payment?.reason?.code, 'cancelled_by_customer');
  const order = newestOrder(scene);
  assert.ok(scene.tiketi.simulator.pesapal.pay(order, { network: 'mpesa', account: scene.payer }));
  scene.tiketi.phone.enterPin('1234', scene.payer);
  await scene.pass(6 * MINUTE);
  await scene.ends({ booking: 'confirmed', payments: ['paid'], debits: ['applied'] });
});

test('an order that failed is taken back once its places are gone: its page takes no more money', async t => {
  const scene = await open(t);
  const order = await scene.play(PESAPAL.declined).then(() => newestOrder(scene));
  assert.equal((await scene.see()).payment?.redirectUrl, null);
  await scene.pass(5 * MINUTE, 6 * MINUTE, 1_000, 11 * MINUTE);
  assert.equal((await scene.see()).state, 'lapsed');
  assert.ok(order.cancelledAt);
  assert.equal(scene.tiketi.simulator.pesapal.pay(order, { network: 'mpesa', account: scene.payer }), false);
  assert.equal(
    (await scene.see()).payment?.reason?.code,
    'cancelled_by_customer',
    'what the customer did is what is told',
  );
  await scene.pass(HOUR, 24 * HOUR);
  assert.equal(cancellings(scene), 1);
});

test('the page stays open for another try while the booking is held', async t => {
  const scene = await open(t);
  await scene.pay();
  const order = await openPage(scene);
  const { pesapal } = scene.tiketi.simulator;
  assert.equal(pesapal.leaveUnpaid(order).url, order.cancellationUrl);
  await scene.pass(2 * MINUTE);
  assert.equal((await scene.see()).payment?.redirectUrl, (await scene.see()).payment?.redirectUrl);
  assert.equal((await openPage(scene)).trackingId, order.trackingId);
  await PESAPAL.pays(scene);
  await scene.pass(2_000);
  await scene.ends({ booking: 'confirmed', debits: ['applied'] });
});
