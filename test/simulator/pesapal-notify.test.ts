import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acknowledgement, named, type PesapalWorld, simulatePesapal } from './pesapal-world.ts';

async function paid(world: PesapalWorld): Promise<string> {
  const id = await world.order();
  await world.pay(id);
  await world.enterPin();
  return id;
}

test('a POST registration gets JSON that names the order and nothing else, a second and a half later', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await paid(world);
  await world.advance(1_499);
  assert.deepEqual(world.merchant.heard, []);
  await world.advance(1);
  assert.deepEqual(world.merchant.heard, [
    {
      method: 'POST',
      type: 'application/json',
      query: {},
      body: `{"OrderNotificationType":"IPNCHANGE","OrderTrackingId":"${id}","OrderMerchantReference":"tiketi-TK7M2P9QR-1"}`,
    },
  ]);
  await world.advance(3_600_000);
  assert.equal(world.merchant.heard.length, 1, 'it was acknowledged');
});

test('a GET registration gets the same in its query', async t => {
  const world = await simulatePesapal(t);
  await world.renewToken();
  await world.register({ ipn_notification_type: 'GET', url: `${world.merchant.url}?of=us` });
  const id = await paid(world);
  await world.advance(1_500);
  assert.deepEqual(world.merchant.heard, [
    {
      method: 'GET',
      type: undefined,
      query: {
        of: 'us',
        OrderTrackingId: id,
        OrderMerchantReference: 'tiketi-TK7M2P9QR-1',
        OrderNotificationType: 'IPNCHANGE',
      },
      body: '',
    },
  ]);
});

test('a POST can come as a form', async t => {
  const world = await simulatePesapal(t, { ipnBody: 'form' });
  await world.ready();
  const id = await paid(world);
  await world.advance(1_500);
  const [form] = world.merchant.heard;
  assert.equal(form?.type, 'application/x-www-form-urlencoded');
  assert.equal(
    form?.body,
    `OrderNotificationType=IPNCHANGE&OrderTrackingId=${id}&OrderMerchantReference=tiketi-TK7M2P9QR-1`,
  );
});

const WRONG: [what: string, answer: (right: string) => { status: number; body: string }][] = [
  ['nothing', () => ({ status: 200, body: '' })],
  ['Pascal case', right => ({ status: 200, body: right.replaceAll('"order', '"Order') })],
  ['a status that is a string', right => ({ status: 200, body: right.replace('200', '"200"') })],
  ['a status of 500', right => ({ status: 200, body: right.replace('200', '500') })],
  ['another order', right => ({ status: 200, body: right.replace('tiketi', 'other') })],
  ['another HTTP status', right => ({ status: 202, body: right })],
  ['an endless answer', right => ({ status: 200, body: `${' '.repeat(100_000)}${right}` })],
];

for (const [what, answer] of WRONG)
  test(`answered with ${what}, it comes again and again, but not for ever`, async t => {
    const world = await simulatePesapal(t, { ipnRetries: 2, ipnRetrySeconds: 30 });
    await world.ready();
    const id = await paid(world);
    const probe = { OrderTrackingId: id, OrderMerchantReference: 'tiketi-TK7M2P9QR-1' };
    const right = acknowledgement({ method: 'GET', type: undefined, query: probe, body: '' });
    world.merchant.answer = answer(right);
    await world.advance(61_499);
    assert.equal(world.merchant.heard.length, 2);
    await world.advance(1);
    assert.equal(world.merchant.heard.length, 3);
    await world.advance(3_600_000);
    assert.equal(world.merchant.heard.length, 3);
    const { callbacks } = (await world.control('GET', '/callbacks')).body as { callbacks: Record<string, unknown>[] };
    assert.deepEqual(
      callbacks.map(({ id, method, acknowledged }) => ({ id, method, acknowledged })),
      Array(3).fill({ id, method: 'POST', acknowledged: false }),
    );
  });

test('a merchant who is away hears of it when he is back', async t => {
  const world = await simulatePesapal(t);
  await world.renewToken();
  await world.register({ url: 'http://127.0.0.1:9/nobody' });
  await paid(world);
  await world.advance(60_000);
  const sent = world.simulator.parts.callbacks;
  assert.deepEqual(
    sent.map(({ status }) => status),
    Array(4).fill('failed'),
  );
  const late = await simulatePesapal(t);
  await late.ready();
  late.merchant.answer = { status: 503, body: '' };
  await paid(late);
  await late.advance(1_500);
  late.merchant.answer = undefined;
  await late.advance(60_000);
  assert.equal(late.merchant.heard.length, 2);
});

test('a failure is notified as a success is', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order();
  await world.pay(id);
  await world.enterPin('0000');
  await world.advance(1_500);
  assert.deepEqual(world.merchant.heard.map(named), [{ id, reference: 'tiketi-TK7M2P9QR-1' }]);
});

test('forged ones come before the true one, of an order that nobody knows and under a foreign reference', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order({ billing_address: { phone_number: '255700000208' } });
  await world.pay(id);
  await world.advance(60_000);
  const [unknown, foreign, own, ...more] = world.merchant.heard.map(named);
  assert.notEqual(unknown?.id, id);
  assert.equal(unknown?.reference, 'tiketi-TK7M2P9QR-1');
  assert.deepEqual(foreign, { id, reference: 'somebody-elses-order' });
  assert.deepEqual([own, more], [{ id, reference: 'tiketi-TK7M2P9QR-1' }, []]);
});

test('it can be sent by hand at any time, with any ids', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order();
  assert.equal((await world.control('POST', `/pesapal/orders/${id}/notify`, {})).status, 204);
  await world.control('POST', `/pesapal/orders/${id}/notify`, { trackingId: 'theirs', reference: 'foreign' });
  assert.deepEqual(world.merchant.heard.map(named), [
    { id, reference: 'tiketi-TK7M2P9QR-1' },
    { id: 'theirs', reference: 'foreign' },
  ]);
});

test('it can be there before the browser is sent back, or wait until it was', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const before = await world.order({ id: 'before', billing_address: { phone_number: '255700000206' } });
  await world.pay(before);
  await world.advance(3_000);
  assert.deepEqual([(await world.look(before)).state, (await world.look(before)).mayGoBack], ['paid', false]);
  await world.advance(1_500);
  assert.equal(world.merchant.heard.length, 1);
  assert.equal((await world.look(before)).mayGoBack, true);

  const after = await world.order({ id: 'after', billing_address: { phone_number: '255700000207' } });
  await world.pay(after);
  await world.advance(600_000);
  assert.equal(world.merchant.heard.length, 1);
  for (const _ of [1, 2]) await world.control('POST', `/pesapal/orders/${after}/return`);
  await world.advance(600_000);
  assert.deepEqual(world.merchant.heard.slice(1).map(named), [{ id: after, reference: 'after' }]);
});
