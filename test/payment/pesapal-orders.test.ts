import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newestOrder, PESAPAL } from '../gateway/behaviours/pesapal.ts';
import { openScene, type Scene } from '../gateway/behaviours/scene.ts';
import { problemOf } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';

const ORDERS = '/pesapalv3/api/Transactions/SubmitOrderRequest';
const REGISTRATIONS = '/pesapalv3/api/URLSetup/RegisterIPN';
const MINUTE = 60_000;
const [PHONE, OTHER_PHONE] = PESAPAL.phones;

/** The bodies of everything that is sent to one of Pesapal's addresses from now on. */
function listen({ tiketi: { simulator } }: Scene, path: string): Record<string, unknown>[] {
  const said: Record<string, unknown>[] = [];
  const { answer } = simulator;
  simulator.answer = request => {
    if (request.path === path) said.push(JSON.parse(request.body));
    return answer(request);
  };
  return said;
}

const asked = ({ tiketi }: Scene, path: string) => tiketi.simulator.parts.requests[path] ?? 0;

for (const fault of [
  'pesapal-answer-reset',
  'pesapal-answer-html',
  'pesapal-answer-empty',
  'pesapal-answer-reset-unmade',
  'pesapal-answer-html-unmade',
] as const)
  for (const who of ['the janitor', 'who checks now'] as const)
    test(`${fault}: ${who} orders again word for word, and the payment has its page`, async t => {
      const scene = await openScene(t, PESAPAL);
      await scene.book();
      const said = listen(scene, ORDERS);
      const unknown = await scene.play({ fault, passes: [] });
      assert.deepEqual([unknown.state, unknown.redirectUrl], ['unknown', null]);
      if (who === 'the janitor') await scene.pass(31_000);
      else await scene.check();
      const { payment } = await scene.see();
      assert.equal(payment?.state, 'pending');
      assert.ok(payment?.redirectUrl);
      assert.equal(said.length, 2);
      assert.deepEqual(said[1], said[0]);
      assert.equal(scene.tiketi.simulator.pesapal.orders().length, 1);
      await PESAPAL.pays(scene);
      await scene.pass(2_000);
      await scene.ends({ booking: 'confirmed', payments: ['paid'], debits: ['applied'] });
    });

test('an order that is never answered leaves the browser waiting for five seconds, and is unknown when its time is over', async t => {
  const scene = await openScene(t, PESAPAL);
  const { clock } = scene.tiketi;
  await scene.book();
  scene.arm('pesapal-answer-hangs');
  const paying = scene.pay();
  await eventually(() => scene.tiketi.simulator.pesapal.orders().length === 1);
  clock.move(5_000);
  assert.equal((await paying).state, 'started');
  clock.move(15_000);
  await scene.quiet();
  assert.equal((await scene.see()).payment?.state, 'unknown');
  await scene.check();
  assert.equal((await scene.see()).payment?.state, 'pending');
});

for (const fault of ['pesapal-answer-foreign-page', 'pesapal-answer-without-page'] as const)
  test(`${fault}: nobody is sent there: the payment is unknown and has no page, and its order is taken back with its places`, async t => {
    const scene = await openScene(t, PESAPAL);
    await scene.book();
    const { state, redirectUrl } = await scene.play({ fault, passes: [] });
    assert.deepEqual([state, redirectUrl], ['unknown', null]);
    await scene.check();
    assert.equal((await scene.see()).payment?.redirectUrl, null);
    await scene.pass(10 * MINUTE, 1_000, 20 * MINUTE, 1_000);
    assert.ok(newestOrder(scene).cancelledAt);
    await scene.ends({ booking: 'lapsed', payments: ['failed'], debits: [] });
  });

test('an order whose answer was lost is not opened anew for a booking whose places are gone', async t => {
  const scene = await openScene(t, PESAPAL, { CHECK_AFTER_SECONDS: '1200' });
  await scene.book();
  await scene.play({ fault: 'pesapal-answer-html', passes: [11 * MINUTE, 1_000] });
  assert.equal((await scene.see()).state, 'lapsed');
  await scene.pass(14 * MINUTE, 1_000);
  assert.equal((await scene.see()).payment?.redirectUrl, null);
  assert.ok(newestOrder(scene).cancelledAt, 'what was found is taken back at once');
  await scene.ends({ booking: 'lapsed', payments: ['failed'], debits: [] });
});

