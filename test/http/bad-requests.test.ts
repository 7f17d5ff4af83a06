import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { assertHarmless, assertRefused } from '../support/refused.ts';
import { openTiketi } from '../support/tiketi.ts';

const KEY = { 'Idempotency-Key': 'a-key-for-one-intention' };
const STRANGE_IDS = [
  ...['0', '-1', '1e99', '1e0', '0x1', '+1', '1.0', '%201', '9007199254740993', 'NaN', 'Infinity', 'null', '١'],
  ...['%00', '%ff', '%', '%zz', '%0d%0aX-Injected:%201', '..%2f..%2fetc%2fpasswd', '%2e%2e', '..%5c', '%25%30%30'],
  ...["'%20or%201=1--", '1;drop%20table%20booking', '__proto__', 'constructor', 'g'.repeat(32), 'a'.repeat(8_000)],
];

test('an Idempotency-Key that is missing or unusable is refused before anything happens', async t => {
  const tiketi = await openTiketi(t);
  const showingId = await tiketi.addShowing();
  const { bookingId } = await tiketi.customer.book(showingId);
  const doors: [string, unknown][] = [
    ['/api/v1/bookings', { showingId, quantity: 1 }],
    [`/api/v1/bookings/${bookingId}/payments`, { gateway: 'daraja', phone: '0712345678' }],
  ];
  const spelt = 'k'.repeat(16);
  const bad = ['', 'short', 'k'.repeat(15), 'k'.repeat(65), `${spelt} k`, `${spelt}\tk`, `${spelt}\u00e9`];
  for (const [path, body] of doors) {
    const ask = (headers: Record<string, string>) =>
      sendRaw(tiketi.url, rawRequest('POST', path, headers, JSON.stringify(body)));
    await assertHarmless(tiketi, path, async () => {
      assertRefused(await ask({}), { code: 'idempotency_key_missing' }, path);
      for (const key of bad)
        assertRefused(await ask({ 'Idempotency-Key': key }), { code: 'idempotency_key_missing' }, JSON.stringify(key));
      const twice = await ask({ 'Idempotency-Key': spelt, 'idempotency-key': spelt });
      assertRefused(twice, { code: 'idempotency_key_missing' }, 'two keys');
      for (const control of ['\u0000', '\u0001', '\u007f'])
        assert.equal((await ask({ 'Idempotency-Key': spelt + control })).status, 400, 'this is no header at all');
    });
    for (const length of [16, 64])
      assert.ok((await ask({ 'Idempotency-Key': '!~'.repeat(length / 2) })).status < 500, `${length} characters`);
  }
});

test('an id that is none is simply not found, on every route that takes one', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  const nearly = [
    bookingId.toUpperCase().replace(/^\d+$/, 'A'),
    `${bookingId}0`,
    bookingId.slice(1),
    `%20${bookingId}`,
  ];
  const payment = JSON.stringify({ gateway: 'daraja', phone: '0712345678' });
  const ask = (method: string, path: string, body = '') => sendRaw(tiketi.url, rawRequest(method, path, KEY, body));
  for (const id of [...STRANGE_IDS, ...nearly])
    await assertHarmless(tiketi, id, async () => {
      const notFound = { code: 'not_found' } as const;
      const escaped = encodeURI(id).replaceAll('%25', '%');
      for (const things of ['movies', 'showings', 'bookings'])
        assertRefused(await ask('GET', `/api/v1/${things}/${escaped}`), notFound, `GET ${things}/${id}`);
      assertRefused(await ask('GET', `/api/v1/bookings/${escaped}/tickets.pdf`), notFound, `tickets of ${id}`);
      assertRefused(await ask('POST', `/api/v1/bookings/${escaped}/payments`, payment), notFound, `paying ${id}`);
      assertRefused(await ask('POST', `/api/v1/bookings/${escaped}/checks`), notFound, `checking ${id}`);
      assertRefused(await ask('DELETE', `/api/v1/bookings/${escaped}`), notFound, `DELETE ${id}`);
    });
});

