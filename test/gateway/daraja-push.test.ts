import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Collected } from '../../server/gateway/gateway.ts';
import type { Sent } from '../../server/gateway/send.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import * as s from './scripted-daraja.ts';

const NO = 'no';

test('a PayBill push carries every field as the portal spells and types it', async t => {
  const { daraja, say, calls } = await s.openWorld(t);
  say(s.PUSH, s.json(200, s.ACCEPTED));
  assert.deepEqual(await daraja.collect(s.REQUEST), { answer: 'accepted', ids: s.IDS, redirectUrl: null });
  const [push] = calls(s.PUSH);
  assert.equal(push?.method, 'POST');
  assert.equal(push?.headers.authorization, 'Bearer first-token');
  assert.equal(push?.headers['content-type'], 'application/json');
  assert.deepEqual(JSON.parse(push?.body ?? ''), {
    BusinessShortCode: 174379,
    // The portal's own sample of a password: short code 174379 on 28 June 2021 at 09:24:08 in Nairobi.
    Password:
      'MTc0Mzc5YmZiMjc5ZjlhYTliZGJjZjE1OGU5N2RkNzFhNDY3Y2QyZTBjODkzMDU5YjEwZjc4ZTZiNzJhZGExZWQyYzkxOTIwMjEwNjI4MDkyNDA4',
    Timestamp: '20210628092408',
    TransactionType: 'CustomerPayBillOnline',
    Amount: 1350,
    PartyA: '254712345678',
    PartyB: '174379',
    PhoneNumber: '254712345678',
    CallBackURL: `https://tickets.example/callbacks/daraja/${s.TOKEN}`,
    AccountReference: 'TK7M2P9QR',
    TransactionDesc: 'Tickets',
  });
});

test('a Buy Goods push is paid to the till, in the name of the store', async t => {
  const { daraja, say, calls } = await s.openWorld(t, { tillNumber: '5678901' });
  say(s.PUSH, s.json(200, s.ACCEPTED));
  await daraja.collect(s.REQUEST);
  const push = JSON.parse(calls(s.PUSH)[0]?.body ?? '');
  assert.equal(push.TransactionType, 'CustomerBuyGoodsOnline');
  assert.equal(push.PartyB, '5678901');
  assert.equal(push.BusinessShortCode, 174379);
});

for (const [what, body] of [
  ['as a number', { ...s.ACCEPTED, ResponseCode: 0 }],
  ['with blanks and further keys', { ...s.ACCEPTED, ResponseCode: ' 0 ', more: {} }],
] as const)
  test(`a push whose ResponseCode comes ${what} is accepted`, async t => {
    const { daraja, say } = await s.openWorld(t);
    say(s.PUSH, s.json(200, body));
    assert.deepEqual(await daraja.collect(s.REQUEST), { answer: 'accepted', ids: s.IDS, redirectUrl: null });
  });

const refusals: [status: number, code: string, message: string, reason: ReasonCode, wait: number | 'no'][] = [
  [400, '400.002.02', 'Bad Request - Invalid PhoneNumber', 'invalid_phone', NO],
  [400, '400.002.02', 'Bad Request - Invalid PartyA', 'invalid_phone', NO],
  [400, '400.002.02', 'Bad Request - Invalid Amount', 'amount_not_allowed', NO],
  [400, '400.002.02', 'Bad Request - Invalid PartyB', 'refused', NO],
  [400, '400.002.02', 'Bad Request - Invalid BusinessShortCode', 'refused', NO],
  [400, '400.002.02', 'Bad Request - Invalid Timestamp', 'refused', NO],
  [400, '400.002.02', 'Bad Request - Invalid CallBackURL', 'refused', NO],
  [400, '400.002.02', 'Bad Request - Invalid TransactionType', 'refused', NO],
  [400, '400.002.05', 'Invalid Request Payload', 'refused', NO],
  [400, '400.003.02', 'Bad Request', 'refused', NO],
  [404, '404.001.01', 'Resource not found', 'refused', NO],
  [404, '404.003.01', 'Resource not found', 'refused', NO],
  [404, '404.002.01', 'Resource not found', 'refused', NO],
  [404, '404.001.04', 'Invalid Authentication Header', 'refused', NO],
  [405, '405.001', 'GET Method Not Allowed', 'refused', NO],
  [500, '500.001.1001', 'Merchant does not exist', 'refused', NO],
  [500, '500.001.1001', 'Wrong credentials', 'refused', NO],
  [500, '500.001.1001', '[MerchantValidate] - Wrong credentials', 'refused', NO],
  [
    500,
    '500.001.1001',
    'Unable to lock subscriber, a transaction is already in process for the current subscriber',
    'phone_busy',
    60,
  ],
  [200, '500.001.1001', 'Unable to lock subscriber, a transaction is already in process', 'phone_busy', 60],
  [500, '500.003.02', 'Error Occurred: Spike Arrest Violation', 'gateway_unavailable', 60],
  [500, '500.003.03', 'Quota Violation', 'gateway_unavailable', 60],
  [500, '', 'Invalid API call as no apiproduct match found', 'refused', NO],
];
for (const [status, code, message, reason, wait] of refusals)
  test(`HTTP ${status} ${code} "${message}" is a refusal: ${reason}`, async t => {
    const { daraja, say, calls } = await s.openWorld(t);
    say(s.PUSH, s.error(status, code, message));
    const retry = wait === NO ? { after: 'no' } : { after: 'wait', seconds: wait };
    assert.deepEqual(await daraja.collect(s.REQUEST), { answer: 'refused', reason, code: code || 'fault', retry });
    assert.equal(calls(s.PUSH).length, 1, 'a refusal is never pushed again');
  });

