import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbackPath } from '../support/callbacks.ts';
import { PHONE } from '../support/customer.ts';
import { openOffice } from '../support/office.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const CALLBACK_MS = 2_000;
/** Whose pages may stand in a frame on ours: our own, the hosted page of Pesapal, a gateway on this machine. */
const FRAMED = /^('none'|'self'|https:\/\/(\*\.)?pesapal\.com|http:\/\/127\.0\.0\.1:\d+)$/;
const KEY = { 'Idempotency-Key': 'a-key-for-one-intention' };

test('S26 every answer says what a browser must not do with it, and nothing about who gave it', async t => {
  const tiketi = await openTiketi(t);
  for (const [what, { status, headers }] of await answersOfEveryKind(tiketi)) {
    const policy = headers['content-security-policy'] ?? '';
    for (const rule of [
      "default-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ])
      assert.ok(policy.split(';').includes(rule), `${what} (${status}): ${rule} in ${policy}`);
    const rules = policy.split(';');
    assert.doesNotMatch(rules.filter(rule => !isFrames(rule)).join(';'), /unsafe|\*|http:/, what);
    for (const framed of rules.find(isFrames)?.split(' ').slice(1) ?? []) assert.match(framed, FRAMED, what);
    assert.equal(headers['x-content-type-options'], 'nosniff', what);
    assert.equal(headers['referrer-policy'], 'no-referrer', what);
    assert.equal(headers['x-frame-options'], 'DENY', what);
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin', what);
    for (const telling of ['server', 'x-powered-by', 'via', 'set-cookie', 'access-control-allow-origin'])
      assert.equal(headers[telling], undefined, `${what}: ${telling}`);
  }
});

test('every answer is dated by the clock that its times are worked out from', async t => {
  const tiketi = await openTiketi(t);
  await tiketi.pass(90_500);
  for (const [what, { headers }] of await answersOfEveryKind(tiketi))
    assert.equal(headers.date, tiketi.clock.now().toUTCString(), what);
  await tiketi.pass(1_000);
  assert.equal((await get(tiketi, '/')).headers.date, tiketi.clock.now().toUTCString());
});

test('S26 a browser is told to insist on HTTPS only where we are reached by HTTPS', async t => {
  const [here, outside] = [await openTiketi(t), await openTiketi(t, { PUBLIC_URL: 'https://tickets.example.com' })];
  const header = async (tiketi: Tiketi) => (await get(tiketi, '/')).headers['strict-transport-security'];
  assert.equal(await header(here), undefined);
  assert.match((await header(outside)) ?? '', /^max-age=31536000\b/);
});

test('S26 a booking’s page, whose address is the right to see it, is kept by nobody', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  const page = await get(tiketi, `/bookings/${bookingId}`);
  assert.equal(page.status, 200);
  assert.equal(page.headers['cache-control'], 'no-store');
  assert.match(page.headers['content-type'] ?? '', /^text\/html; charset=utf-8$/i);
  assert.doesNotMatch(page.body, new RegExp(bookingId), 'the page itself is the same for everybody');
  assert.match((await get(tiketi, `/api/v1/bookings/${bookingId}`)).headers['cache-control'] ?? '', /\bprivate\b/);
});

test('S26 what people at the box office are shown about others is kept by no machine, errors included', async t => {
  const { tiketi, manager } = await openOffice(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  const paths = [
    'exceptions',
    `bookings/${bookingId}/history`,
    `bookings/${bookingId}/personal-data`,
    'bookings/x/history',
  ];
  for (const path of paths)
    for (const cookie of [manager.cookie, '']) {
      const { status, headers } = await get(tiketi, `/api/v1/box-office/${path}`, { Cookie: cookie });
      assert.equal(headers['cache-control'], 'no-store', `${path}: ${status}`);
    }
});

test('asking for a booking again costs nothing until it changes', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId, version } = await tiketi.customer.book(await tiketi.addShowing());
  const path = `/api/v1/bookings/${bookingId}`;
  const first = await get(tiketi, path);
  assert.equal(first.headers.etag, `"${version}"`);
  const same = await get(tiketi, path, { 'If-None-Match': `"${version}"` });
  assert.equal(same.status, 304);
  assert.equal(same.body, '');
  assert.equal((await get(tiketi, path, { 'If-None-Match': '"0"' })).status, 200);
  await tiketi.customer.pay(bookingId);
  const changed = await get(tiketi, path, { 'If-None-Match': `"${version}"` });
  assert.equal(changed.status, 200);
  assert.equal(changed.headers.etag, `"${JSON.parse(changed.body).version}"`);
});

