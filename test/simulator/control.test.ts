import assert from 'node:assert/strict';
import { get } from 'node:http';
import { test } from 'node:test';
import { PHONE, proper, simulate } from './simulated.ts';

test('phones are made, changed and removed', async t => {
  const { control } = await simulate(t);
  const made = await control('POST', '/phones', { number: '+254 712 345 678', balance: 700 });
  assert.equal(made.status, 201);
  assert.deepEqual(made.body, {
    number: PHONE,
    pin: '1234',
    balance: 700,
    currency: 'KES',
    on: true,
    wrongPins: 0,
    locked: false,
    fault: null,
    prompt: null,
    messages: [],
  });
  assert.equal((await control('POST', '/phones', { number: '0712345678' })).status, 200);
  const changed = await control('PATCH', '/phones/0712345678', { balance: 5, on: false, pin: '9999' });
  assert.deepEqual([changed.body.balance, changed.body.on, changed.body.pin], [5, false, '9999']);
  assert.equal((await control('DELETE', `/phones/${PHONE}`)).status, 204);
  assert.equal((await control('GET', `/phones/${PHONE}`)).status, 404);
});

test('what makes no sense is 422 with a sentence', async t => {
  const { control } = await simulate(t);
  for (const body of [{}, { number: '12' }, { number: PHONE, balance: -1 }, { number: PHONE, colour: 'red' }]) {
    const { status, body: said } = await control('POST', '/phones', body);
    assert.equal(status, 422);
    assert.equal(typeof said.error, 'string');
  }
  assert.equal((await control('POST', '/faults', { fault: 'earthquake' })).status, 422);
  assert.equal((await control('PATCH', '/settings', { passkey: 'x' })).status, 422);
});

test('an armed fault waits for its phone, works as often as it says, and can be taken back', async t => {
  const { control, renewToken, push } = await simulate(t);
  await renewToken();
  await control('POST', '/faults', { fault: 'refused-quota', phone: '0722000000', times: 1 });
  await control('POST', '/faults', { fault: 'refused-spike', times: 2 });
  assert.deepEqual((await control('GET', '/faults')).body.armed, [
    { fault: 'refused-quota', phone: '254722000000', times: 1 },
    { fault: 'refused-spike', phone: null, times: 2 },
  ]);
  assert.match(proper(await push()).text, /Spike Arrest/);
  assert.match(proper(await push({ PhoneNumber: '254722000000' })).text, /Quota/);
  assert.match(proper(await push()).text, /Spike Arrest/);
  assert.equal(proper(await push()).status, 200);
  await control('POST', '/faults', { fault: 'refused-spike' });
  await control('DELETE', '/faults');
  assert.equal(proper(await push({ PhoneNumber: '254722000000' })).status, 200);
});

test('settings change while it runs, and keep to themselves what is secret', async t => {
  const { control, renewToken, push, simulator } = await simulate(t);
  const { body } = await control('PATCH', '/settings', { promptSeconds: 5, merchant: 'Savoy' });
  assert.equal(body.promptSeconds, 5);
  assert.equal(body.callbackDelayMs, 1_500);
  assert.ok(!('passkey' in body) && !('consumerSecret' in body));
  await renewToken();
  await push();
  const { prompt } = simulator.phones.findOrAdd(PHONE);
  assert.deepEqual([prompt?.merchant, prompt?.expiresAt.toISOString()], ['Savoy', '2026-11-22T10:34:05.000Z']);
});

test('after a reset nothing from before happens', async t => {
  const { control, renewToken, push, advance, received } = await simulate(t);
  await renewToken();
  await push({ PhoneNumber: '254700000001' });
  await control('PATCH', '/settings', { promptSeconds: 5 });
  assert.equal((await control('POST', '/reset')).status, 204);
  await advance(600_000);
  assert.deepEqual(received, []);
  const { body } = await control('GET', '/state');
  assert.deepEqual([body.phones, body.debits, body.armed, body.requests], [[], [], [], {}]);
  assert.equal((await control('GET', '/settings')).body.promptSeconds, 60);
});

test('the requests of each kind are counted', async t => {
  const { control, renewToken, push } = await simulate(t);
  await renewToken();
  await push();
  await push();
  assert.deepEqual((await control('GET', '/state')).body.requests, {
    '/oauth/v1/generate': 1,
    '/mpesa/stkpush/v1/processrequest': 2,
  });
});

test('a page of another site can neither press buttons nor read', async t => {
  const { control, url, port } = await simulate(t);
  const foreign = await control('POST', '/reset', undefined, { origin: 'https://evil.example' });
  assert.equal(foreign.status, 403);
  assert.equal((await control('POST', '/reset', undefined, { origin: url })).status, 204);
  const status = await new Promise(done =>
    get({ port, host: '127.0.0.1', path: '/simulator/state', headers: { host: 'evil.example' } }, answer =>
      done(answer.resume().statusCode),
    ),
  );
  assert.equal(status, 403);
});

test('whoever listens gets the whole state, at once and after every change', async t => {
  const { control, url, advance } = await simulate(t);
  const stream = await fetch(`${url}/simulator/events`);
  assert.equal(stream.headers.get('content-type'), 'text/event-stream');
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => JSON.parse(String((await reader?.read())?.value).replace(/^data: /, ''));
  assert.deepEqual((await next()).phones, []);
  await control('POST', '/phones', { number: PHONE });
  await control('POST', '/phones', { number: '0722000000' });
  await advance(50);
  assert.equal((await next()).phones.length, 2);
  await reader?.cancel();
});
