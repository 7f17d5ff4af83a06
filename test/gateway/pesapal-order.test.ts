import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Sent } from '../../server/gateway/send.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import * as s from './scripted-pesapal.ts';

const ACCEPTED = { answer: 'accepted', ids: s.IDS, redirectUrl: s.PAGE };

test('an order carries every field as the documentation spells and types it', async t => {
  const { pesapal, say, calls } = await s.openWorld(t);
  say(s.ORDER, s.json(200, s.ORDERED));
  assert.deepEqual(await pesapal.collect({ ...s.REQUEST, email: 'asha@tickets.example' }), ACCEPTED);
  const [order] = calls(s.ORDER);
  assert.equal(order?.method, 'POST');
  assert.equal(order?.headers.authorization, 'Bearer first-token');
  assert.equal(order?.headers.accept, 'application/json');
  assert.equal(order?.headers['content-type'], 'application/json');
  assert.deepEqual(JSON.parse(order?.body ?? ''), {
    id: `tiketi-TK7M2P9QR-${'a'.repeat(32)}`,
    currency: 'TZS',
    amount: 20_000,
    description: 'Tickets TK7M2P9QR',
    callback_url: `https://tickets.example/return/pesapal/${s.CALLBACK_TOKEN}`,
    cancellation_url: `https://tickets.example/return/pesapal/${s.CALLBACK_TOKEN}`,
    redirect_mode: 'PARENT_WINDOW',
    notification_id: 'ipn-of-settings',
    billing_address: {
      phone_number: '255712345678',
      email_address: 'asha@tickets.example',
      country_code: 'TZ',
    },
  });
});

test('a customer without an e-mail address sends none', async t => {
  const { pesapal, say, calls } = await s.openWorld(t);
  say(s.ORDER, s.json(200, s.ORDERED));
  await pesapal.collect(s.REQUEST);
  const { billing_address } = JSON.parse(calls(s.ORDER)[0]?.body ?? '');
  assert.deepEqual(billing_address, { phone_number: '255712345678', country_code: 'TZ' });
});

test('the same payment is ordered under the same reference with the same words, another under another', async t => {
  const { pesapal, say, calls } = await s.openWorld(t);
  say(s.ORDER, s.json(200, { ...s.ORDERED, merchant_reference: null }));
  for (const paymentId of ['a'.repeat(32), 'a'.repeat(32), 'b'.repeat(32)])
    await pesapal.collect({ ...s.REQUEST, paymentId });
  const [first, second, third] = calls(s.ORDER).map(({ body }) => body);
  assert.equal(second, first);
  assert.notEqual(JSON.parse(third ?? '').id, JSON.parse(first ?? '').id);
});

test('every reference has at most 50 letters, digits and dashes, and names both parts', async () => {
  const bodies: string[] = [];
  const pesapal = s.pesapalOver(async ({ body }) => {
    bodies.push(body ?? '');
    return { result: 'unanswered', why: 'timeout' };
  });
  const references = fc.stringMatching(/^[A-Za-z0-9]{1,12}$/);
  const paymentIds = fc.stringMatching(/^[0-9a-f]{32}$/);
  await fc.assert(
    fc.asyncProperty(references, paymentIds, async (accountReference, paymentId) => {
      await pesapal.collect({ ...s.REQUEST, accountReference, paymentId });
      const { id, description } = JSON.parse(bodies.pop() ?? '');
      assert.match(id, /^[A-Za-z0-9-]{1,50}$/);
      assert.ok(id.endsWith(`${accountReference}-${paymentId}`));
      assert.equal(id.startsWith('tiketi-'), accountReference.length <= 10);
      assert.ok(description.length <= 100);
    }),
  );
});

for (const [what, change] of [
  ['under HTTP 201', {}],
  ['whose status is a number', { status: 200 }],
  ['without its reference', { merchant_reference: undefined }],
  ['with an error of nulls', { error: { error_type: null, code: null, message: null } }],
  ['with new fields', { more: [1], call_back_url: 'x' }],
] as const)
  test(`an order ${what} is accepted`, async t => {
    const { pesapal, say } = await s.openWorld(t);
    say(s.ORDER, s.json(201, { ...s.ORDERED, ...change }));
    assert.deepEqual(await pesapal.collect(s.REQUEST), ACCEPTED);
  });

test('an order that was answered with an unknown may be sent again: the same id and page come back', async t => {
  const { pesapal, say } = await s.openWorld(t);
  say(s.ORDER, s.reset, s.json(200, s.ORDERED), s.json(200, s.ORDERED));
  assert.equal(pesapal.mayRepeat, true);
  assert.equal((await pesapal.collect(s.REQUEST)).answer, 'unknown');
  assert.deepEqual(await pesapal.collect(s.REQUEST), ACCEPTED);
  assert.deepEqual(await pesapal.collect(s.REQUEST), ACCEPTED);
});

