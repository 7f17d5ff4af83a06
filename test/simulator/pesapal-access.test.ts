import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gist, KEYS, simulatePesapal } from './pesapal-world.ts';
import { proper } from './simulated.ts';

const LIST = 'URLSetup/GetIpnList';
const INVALID_TOKEN =
  '{"error":{"error_type":"authentication_error","code":"invalid_api_credentials_provided","message":"Invalid Access Token"},"status":"500"}';

test('a token looks as recorded, lives five minutes, and others live beside it', async t => {
  const { requestToken, call, advance } = await simulatePesapal(t);
  const { status, body } = proper(await requestToken());
  const { token, ...rest } = body;
  assert.equal(status, 200);
  assert.match(String(token), /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}$/);
  assert.deepEqual(rest, {
    expiryDate: '2026-11-22T10:39:00.0000000Z',
    error: null,
    status: '200',
    message: 'Request processed successfully',
  });
  const claims = JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString());
  assert.equal(claims.exp - claims.nbf, 300);
  await advance(200_000);
  const second = String(proper(await requestToken()).body.token);
  assert.equal(gist(await call('GET', LIST, undefined, String(token))), '200 ok');
  await advance(100_000);
  assert.equal(gist(await call('GET', LIST, undefined, String(token))), '500 invalid_api_credentials_provided');
  assert.equal(gist(await call('GET', LIST, undefined, second)), '200 ok');
});

test('a token can live an hour, as in the sandbox', async t => {
  const { requestToken, call, advance } = await simulatePesapal(t, { pesapalTokenSeconds: 3600 });
  const { body } = proper(await requestToken());
  assert.equal(body.expiryDate, '2026-11-22T11:34:00.0000000Z');
  await advance(3_599_000);
  assert.equal(gist(await call('GET', LIST, undefined, String(body.token))), '200 ok');
  await advance(1_000);
  assert.equal(gist(await call('GET', LIST, undefined, String(body.token))), '500 invalid_api_credentials_provided');
});

test('a wrong pair gets no token, under HTTP 200', async t => {
  const { requestToken } = await simulatePesapal(t);
  for (const change of [{ consumer_key: 'other' }, { consumer_secret: ` ${KEYS.consumer_secret}` }]) {
    const { status, text } = proper(await requestToken(change));
    assert.equal(status, 200);
    assert.equal(
      text,
      '{"error":{"error_type":"api_error","code":"invalid_consumer_key_or_secret_provided","message":""},"status":"500"}',
    );
  }
});

test('key and secret are the account’s own', async t => {
  const settings = { pesapalConsumerKey: 'mine', pesapalConsumerSecret: 'hush' };
  const { requestToken } = await simulatePesapal(t, settings);
  assert.equal(gist(await requestToken()), '200 invalid_consumer_key_or_secret_provided');
  const own = proper(await requestToken({ consumer_key: 'mine', consumer_secret: 'hush' }));
  assert.equal(own.body.status, '200');
});

test('a bad bearer is refused in the same words under HTTP 200, 401 or 500', async t => {
  const { call, control } = await simulatePesapal(t);
  for (const status of [200, 401, 500]) {
    await control('PATCH', '/settings', { pesapalBadTokenStatus: status });
    const said = proper(await call('GET', LIST, undefined, 'nonsense'));
    assert.equal(said.status, status);
    assert.equal(said.text, status === 401 ? INVALID_TOKEN.replace('"500"', 'null') : INVALID_TOKEN);
  }
});

test('an unknown route and a wrong verb are answered in JSON, with a message', async t => {
  const { call, url, ready } = await simulatePesapal(t);
  await ready();
  const unknown = proper(await call('POST', 'api/Auth/RequestToken', KEYS));
  assert.equal(unknown.status, 404);
  assert.deepEqual(unknown.body, {
    message: `No HTTP resource was found that matches the request URI '${url}/pesapalv3/api/api/Auth/RequestToken'.`,
  });
  const wrong = proper(await call('POST', LIST, {}));
  assert.equal(wrong.status, 405);
  assert.deepEqual(wrong.body, { message: "The requested resource does not support http method 'POST'." });
});

test('a body that is no object is an invalid request', async t => {
  const { call, ready } = await simulatePesapal(t);
  await ready();
  for (const body of ['', 'id=1', '7'])
    assert.equal(
      gist(await call('POST', 'Transactions/SubmitOrderRequest', body)),
      '200 invalid_api_request_parameters',
    );
});

test('after a reset Pesapal remembers nothing either', async t => {
  const { ready, order, control, call, simulator } = await simulatePesapal(t);
  await ready();
  await order();
  await control('POST', '/faults', { fault: 'pesapal-dollars' });
  await control('POST', '/reset');
  assert.equal(gist(await call('GET', LIST)), '500 invalid_api_credentials_provided');
  assert.deepEqual(simulator.pesapal.orders(), []);
  assert.deepEqual((await control('GET', '/faults')).body.armed, []);
});