test('each payment is one order under a reference of its own, in which nobody else’s is', async t => {
  const scene = await openScene(t, PESAPAL);
  const said = listen(scene, ORDERS);
  await scene.book();
  const first = await scene.play(PESAPAL.declined);
  await scene.pass(2 * MINUTE);
  const second = await scene.play(PESAPAL.accepts);
  await scene.book();
  const third = await scene.pay(OTHER_PHONE);
  const references = said.map(({ id }) => String(id));
  assert.equal(new Set(references).size, 3);
  for (const [at, { paymentId }] of [first, second, third].entries())
    assert.match(references[at] ?? '', new RegExp(`^[A-Za-z0-9-]{1,17}-${paymentId}$`));
  assert.ok(references.every(reference => reference.length <= 50));
});

test('the order carries the customer’s e-mail address where there is one, the phone, and our way back', async t => {
  const scene = await openScene(t, PESAPAL);
  const said = listen(scene, ORDERS);
  const { bookingId } = await scene.tiketi.customer.book(await scene.addShowing(), 1, { email: 'asha@example.com' });
  scene.bookingId = bookingId;
  await scene.pay();
  const [order] = said;
  assert.deepEqual(order?.billing_address, {
    phone_number: PHONE,
    email_address: 'asha@example.com',
    country_code: 'TZ',
  });
  assert.deepEqual([order?.amount, order?.currency], [20_000, 'TZS']);
  assert.match(String(order?.callback_url), /\/return\/pesapal\/[0-9a-f]{32}$/);
  assert.equal(order?.cancellation_url, order?.callback_url);
});

test('the notification URL is registered once, whatever restarts; anew only when its id is no longer known', async t => {
  const scene = await openScene(t, PESAPAL);
  const said = listen(scene, ORDERS);
  const payAs = async (phone: string) => {
    await scene.book();
    return scene.pay(phone);
  };
  assert.equal(asked(scene, REGISTRATIONS), 0, 'not before it is needed');
  await payAs('255712000001');
  await scene.tiketi.restart();
  await payAs('255712000002');
  assert.equal(asked(scene, REGISTRATIONS), 1);
  assert.equal(said[1]?.notification_id, said[0]?.notification_id);
  scene.arm('pesapal-ipn-forgotten');
  assert.equal((await payAs('255712000003')).state, 'pending');
  assert.equal(asked(scene, REGISTRATIONS), 2);
  await scene.tiketi.restart();
  await payAs('255712000004');
  assert.equal(asked(scene, REGISTRATIONS), 2);
  assert.equal(said.at(-1)?.notification_id, said.at(-2)?.notification_id);
  assert.notEqual(said.at(-1)?.notification_id, said[0]?.notification_id);
});

test('an id in the settings wins, and is never registered over', async t => {
  const scene = await openScene(t, PESAPAL);
  const said = listen(scene, ORDERS);
  await scene.tiketi.restart({ PESAPAL_IPN_ID: 'id-of-the-settings' });
  await scene.book();
  const { state, reason } = await scene.pay();
  assert.deepEqual([state, reason?.code], ['failed', 'gateway_unavailable'], 'here it is nobody’s');
  assert.deepEqual(
    said.map(one => one.notification_id),
    ['id-of-the-settings'],
  );
  assert.equal(asked(scene, REGISTRATIONS), 0);
});

test('a phone is asked no oftener than anywhere: one at a time, a pause, three in ten minutes', async t => {
  const scene = await openScene(t, PESAPAL);
  const tryAnew = async () => {
    await scene.book();
    return scene.tryToPay();
  };
  await scene.book();
  await scene.play(PESAPAL.declined);
  assert.equal(problemOf(await tryAnew()).code, 'retry_too_soon');
  await scene.pass(2 * MINUTE);
  assert.equal((await tryAnew()).status, 202);
  assert.equal(problemOf(await tryAnew()).code, 'payment_in_progress', 'its page is open');
  const [open] = scene.tiketi.simulator.pesapal.orders().slice(-1);
  assert.ok(open && scene.tiketi.simulator.pesapal.pay(open, { network: 'mpesa', account: PHONE }));
  scene.tiketi.phone.cancel(PHONE);
  await scene.pass(2_000, 2 * MINUTE);
  await scene.book();
  await scene.play(PESAPAL.declined);
  await scene.pass(2 * MINUTE);
  const fourth = await tryAnew();
  assert.equal(problemOf(fourth).code, 'retry_too_soon');
  assert.ok(Number(fourth.headers['retry-after']) > 120, 'three in ten minutes');
});

test('what never reached Pesapal counts against nobody', async t => {
  const scene = await openScene(t, PESAPAL);
  await scene.book();
  for (const _ of [1, 2, 3, 4, 5])
    assert.equal((await scene.play({ fault: 'pesapal-refused-test-account', passes: [] })).state, 'failed');
  assert.equal((await scene.pay()).state, 'pending');
});