test('a method that a route does not have is a problem, never an error', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  const routes: Record<string, string[]> = {
    '/api/v1/movies': ['GET', 'POST'],
    '/api/v1/movies/1': ['GET', 'PATCH'],
    '/api/v1/showings/1': ['GET', 'PATCH'],
    '/api/v1/venues': ['GET', 'POST'],
    '/api/v1/bookings': ['POST'],
    '/api/v1/bookings/lookups': ['POST', 'DELETE'], // As a booking's id it can be asked to go: it is not found.
    [`/api/v1/bookings/${bookingId}`]: ['GET', 'DELETE'],
    [`/api/v1/bookings/${bookingId}/payments`]: ['POST'],
    [`/api/v1/bookings/${bookingId}/checks`]: ['POST'],
    [`/api/v1/bookings/${bookingId}/tickets.pdf`]: ['GET'],
    [`/bookings/${bookingId}`]: ['GET'],
    '/callbacks/daraja/x': ['POST'],
    '/': ['GET'],
  };
  for (const [path, offered] of Object.entries(routes))
    await assertHarmless(tiketi, path, async () => {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'SEARCH'])
        if (!offered.includes(method)) {
          const answer = await sendRaw(tiketi.url, rawRequest(method, path, KEY, '{}'));
          assertRefused(answer, { code: 'not_found' }, `${method} ${path}`);
        }
    });
});

test('no way of writing a path leads out of the client’s folder or around its pages', async t => {
  const tiketi = await openTiketi(t);
  const paths = [
    '/../package.json',
    '/..%2fpackage.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/.env',
  ];
  const pages = [
    '/booking',
    '/booking.html',
    '/booking%2ehtml',
    '/booking.html/',
    '/index',
    '/phone',
    '/showing.html.br',
  ];
  await assertHarmless(tiketi, 'paths', async () => {
    for (const path of [
      ...paths,
      ...pages,
      '//evil.example/x',
      '*',
      '/assets',
      '/assets/',
      '/%',
      '/%00',
      '/%ff',
      '/socket.io/',
    ])
      assertRefused(await sendRaw(tiketi.url, rawRequest('GET', path)), { code: 'not_found' }, path);
  });
});

test('S28 what is no HTTP ends its own connection and nothing else, and is not written into the log', async t => {
  const tiketi = await openTiketi(t);
  const post = 'POST /api/v1/bookings HTTP/1.1\r\nHost: x\r\nIdempotency-Key: a-key-for-one-intention\r\n';
  const messages: (string | Buffer)[] = [
    ...['GET\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n'],
    Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]), // TLS to a plain port.
    Buffer.alloc(100_000, 0xff),
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
    `GET /${'x'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `${post}Content-Length: -1\r\n\r\n{}`,
    `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    `${post}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`,
    `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}`,
    `${post}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n1ffffffffffffffff\r\n`,
    `${post}Transfer-Encoding: gzip\r\n\r\n{}`,
    `${post}Expect: the impossible\r\nContent-Length: 2\r\n\r\n{}`,
    `${post}No colon\r\n\r\n{}`,
  ];
  for (const message of messages)
    await assertHarmless(tiketi, message.slice(0, 120).toString(), async () => {
      const { status } = await sendRaw(tiketi.url, message, 300);
      assert.ok(status >= 400 && status < 500, `${status} to ${message.slice(0, 120)}`);
    });
});

test('a sender who leaves in the middle of a body is forgotten', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  const paths = [
    '/api/v1/bookings',
    `/api/v1/bookings/${bookingId}/payments`,
    '/api/v1/bookings/lookups',
    '/callbacks/daraja/x',
  ];
  for (const path of paths)
    await assertHarmless(tiketi, path, async () => {
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nIdempotency-Key: ${KEY['Idempotency-Key']}\r\n`;
      await sendRaw(tiketi.url, `${head}Content-Length: 100\r\n\r\n{"showingId":1,`, 50);
      await sendRaw(tiketi.url, `${head}Transfer-Encoding: chunked\r\n\r\n4\r\n{"sh\r\n`, 50);
    });
});
