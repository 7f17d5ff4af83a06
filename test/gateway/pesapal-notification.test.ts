import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readNotice } from '../../server/gateway/pesapal/notification.ts';
import * as s from './scripted-pesapal.ts';

const CHANGED = {
  OrderNotificationType: 'IPNCHANGE',
  OrderTrackingId: '5b2f7a1e-93c1-4d0a-8f35-db1c7e46a9d2',
  OrderMerchantReference: s.IDS.requestId,
};
const READ = {
  trackingId: CHANGED.OrderTrackingId,
  paymentId: s.REQUEST.paymentId,
  acknowledgement: {
    orderNotificationType: 'IPNCHANGE',
    orderTrackingId: CHANGED.OrderTrackingId,
    orderMerchantReference: s.IDS.requestId,
    status: 200,
  },
};
const NOTHING = { trackingId: null, paymentId: null, acknowledgement: {} };
const FORM = new URLSearchParams(CHANGED).toString();
const JSON_TEXT = JSON.stringify(CHANGED);

for (const [what, arrived] of [
  ['in a query', { query: FORM, body: '' }],
  ['in a query with its question mark', { query: `?${FORM}`, body: '' }],
  ['as JSON', { query: '', body: JSON_TEXT }],
  ['as JSON with blanks and more', { query: '', body: JSON.stringify({ ...CHANGED, more: [1] }, null, 2) }],
  ['as a form', { query: '', body: FORM }],
  [
    'in small letters',
    { query: FORM.toLowerCase().replace('ipnchange', 'IPNCHANGE').replace('tk7m2p9qr', 'TK7M2P9QR'), body: '' },
  ],
  ['in camel case', { query: '', body: JSON_TEXT.replaceAll('"Order', '"order') }],
  [
    'partly here and partly there',
    { query: `OrderTrackingId=${READ.trackingId}`, body: JSON.stringify({ ...CHANGED, OrderTrackingId: 7 }) },
  ],
  ['twice', { query: 'OrderTrackingId=other', body: JSON_TEXT }],
] as const)
  test(`a notification that comes ${what} is read`, () => assert.deepEqual(readNotice(arrived), READ));

test('a notification is acknowledged with exactly what it said', () => {
  assert.equal(
    JSON.stringify(readNotice({ query: FORM, body: '' }).acknowledgement),
    `{"orderNotificationType":"IPNCHANGE","orderTrackingId":"${READ.trackingId}","orderMerchantReference":"${s.IDS.requestId}","status":200}`,
  );
  const recurring = JSON.stringify({ ...CHANGED, OrderNotificationType: 'RECURRING' });
  const { acknowledgement } = readNotice({ query: '', body: recurring });
  assert.deepEqual(acknowledgement, { ...READ.acknowledgement, orderNotificationType: 'RECURRING' });
});

test('what a notification leaves out its acknowledgement leaves out', () => {
  assert.deepEqual(readNotice({ query: 'OrderTrackingId=abc', body: '' }), {
    ...NOTHING,
    trackingId: 'abc',
    acknowledgement: { orderTrackingId: 'abc', status: 200 },
  });
  assert.deepEqual(readNotice({ query: 'OrderTrackingId=abc&OrderMerchantReference=def', body: '' }), {
    ...NOTHING,
    trackingId: 'abc',
    acknowledgement: { orderTrackingId: 'abc', orderMerchantReference: 'def', status: 200 },
  });
});

test('the payment is found by the reference that its order carried', async t => {
  const { pesapal, say, calls } = await s.openWorld(t);
  say(s.ORDER, s.json(200, { ...s.ORDERED, merchant_reference: null }));
  for (const accountReference of ['A', 'ABCDEFGHIJKL']) {
    await pesapal.collect({ ...s.REQUEST, accountReference, paymentId: 'b'.repeat(32) });
    const { id } = JSON.parse(calls(s.ORDER).at(-1)?.body ?? '');
    assert.equal(pesapal.readNotice?.({ query: `OrderMerchantReference=${id}`, body: '' }).paymentId, 'b'.repeat(32));
  }
});

for (const reference of ['b'.repeat(32), `x-${'b'.repeat(31)}`, `x-${'B'.repeat(32)}`, `x-${'b'.repeat(32)}\n`, '-'])
  test(`a reference ${JSON.stringify(reference)} names no payment of ours`, () => {
    const body = JSON.stringify({ OrderMerchantReference: reference });
    assert.equal(readNotice({ query: '', body }).paymentId, null);
  });

for (const body of [
  ...['', '{}', '[]', 'null', '7', '"text"', '<html>', '{"OrderTrackingId":', 'a=b&c=d', '{"OrderTrackingId":""}'],
  ...['{"OrderTrackingId":7}', '{"OrderTrackingId":{"a":1}}', '{"OrderTrackingId":null}', '["OrderTrackingId","abc"]'],
  ...[`{"OrderTrackingId":"${'x'.repeat(129)}"}`, `OrderTrackingId=${'x'.repeat(129)}`, 'OrderTrackingId='],
  ...['{"__proto__":{"OrderTrackingId":"abc"}}', '{"constructor":{"prototype":{"OrderTrackingId":"abc"}}}'],
  ...[`{"OrderTrackingId":"abc","more":"${'x'.repeat(4_096)}"}`, `OrderTrackingId=abc&more=${'x'.repeat(4_096)}`],
  ...[`${'['.repeat(2_000)}${']'.repeat(2_000)}`, `${'{"a":'.repeat(700)}1${'}'.repeat(700)}`],
])
  test(`${body.slice(0, 50) || 'nothing'} (${body.length}) is no notification`, () => {
    assert.deepEqual(readNotice({ query: '', body }), NOTHING);
    assert.deepEqual(readNotice({ query: body, body: '' }), NOTHING);
  });

test('128 letters are still an id', () => {
  const trackingId = 'x'.repeat(128);
  assert.equal(readNotice({ query: `OrderTrackingId=${trackingId}`, body: '' }).trackingId, trackingId);
});

test('an object that inherits from a stranger is not believed', () => {
  const polluted = Object.prototype as { OrderTrackingId?: string };
  polluted.OrderTrackingId = 'abc';
  try {
    assert.equal(readNotice({ query: '', body: '{"a":1}' }).trackingId, null);
  } finally {
    delete polluted.OrderTrackingId;
  }
});

test('whatever is posted, nothing is thrown, and what is repeated was said', () => {
  const values = fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue());
  const some = fc.record({ OrderTrackingId: values, orderMERCHANTreference: values, x: values }, { requiredKeys: [] });
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    some.map(one => JSON.stringify(one)),
  );
  fc.assert(
    fc.property(texts, texts, (query, body) => {
      const { trackingId, acknowledgement } = readNotice({ query, body });
      const { status, ...repeated } = acknowledgement;
      const values = Object.values(repeated);
      assert.equal(status, values.length === 0 ? undefined : 200);
      assert.ok(values.every(value => typeof value === 'string' && value !== '' && value.length <= 128));
      assert.equal(repeated.orderTrackingId ?? null, trackingId);
    }),
    { numRuns: 2_000 },
  );
});