const UNAVAILABLE = 'gateway_unavailable';
const NO = 'no';
const refusals: [code: string, message: string | null, reason: ReasonCode, wait: number | 'no'][] = [
  ['invalid_api_credentials_provided', 'Invalid Access Token', UNAVAILABLE, 60],
  ['invalid_consumer_key_or_secret_provided', '', UNAVAILABLE, NO],
  ['InvalidIpnId', 'Invalid IPN Id', UNAVAILABLE, NO],
  ['invalid_url', 'The specified url provided is invalid', UNAVAILABLE, NO],
  ['invalid_api_request_parameters', 'Invalid API request.', 'refused', NO],
  ['invalid_api_request_parameters', null, 'refused', NO],
  [
    'amount_exceeds_default_limit',
    'Transaction amount exceeds limit. Contact support for assistance',
    'amount_not_allowed',
    NO,
  ],
  [
    'maximum_amount_limit_exceeded',
    'Request Declined.Maximum allowed test transactions limit exceeded',
    'amount_not_allowed',
    NO,
  ],
  ['TEST_TRANSACTIONS_EXCEEDED', null, 'refused', NO],
  ['new_in_the_next_version', '', 'refused', NO],
];
for (const [code, message, reason, wait] of refusals)
  for (const status of [200, 400, 500])
    test(`${code} "${message}" under HTTP ${status} is a refusal: ${reason}`, async t => {
      const { pesapal, say } = await s.openWorld(t);
      say(s.ORDER, s.error(code, message, status));
      const retry = wait === NO ? { after: 'no' } : { after: 'wait', seconds: wait };
      assert.deepEqual(await pesapal.collect(s.REQUEST), { answer: 'refused', reason, code, retry });
    });

for (const [code, kept] of [
  ['declined for 255712345678', 'unlisted'],
  ['<b>declined</b>', 'unlisted'],
  ['x'.repeat(500), 'x'.repeat(40)],
] as const)
  test(`of a code such as ${code.slice(0, 30)} staff see ${kept.slice(0, 30)}`, async t => {
    const { pesapal, say } = await s.openWorld(t);
    say(s.ORDER, s.error(code));
    const collected = await pesapal.collect(s.REQUEST);
    assert.equal(collected.answer === 'refused' && collected.code, kept);
  });

const unknowns: [what: string, answer: s.Answer, why: string, ids?: typeof s.IDS][] = [
  ['a page under 200', s.text(200, '<html>'), 'HTTP 200'],
  ['a page under 500', s.text(500, '<html>Server Error in Application</html>'), 'HTTP 500'],
  ['a page under 503', s.text(503, '<html>cloudflare</html>'), 'HTTP 503'],
  ['nothing', s.text(200, ''), 'HTTP 200'],
  ['half an answer', s.text(200, '{"order_tracking_id":"'), 'HTTP 200'],
  ['a list', s.json(200, [s.ORDERED]), 'HTTP 200'],
  ['null', s.json(200, null), 'HTTP 200'],
  ['429', s.text(429, ''), 'HTTP 429'],
  ['words and no code', s.error(null, 'Something went wrong'), 'HTTP 200'],
  ['an error of nothing', s.error(null, null, 500), 'HTTP 500'],
  ['words that it was paid', s.error('', 'The payment has already been received'), 'HTTP 200'],
  [
    'words that it was paid, with a code',
    s.error('paid_before', 'Payment has already been received'),
    'HTTP 200 paid_before',
  ],
  ['a code that is a number', s.json(500, { error: { code: 500 }, status: '500' }), 'HTTP 500'],
  ['a route that is none', s.json(404, { message: 'No HTTP resource was found that matches' }), 'HTTP 404'],
  ['200 and no id', s.json(200, { ...s.ORDERED, order_tracking_id: null }), 'HTTP 200'],
  ['an empty id', s.json(200, { ...s.ORDERED, order_tracking_id: ' ' }), 'HTTP 200'],
  ['an id that is a number', s.json(200, { ...s.ORDERED, order_tracking_id: 7 }), 'HTTP 200'],
  ['another order', s.json(200, { ...s.ORDERED, merchant_reference: 'tiketi-X' }), 'answer about another order'],
  ['a reference that is none', s.json(200, { ...s.ORDERED, merchant_reference: {} }), 'answer about another order'],
  ['an id and 500', s.json(200, { ...s.ORDERED, status: '500' }), 'HTTP 200', s.IDS],
  ['an id and no status', s.json(200, { ...s.ORDERED, status: undefined }), 'HTTP 200', s.IDS],
  ['an id and a word', s.json(200, { ...s.ORDERED, status: 'OK' }), 'HTTP 200', s.IDS],
];
for (const [what, answer, why, ids] of unknowns)
  test(`an order answered with ${what} is unknown, and not sent again by itself`, async t => {
    const { pesapal, say, calls } = await s.openWorld(t);
    say(s.ORDER, answer);
    assert.deepEqual(await pesapal.collect(s.REQUEST), { answer: 'unknown', why, ...(ids && { ids }) });
    assert.equal(calls(s.ORDER).length, 1);
  });

