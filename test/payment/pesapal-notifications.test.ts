import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { request } from 'undici';
import { storeCallback } from '../../server/payment/receive-callback.ts';
import { newestOrder, PESAPAL } from '../gateway/behaviours/pesapal.ts';
import { openScene, type Scene } from '../gateway/behaviours/scene.ts';
import { storedCallbacks } from '../support/callbacks.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { dumpTables } from '../support/table-dump.ts';

const STATUSES = '/pesapalv3/api/Transactions/GetTransactionStatus';
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const TRACE_MAX_BYTES = 4_096;
const BODY_MAX = 65_536;
const CRASHED_MS = 6_000; // After which the janitor takes over what nobody settled.

interface Message {
  method?: 'GET' | 'POST';
  query?: string;
  body?: string;
  type?: string;
}

/** A booking whose page is open and unpaid, and somebody who knows our notification URL. */
async function waiting(t: TestContext, settings?: Record<string, string>) {
  const scene = await openScene(t, PESAPAL, settings);
  await scene.book();
  const payment = await scene.pay();
  const order = newestOrder(scene);
  const fields = {
    OrderNotificationType: 'IPNCHANGE',
    OrderTrackingId: order.trackingId,
    OrderMerchantReference: order.merchantReference,
  };
  const { pathname } = new URL(order.notificationUrl.url);
  const asked = () => scene.tiketi.simulator.parts.requests[STATUSES] ?? 0;
  return { scene, payment, order, fields, pathname, asked, say: (message: Message) => say(scene, pathname, message) };
}

async function say({ tiketi }: Scene, path: string, { method = 'POST', query, body, type = JSON_TYPE }: Message) {
  const answer = await request(`${tiketi.url}${path}${query ? `?${query}` : ''}`, {
    method,
    ...(method === 'POST' && { body: body ?? '', headers: { 'content-type': type } }),
  });
  return { status: answer.statusCode, type: String(answer.headers['content-type']), text: await answer.body.text() };
}

test('a notification by GET, as JSON or as a form, with names in any case, is kept, acknowledged word by word, and only makes us ask', async t => {
  const { scene, payment, fields, asked, say, order } = await waiting(t);
  const form = new URLSearchParams(fields).toString();
  const text = JSON.stringify(fields);
  const small = (one: string) =>
    one.replaceAll(/Order(?:Notification|Tracking|Merchant)\w*/g, name => name.toLowerCase());
  const shapes: Message[] = [
    { method: 'GET', query: form },
    { method: 'GET', query: small(form) },
    { body: text },
    { body: small(text) },
    { body: text.replaceAll('"Order', '"order'), type: 'text/plain' },
    { body: form, type: FORM_TYPE },
    { body: small(form).replace('ordertrackingid', 'ORDERTRACKINGID'), type: FORM_TYPE },
    { query: form },
  ];
  const before = await scene.see();
  for (const [at, shape] of shapes.entries()) {
    const answer = await say(shape);
    const { trackingId, merchantReference } = order;
    assert.deepEqual([answer.status, answer.type], [200, 'application/json; charset=utf-8']);
    assert.equal(
      answer.text,
      `{"orderNotificationType":"IPNCHANGE","orderTrackingId":"${trackingId}","orderMerchantReference":"${merchantReference}","status":200}`,
    );
    await scene.quiet();
    const kept = storedCallbacks(scene.tiketi).at(-1);
    assert.equal(kept?.body.toString(), shape.body ?? shape.query, 'as it came');
    assert.deepEqual([kept?.payment, kept?.state], [payment.paymentId, 'settled']);
    assert.equal(asked(), at + 1, JSON.stringify(shape));
  }
  assert.equal((await scene.see()).version, before.version, 'nobody has paid, so nothing is different');
});

test('what is about no payment of ours is acknowledged, kept within limits, and costs no question', async t => {
  const { scene, fields, asked, say } = await waiting(t);
  const foreign = { ...fields, OrderTrackingId: '5b2f7a1e-93c1-4d0a-8f35-db1c7e46a9d2', OrderMerchantReference: 'X-1' };
  const { OrderTrackingId: orderTrackingId, OrderMerchantReference: orderMerchantReference } = foreign;
  const about = (orderNotificationType: string, status = 200) =>
    JSON.stringify({ orderNotificationType, orderTrackingId, orderMerchantReference, status });
  const said: [body: string, answer: string][] = [
    [JSON.stringify(foreign), about('IPNCHANGE')],
    [JSON.stringify({ ...foreign, OrderNotificationType: 'RECURRING' }), about('RECURRING')],
    [JSON.stringify({ OrderTrackingId: orderTrackingId }), JSON.stringify({ orderTrackingId, status: 200 })],
    ...['', '{}', '[]', 'null', 'nonsense', '<xml/>', '{"OrderTrackingId":{}}', '\u0000'].map(
      body => [body, '{}'] satisfies [string, string],
    ),
    ['x'.repeat(BODY_MAX), '{}'],
  ];
  await scene.quiet();
  const before = dumpTables(scene.tiketi);
  for (const [body, answer] of said) {
    const { status, text } = await say({ body });
    assert.deepEqual([status, text], [200, answer], body.slice(0, 100));
  }
  assert.equal((await say({ body: 'x'.repeat(BODY_MAX + 1) })).status, 413);
  await scene.quiet();
  assert.equal(asked(), 0);
  assert.deepEqual(dumpTables(scene.tiketi), before, 'nothing is different');
  const strays = storedCallbacks(scene.tiketi);
  assert.ok(strays.every(({ payment, verdict }) => payment === null && verdict === 'no payment of ours'));
  assert.equal(strays.length, said.length);
  assert.equal(Math.max(...strays.map(({ body }) => body.length)), TRACE_MAX_BYTES);
});