test('the rate limit of the gateway in front is a refusal that may be tried again in a minute', async t => {
  const { daraja, say } = await s.openWorld(t);
  say(s.PUSH, s.spikeArrest());
  assert.deepEqual(await daraja.collect(s.REQUEST), {
    answer: 'refused',
    reason: 'gateway_unavailable',
    code: 'policies.ratelimit.SpikeArrestViolation',
    retry: { after: 'wait', seconds: 60 },
  });
});

for (const [header, seconds] of [
  ['90', 90],
  ['5', 60],
  ['999999', 3_600],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 60],
] as const)
  test(`asked to wait "${header}", the customer waits ${seconds} s`, async t => {
    const { daraja, say } = await s.openWorld(t);
    say(s.PUSH, s.spikeArrest({ 'retry-after': header }));
    const collected = await daraja.collect(s.REQUEST);
    assert.deepEqual(collected.answer === 'refused' && collected.retry, { after: 'wait', seconds });
  });

test('an app without the product is refused in the gateway’s own shape too', async t => {
  const { daraja, say } = await s.openWorld(t);
  const errorcode = 'keymanagement.service.InvalidAPICallAsNoApiProductMatchFound';
  const faultstring = 'Invalid API call as no apiproduct match found';
  say(s.PUSH, s.json(401, { fault: { faultstring, detail: { errorcode } } }));
  const collected = await daraja.collect(s.REQUEST);
  assert.equal(collected.answer === 'refused' && collected.reason, 'refused');
  assert.equal(collected.answer === 'refused' && collected.code.length, 40);
});

const unknowns: [what: string, answer: s.Answer, why: string][] = [
  ['busy', s.error(500, '500.003.02', 'System is busy. Please try again in few minutes.'), 'HTTP 500 500.003.02'],
  ['an internal error', s.error(500, '500.001.1001', 'Internal Server Error'), 'HTTP 500 500.001.1001'],
  ['already processing', s.error(500, '500.001.1001', 'The transaction is being processed'), 'HTTP 500 500.001.1001'],
  ['another internal error', s.error(500, '500.003.1001', 'Internal Server Error'), 'HTTP 500 500.003.1001'],
  [
    'under maintenance',
    s.error(500, '500.002.1001', 'Service is currently under maintenance'),
    'HTTP 500 500.002.1001',
  ],
  ['something unlisted', s.error(503, '503.001.01', 'Out of order'), 'HTTP 503 503.001.01'],
  ['an unlisted 400', s.error(400, '400.009.09', 'New in the next version'), 'HTTP 400 400.009.09'],
  ['a firewall’s 503', s.text(503, s.incapsula), 'HTTP 503'],
  ['a firewall’s 403', s.text(403, s.incapsula), 'HTTP 403'],
  ['a redirect', s.text(302, ''), 'HTTP 302'],
  ['429 with a page', s.text(429, '<h1>Too many</h1>'), 'HTTP 429'],
  ['500 with nothing', s.text(500, ''), 'HTTP 500'],
  ['502 with a page', s.text(502, '<h1>Bad gateway</h1>'), 'HTTP 502'],
  ['200 with nothing', s.text(200, ''), 'HTTP 200'],
  ['200 with a page', s.text(200, '<html>'), 'HTTP 200'],
  ['200 with half an answer', s.text(200, '{"ResponseCode":"0"'), 'HTTP 200'],
  ['200 with an array', s.json(200, [s.ACCEPTED]), 'HTTP 200'],
  ['200 with null', s.json(200, null), 'HTTP 200'],
  ['another ResponseCode', s.json(200, { ...s.ACCEPTED, ResponseCode: '1' }), 'HTTP 200'],
  ['no CheckoutRequestID', s.json(200, { ...s.ACCEPTED, CheckoutRequestID: undefined }), 'HTTP 200'],
  ['an empty CheckoutRequestID', s.json(200, { ...s.ACCEPTED, CheckoutRequestID: ' ' }), 'HTTP 200'],
  ['no MerchantRequestID', s.json(200, { ...s.ACCEPTED, MerchantRequestID: null }), 'HTTP 200'],
  ['acceptance under another status', s.json(201, s.ACCEPTED), 'HTTP 201'],
  [
    'a fault of the services behind',
    s.json(500, { Envelope: { Body: { Fault: { faultstring: 'Execution of ServiceCallout SC failed' } } } }),
    'HTTP 500',
  ],
];
for (const [what, answer, why] of unknowns)
  test(`a push answered with ${what} is unknown, and is not pushed again`, async t => {
    const { daraja, say, calls } = await s.openWorld(t);
    say(s.PUSH, answer);
    assert.deepEqual(await daraja.collect(s.REQUEST), { answer: 'unknown', why });
    assert.equal(calls(s.PUSH).length, 1);
  });