test('pages and files: the hashed ones are kept for a year, the others are asked for each time and cost nothing', async t => {
  const tiketi = await openTiketi(t);
  const page = await get(tiketi, '/');
  const [asset = ''] = /\/assets\/[^"]+\.js/.exec(page.body) ?? [];
  const kept = await get(tiketi, asset);
  assert.equal(kept.status, 200);
  assert.equal(kept.headers['cache-control'], 'public, max-age=31536000, immutable');
  for (const path of ['/', '/icon.svg']) {
    const { headers } = await get(tiketi, path);
    assert.equal(headers['cache-control'], 'no-cache', path);
    assert.equal((await get(tiketi, path, { 'If-None-Match': headers.etag ?? '' })).status, 304, path);
  }
  const packed = await get(tiketi, asset, { 'Accept-Encoding': 'gzip, br' });
  assert.equal(packed.headers['content-encoding'], 'br');
  assert.equal(packed.headers.vary, 'Accept-Encoding');
  assert.equal(packed.headers['content-type'], kept.headers['content-type']);
  assert.ok(packed.body.length < kept.body.length);
});

test('a part of a file may be asked for in any odd way: the whole is sent', async t => {
  const tiketi = await openTiketi(t);
  const whole = await get(tiketi, '/icon.svg');
  for (const range of ['bytes=5-1', 'bytes=-5', 'bytes=99999999-', 'bytes=0-1,5-6', 'bytes=x', 'lines=1-2']) {
    const { status, body } = await get(tiketi, '/icon.svg', { Range: range });
    assert.equal(status, 200, range);
    assert.equal(body, whole.body, range);
  }
});

test('S31 an error of ours is a bare 500 and a line in the log, and the next request is served', async t => {
  const tiketi = await openTiketi(t);
  const { database } = tiketi.server.parts;
  await database.write(em => em.execute('alter table venue rename to mislaid'));
  const failed = await get(tiketi, '/api/v1/venues');
  await database.write(em => em.execute('alter table mislaid rename to venue'));
  assert.equal(failed.status, 500);
  assert.match(failed.headers['content-type'] ?? '', /^application\/problem\+json\b/);
  assert.equal(JSON.parse(failed.body).code, 'internal');
  assert.doesNotMatch(failed.body, /venue|table|sql/i);
  assert.equal(tiketi.logged.filter(line => JSON.parse(line).level >= 50).length, 1);
  assert.equal((await get(tiketi, '/api/v1/venues')).status, 200);
});

function isFrames(rule: string): boolean {
  return rule.startsWith('frame-src ');
}

function get({ url }: Tiketi, path: string, headers: Record<string, string> = {}) {
  return sendRaw(url, rawRequest('GET', path, headers));
}

async function answersOfEveryKind(tiketi: Tiketi) {
  const { url, customer, phone, pass } = tiketi;
  const { bookingId } = await customer.book(await tiketi.addShowing());
  await customer.pay(bookingId);
  const post = (path: string, headers: Record<string, string> = {}, body = '{}') =>
    sendRaw(url, rawRequest('POST', path, headers, body));
  const callback = callbackPath(tiketi);
  const watch = await customer.watch(bookingId);
  phone.enterPin();
  await pass(CALLBACK_MS);
  const confirmed = await watch.untilState('confirmed');
  const paying = JSON.stringify({ gateway: 'daraja', phone: PHONE });
  return [
    ['page', await get(tiketi, '/')],
    ['booking page', await get(tiketi, `/bookings/${bookingId}`)],
    ['showing page', await get(tiketi, '/showings/1')],
    ['file', await get(tiketi, '/icon.svg')],
    ['poster', await get(tiketi, '/posters/top-gun-maverick.svg')],
    ['view', await get(tiketi, '/api/v1/movies')],
    ['unchanged', await get(tiketi, `/api/v1/bookings/${bookingId}`, { 'If-None-Match': `"${confirmed.version}"` })],
    ['tickets', await get(tiketi, `/api/v1/bookings/${bookingId}/tickets.pdf`)],
    ['callback', await post(callback)],
    ['stray', await post('/callbacks/daraja/x')],
    ['not found', await get(tiketi, '/nothing-here')],
    ['forbidden', await post('/api/v1/bookings', { Origin: 'http://evil.example' })],
    ['invalid', await post('/api/v1/bookings', KEY)],
    ['already paid', await post(`/api/v1/bookings/${bookingId}/payments`, KEY, paying)],
    ['too large', await post('/api/v1/bookings', KEY, ' '.repeat(70_000))],
    ['not signed in', await get(tiketi, '/api/v1/box-office/exceptions')],
    [
      'signing in',
      await post('/api/v1/box-office/sessions', {}, JSON.stringify({ name: 'Nobody', password: 'nothing' })),
    ],
    ['another method', await post('/')],
    ['polling', await get(tiketi, '/socket.io/?EIO=4&transport=polling')],
  ] as const;
}