test('under a wrong secret there is nothing, whatever is sent', async t => {
  const { scene, fields, pathname, asked } = await waiting(t);
  const body = JSON.stringify(fields);
  const query = new URLSearchParams(fields).toString();
  const unknown = await say(scene, '/nothing-here', { body });
  const secret = pathname.split('/').at(-1) ?? '';
  assert.match(secret, /^[0-9a-f]{32}$/);
  for (const wrong of ['x', '0'.repeat(32), `${secret}0`, secret.slice(1), secret.toUpperCase().replace(/^\d+$/, 'A')])
    for (const message of [{ body }, { method: 'GET', query } as const])
      assert.deepEqual(await say(scene, `/callbacks/pesapal/${wrong}`, message), unknown, wrong);
  await scene.quiet();
  assert.equal(asked(), 0);
});

test('a thousand forged notifications change nothing and cost no more than the budget, and the genuine one is heard', async t => {
  const { scene, fields, asked, say, order } = await waiting(t, { PESAPAL_QUERIES_PER_MINUTE: '300' });
  const random = seededRandom(4711);
  const forged = () => Buffer.from(random(16)).toString('hex');
  const flood = async (times: number, atOnce: number, forge: () => object) => {
    for (let sent = 0; sent < times; sent += atOnce) {
      const answers = await Promise.all(Array.from({ length: atOnce }, () => say({ body: JSON.stringify(forge()) })));
      assert.ok(answers.every(({ status }) => status === 200));
    }
    await scene.quiet();
  };
  await scene.quiet();
  const { callback: _, ...before } = dumpTables(scene.tiketi);
  const unknown = () => ({ ...fields, OrderTrackingId: forged(), OrderMerchantReference: `tiketi-X-${forged()}` });
  await flood(900, 100, unknown);
  const { callback: __, ...after } = dumpTables(scene.tiketi);
  assert.deepEqual(after, before);
  assert.equal(asked(), 0);
  const seen = await scene.see();
  await flood(100, 2, () => fields);
  assert.ok(asked() >= 1 && asked() <= 5, `a second's worth of questions, not ${asked()}`);
  assert.equal((await scene.see()).version, seen.version);
  await PESAPAL.pays(scene);
  await scene.pass(2_000, 1_000);
  assert.equal((await scene.see()).state, 'confirmed');
  assert.equal(order.told.code, 1);
});

test('a notification that was acknowledged before a crash is asked about after it', async t => {
  const { scene, payment, fields } = await waiting(t);
  scene.arm('pesapal-not-notified'); // But for the one that follows.
  await PESAPAL.pays(scene);
  const { server, clock } = scene.tiketi;
  const body = Buffer.from(JSON.stringify(fields));
  await storeCallback(server.parts, payment.paymentId, { gateway: 'pesapal', body, sourceAddress: '127.0.0.1' });
  assert.equal((await scene.see()).state, 'held');
  clock.move(CRASHED_MS);
  await scene.quiet();
  await scene.pass(1);
  await scene.ends({ booking: 'confirmed', debits: ['applied'] });
});

test('a notification finds an order whose answer was lost by the reference that it carries: its page is back', async t => {
  const scene = await openScene(t, PESAPAL);
  await scene.book();
  const { state } = await scene.play({ fault: 'pesapal-answer-html', passes: [] });
  assert.equal(state, 'unknown');
  await scene.tiketi.simulator.pesapal.notify(newestOrder(scene));
  await scene.quiet();
  const { payment } = await scene.see();
  assert.equal(payment?.state, 'pending');
  assert.match(payment?.redirectUrl ?? '', new RegExp(`OrderTrackingId=${newestOrder(scene).trackingId}$`));
  assert.equal(scene.tiketi.simulator.pesapal.orders().length, 1);
});

test('nothing that was sent or made for Pesapal is ever logged', async t => {
  const { scene, fields, say, order } = await waiting(t, { LOG_LEVEL: 'trace' });
  await say({ body: JSON.stringify(fields) });
  await PESAPAL.pays(scene);
  await scene.pass(2_000);
  const { settings, parts } = scene.tiketi.simulator;
  const secrets = [
    ...[settings.pesapalConsumerKey, settings.pesapalConsumerSecret, ...parts.pesapal.tokens.keys()],
    ...[order.callbackUrl, order.notificationUrl.url].map(url => url.split('/').at(-1) ?? ''),
    ...[order.trackingId, order.merchantReference, order.phone?.slice(-9) ?? '', order.debit?.receiptNumber ?? ''],
  ];
  for (const secret of secrets) {
    assert.ok(secret.length >= 9);
    assert.ok(!scene.tiketi.logged.some(line => line.includes(secret)), secret);
  }
});