for (const [what, answer] of [
  ['reset before the answer', s.reset],
  ['cut off in the middle of it', s.resetAfterHeaders],
  ['answered without end', s.text(200, 'x'.repeat(70_000))],
] as const)
  test(`a push ${what} is unknown, and is not pushed again`, async t => {
    const { daraja, say, calls } = await s.openWorld(t);
    say(s.PUSH, answer);
    assert.equal((await daraja.collect(s.REQUEST)).answer, 'unknown');
    assert.equal(calls(s.PUSH).length, 1);
  });

test('a push that is not answered in time is unknown', async t => {
  const { daraja, say, asked, clock } = await s.openWorld(t);
  say(s.PUSH, s.hang);
  const collecting = daraja.collect(s.REQUEST);
  await asked(s.PUSH);
  clock.move(20_000);
  assert.deepEqual(await collecting, { answer: 'unknown', why: 'timeout' });
});

test('a push that never left is a refusal', async () => {
  const granted: Sent = { result: 'answered', status: 200, headers: {}, body: '{"access_token":"t"}' };
  const daraja = s.darajaOver(async ({ method }) =>
    method === 'GET' ? granted : { result: 'not_sent', why: 'ECONNREFUSED' },
  );
  assert.deepEqual(await daraja.collect(s.REQUEST), {
    answer: 'refused',
    reason: 'gateway_unavailable',
    code: 'not_sent:ECONNREFUSED',
    retry: { after: 'wait', seconds: 60 },
  });
});

for (const [what, change, reason] of [
  ['cents', { amount: { amount: 135_050, currency: 'KES' } }, 'amount_not_allowed'],
  ['nothing to pay', { amount: { amount: 0, currency: 'KES' } }, 'amount_not_allowed'],
  ['more than KES 250,000', { amount: { amount: 25_000_100, currency: 'KES' } }, 'amount_not_allowed'],
  ['another currency', { amount: { amount: 135_000, currency: 'TZS' } }, 'amount_not_allowed'],
  ['a number in Tanzania', { phone: '255712345678' }, 'invalid_phone'],
  ['a reference of 13 letters', { accountReference: 'ABCDEFGHIJKLM' }, 'refused'],
  ['a reference with a dash', { accountReference: 'TK-1' }, 'refused'],
] as const)
  test(`a push with ${what} is refused without a word to the gateway`, async () => {
    const daraja = s.darajaOver(() => assert.fail('nothing may be sent'));
    const collected = await daraja.collect({ ...s.REQUEST, ...change });
    assert.equal(collected.answer === 'refused' && collected.reason, reason);
  });

test('the largest payment goes through', async t => {
  const { daraja, say } = await s.openWorld(t);
  say(s.PUSH, s.json(200, s.ACCEPTED));
  const amount = { amount: 25_000_000, currency: 'KES' } as const;
  assert.equal((await daraja.collect({ ...s.REQUEST, amount })).answer, 'accepted');
});

test('whatever comes back, a push is accepted, refused or unknown, and says nothing that is secret', async () => {
  const envelope = fc.record(
    {
      ResponseCode: fc.oneof(fc.constantFrom('0', 0, '1', null), fc.jsonValue()),
      CheckoutRequestID: fc.oneof(fc.constant(s.IDS.trackingId), fc.jsonValue()),
      MerchantRequestID: fc.oneof(fc.constant(s.IDS.requestId), fc.jsonValue()),
      errorCode: fc.oneof(fc.constantFrom('500.001.1001', '404.001.03', '254712345678'), fc.jsonValue()),
      errorMessage: fc.oneof(fc.constantFrom('Wrong credentials', 'for 254712345678'), fc.jsonValue()),
      fault: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    envelope.map(one => JSON.stringify(one)),
  );
  const sent = fc.oneof(
    fc.record({
      result: fc.constant('answered'),
      status: fc.integer({ min: 200, max: 599 }),
      headers: fc.constant({}),
      body,
    }),
    fc.record({ result: fc.constantFrom('not_sent', 'unanswered'), why: fc.constant('ECONNRESET') }),
  ) as fc.Arbitrary<Sent>;
  await fc.assert(
    fc.asyncProperty(sent, sent, async (first, second) => {
      const answers = [first, second];
      const daraja = s.darajaOver(async ({ method }) => {
        const granted: Sent = { result: 'answered', status: 200, headers: {}, body: '{"access_token":"sesame"}' };
        return method === 'GET' ? granted : (answers.shift() ?? assert.fail('pushed a third time'));
      });
      const collected: Collected = await daraja.collect(s.REQUEST);
      assert.ok(['accepted', 'refused', 'unknown'].includes(collected.answer));
      if (collected.answer !== 'unknown') return;
      assert.doesNotMatch(collected.why, /712345678|sesame|bfb279f9|consumer|c0ffee/);
    }),
  );
});
