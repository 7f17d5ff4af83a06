import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gist, simulatePesapal } from './pesapal-world.ts';
import { proper } from './simulated.ts';

test('a registration looks as recorded, misspelling included, and each one is new', async t => {
  const { renewToken, registerUrl, merchant } = await simulatePesapal(t);
  await renewToken();
  const first = proper(await registerUrl()).body;
  const { ipn_id, ...rest } = first;
  assert.match(String(ipn_id), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-d9a2[0-9a-f]{8}$/);
  assert.deepEqual(rest, {
    id: 1,
    url: merchant.url,
    created_date: '2026-11-22T10:34:00.0000000Z',
    notification_type: 1,
    ipn_notification_type_description: 'POST',
    ipn_status: 1,
    ipn_status_decription: 'Active',
    error: null,
    status: '200',
  });
  const again = proper(await registerUrl({ ipn_notification_type: 'GET' })).body;
  assert.notEqual(again.ipn_id, ipn_id);
  assert.deepEqual([again.notification_type, again.ipn_notification_type_description], [0, 'GET']);
});

test('only what is no URL at all is refused; whether anybody is there is not looked at', async t => {
  const { renewToken, registerUrl } = await simulatePesapal(t);
  await renewToken();
  for (const url of ['ehjddsfds', 'https.examples.com', undefined, 7]) {
    const { status, text } = proper(await registerUrl({ url }));
    assert.equal(status, 200);
    assert.equal(
      text,
      '{"error":{"error_type":"api_error","code":"invalid_url","message":"The specified url provided is invalid"},"status":"500"}',
    );
  }
  assert.equal(gist(await registerUrl({ url: 'http://localhost:8000' })), '200 ok');
  assert.equal(gist(await registerUrl({ ipn_notification_type: 'PUT' })), '200 invalid_api_request_parameters');
});

test('the list is a bare list, and can be empty for no reason', async t => {
  const { renewToken, registerUrl, call, control } = await simulatePesapal(t);
  await renewToken();
  const registered = [proper(await registerUrl()).body, proper(await registerUrl()).body];
  assert.deepEqual(proper(await call('GET', 'URLSetup/GetIpnList')).body, registered);
  await control('PATCH', '/settings', { ipnListEmpty: true });
  assert.equal(proper(await call('GET', 'URLSetup/GetIpnList')).text, '[]');
});
