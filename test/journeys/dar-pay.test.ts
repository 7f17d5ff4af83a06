import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, PESAPAL, PHONE_TZ } from '../gateway/behaviours/pesapal.ts';
import { openScene } from '../gateway/behaviours/scene.ts';
import { problemOf } from '../support/customer.ts';

const NOTICE = 2_000; // More than lies between what can be told and its notification.
const ORDERS = '/pesapalv3/api/Transactions/SubmitOrderRequest';

for (const network of ['mpesa', 'mixx', 'airtel', 'halopesa'] as const)
  test(`in Dar es Salaam: books, goes to Pesapal’s page, pays by ${network}, and the booking confirms itself`, async t => {
    const scene = await openScene(t, PESAPAL);
    const { tiketi } = scene;
    const { bookingId } = await scene.book();
    const watch = await tiketi.customer.watch(bookingId);
    const payment = await scene.pay();
    assert.deepEqual(payment.amount, { amount: 4_000_000, currency: 'TZS' });
    assert.equal(payment.phone, '2557•••••678');
    const order = await openPage(scene);
    assert.deepEqual([order.amount, order.currency, order.phone], [40_000, 'TZS', PHONE_TZ]);
    assert.ok(tiketi.simulator.pesapal.pay(order, { network, account: PHONE_TZ }));
    tiketi.phone.enterPin('1234', PHONE_TZ);
    await scene.pass(NOTICE);
    const confirmed = await watch.untilState('confirmed');
    assert.equal(confirmed.tickets.length, 2);
    assert.equal(confirmed.payment?.receiptNumber, tiketi.simulator.ledger.debits[0]?.receiptNumber);
    assert.equal(confirmed.payment?.redirectUrl, null, 'there is nothing left to pay');
    const versions = watch.seen.map(({ version }) => version);
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a - b),
    );
  });

test('in Dar es Salaam: declines on the phone, is told so, and pays on a new page', async t => {
  const scene = await openScene(t, PESAPAL);
  const { bookingId } = await scene.book();
  const watch = await scene.tiketi.customer.watch(bookingId);
  const first = await scene.play(PESAPAL.declined);
  const failed = await watch.until(({ payment }) => payment?.state === 'failed');
  assert.deepEqual([failed.state, failed.payment?.reason?.code], ['held', 'cancelled_by_customer']);
  await scene.pass(120_000);
  const second = await scene.play(PESAPAL.accepts);
  assert.notEqual(second.redirectUrl, first.redirectUrl);
  await watch.untilState('confirmed');
});

test('in Dar es Salaam: the browser is killed while the page is open; who opens the booking again sees what happened', async t => {
  const scene = await openScene(t, PESAPAL);
  const { bookingId } = await scene.book();
  const cut = await scene.tiketi.customer.watch(bookingId);
  const { redirectUrl } = await scene.pay();
  await cut.until(({ payment }) => payment?.redirectUrl === redirectUrl);
  cut.socket.disconnect();
  const again = await scene.tiketi.customer.watch(bookingId);
  assert.equal(again.seen[0]?.payment?.redirectUrl, redirectUrl, 'the way to the page is still there');
  again.socket.disconnect();
  await PESAPAL.pays(scene);
  await scene.pass(NOTICE);
  const later = await scene.tiketi.customer.watch(bookingId);
  await later.untilState('confirmed');
  assert.ok(![...cut.seen, ...again.seen].some(({ state }) => state === 'confirmed'));
});

test('in Dar es Salaam: however often "Pay" is pressed there is one order', async t => {
  const scene = await openScene(t, PESAPAL);
  const { customer, simulator } = scene.tiketi;
  const { bookingId } = await scene.book();
  const pay = (key?: string) => customer.tryToPay(bookingId, { gateway: 'pesapal', phone: PHONE_TZ }, key);
  const key = 'one-intention-to-pay';
  const answers = await Promise.all([...Array(10).fill(key), ...Array(10)].map(one => pay(one)));
  assert.ok(answers.every(answer => answer.status === 202 || problemOf(answer).code === 'payment_in_progress'));
  const accepted = answers.filter(({ status }) => status === 202).map(({ body }) => body as { payment: object });
  assert.equal(new Set(accepted.map(({ payment }) => (payment as { paymentId: string }).paymentId)).size, 1);
  assert.equal(simulator.parts.requests[ORDERS], 1);
});

test('in Dar es Salaam: sold out is sold out, whoever is on a page', async t => {
  const scene = await openScene(t, PESAPAL);
  const showing = await scene.addShowing(2);
  await scene.book(showing);
  await scene.pay();
  const other = await scene.tiketi.customer.tryToBook({ showingId: showing, quantity: 1 });
  assert.equal(problemOf(other).code, 'sold_out');
  await PESAPAL.pays(scene);
  await scene.pass(NOTICE);
  await scene.ends({ booking: 'confirmed', debits: ['applied'] });
  assert.equal(await scene.placesLeft(), 0);
});

test('one evening, both countries: neither gateway’s money is ever the other’s', async t => {
  const dar = await openScene(t, PESAPAL);
  const { customer, phone, simulator } = dar.tiketi;
  const nairobi = await customer.book(await dar.tiketi.addShowing());
  await customer.pay(nairobi.bookingId);
  await dar.book();
  await dar.pay();
  phone.enterPin();
  await PESAPAL.pays(dar);
  await dar.pass(NOTICE);
  const [kenyan, tanzanian] = simulator.ledger.debits;
  const { payment } = await customer.see(nairobi.bookingId);
  assert.deepEqual([payment?.gateway, payment?.receiptNumber], ['daraja', kenyan?.receiptNumber]);
  assert.equal((await dar.see()).payment?.receiptNumber, tanzanian?.receiptNumber);
  await dar.ends({ booking: 'confirmed', debits: ['applied', 'applied'] });
});
