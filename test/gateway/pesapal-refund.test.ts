import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import type { RefundRequest } from '../../server/gateway/gateway.ts';
import type { Sent } from '../../server/gateway/send.ts';
import * as s from './scripted-pesapal.ts';

const REFUND: RefundRequest = {
  receiptNumber: '6513008693186320103009',
  amount: s.REQUEST.amount,
  callbackToken: s.CALLBACK_TOKEN,
  by: 'Asha',
};
const ACCEPTED = { answer: 'accepted', conversationId: null };
const RECEIVED = { status: '200', message: 'Refund request successfully' };
const CANCELLED = { status: '200', message: 'Order successfully cancelled.' };
const NOT_CANCELLED = { status: '500', message: 'Invalid order request. Transaction cannot be cancelled' };
const NEVER = { after: 'no' };
const WAIT = { after: 'wait', seconds: 60 };

async function openRefunds(t: TestContext) {
  const world = await s.openWorld(t);
  const { refunds, cancel } = world.pesapal;
  assert.ok(refunds && cancel);
  assert.equal(refunds.readCallback, null);
  return {
    ...world,
    send: (change: Partial<RefundRequest> = {}) => refunds.send({ ...REFUND, ...change }),
    cancel: () => cancel(s.IDS),
  };
}

test('a refund names the payment by its confirmation code, all its digits, and who asked', async t => {
  const { send, say, calls } = await openRefunds(t);
  say(s.REFUND, s.json(200, RECEIVED));
  assert.deepEqual(await send(), ACCEPTED);
  const [heard] = calls(s.REFUND);
  assert.equal(heard?.method, 'POST');
  assert.equal(heard?.headers.authorization, 'Bearer first-token');
  assert.deepEqual(JSON.parse(heard?.body ?? ''), {
    confirmation_code: '6513008693186320103009',
    amount: '20000.00',
    username: 'Asha',
    remarks: 'Ticket refund',
  });
});

for (const [cents, amount] of [
  [2_000_000, '20000.00'],
  [100_005, '1000.05'],
  [29, '0.29'],
  [99_999_999_999_999, '999999999999.99'],
] as const)
  test(`a refund of ${cents} cents asks for ${amount}`, async t => {
    const { send, say, calls } = await openRefunds(t);
    say(s.REFUND, s.json(200, RECEIVED));
    await send({ amount: { amount: cents, currency: 'TZS' } });
    assert.equal(JSON.parse(calls(s.REFUND)[0]?.body ?? '').amount, amount);
  });

for (const [what, change, code] of [
  ['nothing', { amount: { amount: 0, currency: 'TZS' } }, 'unsent:amount'],
  ['less than nothing', { amount: { amount: -100, currency: 'TZS' } }, 'unsent:amount'],
  ['another currency', { amount: { amount: 2_000_000, currency: 'KES' } }, 'unsent:amount'],
  ['no confirmation code', { receiptNumber: '' }, 'unsent:receipt'],
  ['a confirmation code that is none', { receiptNumber: ' A1' }, 'unsent:receipt'],
] as const)
  test(`a refund of ${what} is refused and never sent`, async t => {
    const { send, calls } = await openRefunds(t);
    assert.deepEqual(await send(change), { answer: 'refused', code, retry: NEVER });
    assert.equal(calls('/').length, 0);
  });

test('a refund that was received before is the one whose answer was lost: accepted', async t => {
  const { send, say } = await openRefunds(t);
  say(s.REFUND, s.reset, s.json(200, { status: '500', message: 'Refund request has been received already' }));
  assert.equal((await send()).answer, 'unknown');
  assert.deepEqual(await send(), ACCEPTED);
});

const NO_ROUTE = s.json(404, { message: 'No HTTP resource was found that matches the request URI' });
const refused: [what: string, answer: s.Answer, code: string, retry: object][] = [
  [
    'an amount that is too much',
    s.json(200, { status: '500', message: 'Invalid amount provided. Please check your transaction details' }),
    'invalid_amount',
    NEVER,
  ],
  [
    'missing fields',
    s.error('invalid_api_request_parameters', 'Invalid API request.'),
    'invalid_api_request_parameters',
    NEVER,
  ],
  ['a token that is never taken', s.badBearer(500), 'invalid_api_credentials_provided', WAIT],
  ['a bare 401', s.text(401, ''), 'HTTP 401', WAIT],
];
for (const [what, answer, code, retry] of refused)
  test(`a refund answered with ${what} is refused: nothing will happen`, async t => {
    const { send, say } = await openRefunds(t);
    say(s.REFUND, answer);
    assert.deepEqual(await send(), { answer: 'refused', code, retry });
  });