for (const [what, answer] of [
  ['reset before the answer', s.reset],
  ['cut off in the middle of it', s.resetAfterHeaders],
  ['answered without end', s.text(200, 'x'.repeat(70_000))],
] as const)
  test(`an order ${what} is unknown`, async t => {
    const { pesapal, say } = await s.openWorld(t);
    say(s.ORDER, answer);
    assert.equal((await pesapal.collect(s.REQUEST)).answer, 'unknown');
  });

test('an order that is not answered in time is unknown, one that never left is refused', async t => {
  const { pesapal, say, asked, clock } = await s.openWorld(t);
  say(s.ORDER, s.hang);
  const collecting = pesapal.collect(s.REQUEST);
  await asked(s.ORDER);
  clock.move(20_000);
  assert.deepEqual(await collecting, { answer: 'unknown', why: 'timeout' });
  const collected = await s.pesapalOver(async () => ({ result: 'not_sent', why: 'ECONNREFUSED' })).collect(s.REQUEST);
  assert.equal(collected.answer === 'refused' && collected.code, 'not_sent:ECONNREFUSED');
});

for (const [what, change, reason] of [
  ['cents', { amount: { amount: 2_000_050, currency: 'TZS' } }, 'amount_not_allowed'],
  ['nothing to pay', { amount: { amount: 0, currency: 'TZS' } }, 'amount_not_allowed'],
  ['less than nothing', { amount: { amount: -100, currency: 'TZS' } }, 'amount_not_allowed'],
  ['another currency', { amount: { amount: 2_000_000, currency: 'KES' } }, 'amount_not_allowed'],
  ['a number in Kenya', { phone: '254712345678' }, 'invalid_phone'],
  ['a reference of 13 letters', { accountReference: 'ABCDEFGHIJKLM' }, 'refused'],
  ['a reference with a blank', { accountReference: 'TK 1' }, 'refused'],
  ['a payment without a name', { paymentId: '' }, 'refused'],
] as const)
  test(`an order with ${what} is refused without a word to the gateway`, async t => {
    const { pesapal, calls } = await s.openWorld(t);
    const collected = await pesapal.collect({ ...s.REQUEST, ...change });
    assert.equal(collected.answer === 'refused' && collected.reason, reason);
    assert.equal(calls('/').length, 0);
  });

test('whatever comes back, an order is accepted only with our id, Pesapal’s page and its 200, and tells no secret', async () => {
  const some = (value: unknown) => fc.oneof(fc.constant(value), fc.jsonValue());
  const error = fc.record({
    code: fc.oneof(fc.constantFrom('InvalidIpnId', '255712345678', 'Bearer sesame for 255712345678'), fc.jsonValue()),
    message: fc.oneof(fc.constantFrom('Invalid IPN Id', 'for 255712345678'), fc.jsonValue()),
  });
  const order = fc.record(
    {
      order_tracking_id: some(s.IDS.trackingId),
      merchant_reference: some(s.IDS.requestId),
      redirect_url: fc.oneof(some(s.PAGE), fc.webUrl()),
      status: fc.oneof(some('200'), fc.constantFrom(200, '500', ' 200 ')),
      error: fc.oneof(error, fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  const answered = fc.record({
    result: fc.constant('answered'),
    status: fc.integer({ min: 200, max: 599 }),
    headers: fc.constant({}),
    body: fc.oneof(
      fc.string(),
      fc.json(),
      order.map(one => JSON.stringify(one)),
    ),
  });
  const sent = fc.oneof(
    answered,
    fc.record({ result: fc.constant('unanswered'), why: fc.constant('x') }),
  ) as fc.Arbitrary<Sent>;
  await fc.assert(
    fc.asyncProperty(sent, async only => {
      const collected = await s.pesapalOver(async () => only).collect(s.REQUEST);
      if (collected.answer !== 'accepted')
        return assert.doesNotMatch(JSON.stringify({ ...collected, ids: null }), s.SECRETS);
      assert.equal(new URL(collected.redirectUrl ?? '').hostname, 'cybqa.pesapal.com');
      assert.equal(collected.ids.requestId, s.IDS.requestId);
      const { status, order_tracking_id } = JSON.parse(only.result === 'answered' ? only.body : '');
      assert.equal(String(status).trim(), '200');
      assert.equal(collected.ids.trackingId, order_tracking_id.trim());
    }),
    { numRuns: 2_000 },
  );
});
