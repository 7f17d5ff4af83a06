import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE, proper, simulate } from './simulated.ts';

test('a query says "being processed" as a 500 while the prompt is open, then the result as a string', async t => {
  const { renewToken, push, query, control } = await simulate(t);
  await renewToken();
  const { CheckoutRequestID, MerchantRequestID } = proper(await push()).body;
  const pending = proper(await query(String(CheckoutRequestID)));
  assert.equal(pending.status, 500);
  assert.equal(pending.body.errorCode, '500.001.1001');
  assert.equal(pending.body.errorMessage, 'The transaction is being processed');
  await control('POST', `/phones/${PHONE}/pin`, { pin: '1234' });
  const done = proper(await query(String(CheckoutRequestID)));
  assert.equal(done.status, 200);
  assert.equal(
    done.text,
    `{"ResponseCode":"0","ResponseDescription":"The service request has been accepted successfully","MerchantRequestID":"${MerchantRequestID}","CheckoutRequestID":"${CheckoutRequestID}","ResultCode":"0","ResultDesc":"The service request is processed successfully."}`,
  );
});

test('an unknown id is 400', async t => {
  const { renewToken, query } = await simulate(t);
  await renewToken();
  const { status, body } = proper(await query('ws_CO_22112026133400000712345678'));
  assert.deepEqual(
    [status, body.errorCode, body.errorMessage],
    [400, '400.002.02', 'Bad Request - Invalid CheckoutRequestID'],
  );
});

test('with a rate, queries that come too close get Apigee’s 429', async t => {
  const { renewToken, query, advance } = await simulate(t, { queriesPerMinute: 5 });
  await renewToken();
  assert.equal(proper(await query('x')).status, 400);
  const limited = proper(await query('x'));
  assert.equal(limited.status, 429);
  assert.equal(
    limited.text,
    '{"fault":{"faultstring":"Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=5, periodInMicroseconds=60000000, maxBurstMessageCount=1.0}","detail":{"errorcode":"policies.ratelimit.SpikeArrestViolation"}}}',
  );
  await advance(12_000);
  assert.equal(proper(await query('x')).status, 400);
});