const unknown: [what: string, answer: s.Answer, why: string][] = [
  ['words that nobody knows', s.json(200, { status: '500', message: 'Try later' }), 'HTTP 200'],
  ['a code that nobody knows', s.error('new_code', '', 500), 'HTTP 500 new_code'],
  ['200 and an error', s.json(200, { ...RECEIVED, error: { code: 'new_code' } }), 'HTTP 200 new_code'],
  ['words without a status', s.json(200, { message: 'Refund request successfully' }), 'HTTP 200'],
  ['a page under 500', s.text(500, '<html>'), 'HTTP 500'],
  ['a page under 200', s.text(200, '<html>'), 'HTTP 200'],
  ['a route that is none', NO_ROUTE, 'HTTP 404'],
  ['nothing', s.text(200, ''), 'HTTP 200'],
  ['429', s.text(429, ''), 'HTTP 429'],
  ['an endless answer', s.text(200, 'x'.repeat(70_000)), 'too_large'],
];
for (const [what, answer, why] of unknown) {
  test(`a refund answered with ${what} is unknown, and sent only once`, async t => {
    const { send, say, calls } = await openRefunds(t);
    say(s.REFUND, answer);
    assert.deepEqual(await send(), { answer: 'unknown', why });
    assert.equal(calls(s.REFUND).length, 1);
  });

  test(`a cancellation answered with ${what} is unknown`, async t => {
    const { cancel, say } = await openRefunds(t);
    say(s.CANCEL, answer);
    assert.deepEqual(await cancel(), { answer: 'unknown', why });
  });
}

test('a refund or cancellation that is not answered in time is unknown, one that never left refused', async t => {
  const { send, cancel, say, asked, clock } = await openRefunds(t);
  say(s.TOKEN, s.text(503, ''), s.text(503, ''), s.grant('third'));
  say(s.REFUND, s.hang);
  say(s.CANCEL, s.hang);
  assert.deepEqual(await send(), { answer: 'refused', code: 'token:HTTP 503', retry: WAIT });
  assert.deepEqual(await cancel(), { answer: 'refused', why: 'token:HTTP 503' });
  const both = Promise.all([send(), cancel()]);
  await Promise.all([asked(s.REFUND), asked(s.CANCEL)]);
  clock.move(20_000);
  const timeout = { answer: 'unknown', why: 'timeout' };
  assert.deepEqual(await both, [timeout, timeout]);
});

test('a refund is done when its payment says reversed, and not before', async t => {
  const { send, pesapal, say } = await openRefunds(t);
  say(s.REFUND, s.json(200, RECEIVED));
  say(s.STATUS, s.json(200, s.COMPLETED), s.json(200, { ...s.COMPLETED, status_code: 3 }));
  await send();
  assert.equal((await pesapal.ask(s.IDS)).outcome, 'paid');
  assert.deepEqual(await pesapal.ask(s.IDS), { outcome: 'reversed', receiptNumber: '25478901234567' });
});

test('an order is cancelled by its tracking id', async t => {
  const { cancel, say, calls } = await openRefunds(t);
  say(s.CANCEL, s.json(200, CANCELLED));
  assert.deepEqual(await cancel(), { answer: 'cancelled' });
  assert.deepEqual(JSON.parse(calls(s.CANCEL)[0]?.body ?? ''), { order_tracking_id: s.IDS.trackingId });
});

for (const [what, answer, why] of [
  ['paid before', s.json(200, NOT_CANCELLED), 'cannot be cancelled'],
  ['paid before, under HTTP 500', s.json(500, NOT_CANCELLED), 'cannot be cancelled'],
  ['asked for wrongly', s.error('invalid_api_request_parameters'), 'invalid_api_request_parameters'],
  ['asked for with a token that is never taken', s.badBearer(401), 'invalid_api_credentials_provided'],
] as const)
  test(`an order that was ${what} is not cancelled, and may still be paid`, async t => {
    const { cancel, say } = await openRefunds(t);
    say(s.CANCEL, answer);
    assert.deepEqual(await cancel(), { answer: 'refused', why });
  });

test('a refund and a cancellation whose token ran out are asked for once more with a new one', async t => {
  const { send, cancel, say, calls } = await openRefunds(t);
  say(s.TOKEN, s.grant('one'), s.grant('two'), s.grant('three'));
  say(s.REFUND, s.badBearer(200), s.json(200, RECEIVED));
  say(s.CANCEL, s.badBearer(500), s.json(200, CANCELLED));
  assert.deepEqual(await send(), ACCEPTED);
  assert.deepEqual(await cancel(), { answer: 'cancelled' });
  assert.equal(calls(s.TOKEN).length, 3);
});

test('whatever comes back, only Pesapal’s 200 without an error is success, and no secret is told', async () => {
  const body = fc.record(
    {
      status: fc.oneof(fc.constantFrom('200', 200, '500', null), fc.jsonValue()),
      message: fc.oneof(fc.constantFrom(RECEIVED.message, NOT_CANCELLED.message, 'for 255712345678'), fc.jsonValue()),
      error: fc.oneof(fc.record({ code: fc.constantFrom('new_code', '255712345678', null) }), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  const sent = fc.record({
    result: fc.constant('answered'),
    status: fc.integer({ min: 200, max: 599 }),
    headers: fc.constant({}),
    body: fc.oneof(
      fc.string(),
      fc.json(),
      body.map(one => JSON.stringify(one)),
    ),
  }) as fc.Arbitrary<Extract<Sent, { result: 'answered' }>>;
  await fc.assert(
    fc.asyncProperty(sent, async one => {
      const { refunds, cancel } = s.pesapalOver(async () => one);
      const answers = [await refunds?.send(REFUND), await cancel?.(s.IDS)];
      assert.doesNotMatch(JSON.stringify(answers), s.SECRETS);
      if (!answers.some(it => it?.answer === 'accepted' || it?.answer === 'cancelled')) return;
      const { status, error } = JSON.parse(one.body);
      assert.equal(String(status).trim(), '200');
      assert.ok(typeof error?.code !== 'string' || error.code.trim() === '');
    }),
    { numRuns: 2_000 },
  );
});
