import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { request } from 'undici';
import * as v from 'valibot';
import { ChargeAnswer, ChargeView } from '../../shared/views.ts';
import { newestOrder, openPage, PESAPAL, PHONE_TZ } from '../gateway/behaviours/pesapal.ts';
import { openScene, type Scene } from '../gateway/behaviours/scene.ts';
import { change, until } from '../support/office.ts';
import { assertHarmless } from '../support/refused.ts';

/** The browser goes where it is sent, and does not follow. */
async function goTo({ tiketi }: Scene, address: string, headers: Record<string, string> = {}) {
  const { pathname, search } = new URL(address, tiketi.url);
  const answer = await request(tiketi.url + pathname + search, { headers });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

async function paying(t: TestContext) {
  const scene = await openScene(t, PESAPAL);
  await scene.book();
  await scene.pay();
  return { scene, order: await openPage(scene), bookingUrl: `/bookings/${scene.bookingId}` };
}

test('the browser that comes back from Pesapal’s page is sent to the booking, which knows what became of it', async t => {
  const { scene, order, bookingUrl } = await paying(t);
  await PESAPAL.pays(scene);
  const { url } = scene.tiketi.simulator.pesapal.goBack(order);
  assert.match(url, /OrderTrackingId=.*OrderNotificationType=CALLBACKURL/);
  const { status, headers } = await goTo(scene, url);
  assert.deepEqual([status, headers.location, headers['cache-control']], [303, bookingUrl, 'no-store']);
  assert.equal(headers['referrer-policy'], 'no-referrer');
  await scene.pass(2_000);
  await until(scene.tiketi, scene.bookingId, ({ state }) => state === 'confirmed');
});

test('who comes back without paying finds the page still open', async t => {
  const { scene, order, bookingUrl } = await paying(t);
  const { url } = scene.tiketi.simulator.pesapal.leaveUnpaid(order);
  assert.equal((await goTo(scene, url)).headers.location, bookingUrl);
  assert.equal((await openPage(scene)).trackingId, order.trackingId);
});

test('coming back changes nothing, and whatever else stands in the address leads nowhere', async t => {
  const { scene, order, bookingUrl } = await paying(t);
  const other = await scene.tiketi.customer.book(await scene.addShowing());
  await assertHarmless(scene.tiketi, 'coming back', async () => {
    for (const query of [
      '',
      '?',
      `?OrderTrackingId=${order.trackingId}&OrderMerchantReference=${order.merchantReference}`,
      '?OrderTrackingId=somebody-elses&OrderNotificationType=CALLBACKURL',
      `?bookingId=${other.bookingId}&redirect=https://elsewhere.example&next=//elsewhere.example`,
      '?OrderTrackingId=%0d%0aLocation:%20https://elsewhere.example',
    ]) {
      const { status, headers } = await goTo(scene, order.callbackUrl + query);
      assert.deepEqual([status, headers.location], [303, bookingUrl], query);
    }
  });
});

test('a wrong token leads nowhere, as any address that is none', async t => {
  const { scene, order } = await paying(t);
  const token = order.callbackUrl.split('/').at(-1) ?? '';
  const unknown = await goTo(scene, '/nothing-here');
  for (const wrong of ['x', '0'.repeat(32), `${token}0`, token.slice(1), scene.bookingId, order.trackingId]) {
    const { status, text } = await goTo(scene, `/return/pesapal/${wrong}?OrderTrackingId=${order.trackingId}`);
    assert.deepEqual([status, text], [404, unknown.text], wrong);
  }
  assert.equal((await goTo(scene, `/return/daraja/${token}`)).status, 404);
});

test('inside a frame of ours the way back ends in a small page that says nothing of anybody', async t => {
  const { scene, order, bookingUrl } = await paying(t);
  const { status, headers, text } = await goTo(scene, order.callbackUrl, { 'sec-fetch-dest': 'iframe' });
  assert.equal(status, 200);
  assert.match(String(headers['content-type']), /^text\/html/);
  assert.equal(headers['x-frame-options'], undefined);
  assert.match(String(headers['content-security-policy']), /^default-src 'none'; frame-ancestors 'self' https:/);
  assert.ok(text.length < 200);
  assert.ok(!text.includes(bookingUrl) && !text.includes(scene.bookingId));
});

test('a charge is paid on the page as a booking is, and its way back leads to the charge', async t => {
  const scene = await openScene(t, PESAPAL);
  const { tiketi } = scene;
  await change(tiketi, 'update venue set leastCharge = 100000, largestCharge = 10000000 where id = 2');
  const amount = { amount: 1_500_000, currency: 'TZS' };
  const body = { venueId: 2, amount, purpose: 'Popcorn', gateway: 'pesapal', phone: PHONE_TZ };
  const answer = await tiketi.customer.ask('POST', '/api/v1/charges', body, { 'idempotency-key': 'popcorn-for-asha' });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  const { charge, payment } = v.parse(ChargeAnswer, answer.body);
  const order = newestOrder(scene);
  assert.equal(payment.redirectUrl?.endsWith(order.trackingId), true);
  assert.equal((await goTo(scene, order.callbackUrl)).headers.location, `/charges/${charge.chargeId}`);
  assert.ok(tiketi.simulator.pesapal.pay(order, { network: 'halopesa', account: PHONE_TZ }));
  tiketi.phone.enterPin('1234', PHONE_TZ);
  await scene.pass(2_000);
  const seen = v.parse(ChargeView, (await tiketi.customer.ask('GET', `/api/v1/charges/${charge.chargeId}`)).body);
  assert.deepEqual(
    [seen.state, seen.payment?.receiptNumber],
    ['paid', tiketi.simulator.ledger.debits[0]?.receiptNumber],
  );
});
