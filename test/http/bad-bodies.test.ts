import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { ProblemCode } from '../../shared/problem.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { assertHarmless, assertRefused } from '../support/refused.ts';
import { openTiketi } from '../support/tiketi.ts';

type Case = [body: unknown, path: string, code?: ProblemCode];

const KEY = 'a-key-for-one-intention';
const BODY_MAX = 65_536;
const NESTED = 30_000;

const NO_OBJECTS: Case[] = [null, 42, true, 'text'].map(body => [body, '']);
const NO_TEXTS = [5, true, [], {}];
const NO_PHONES = [712345678, true, [], {}, 'x'.repeat(25), '0712\u0000345678', '07\ud83d12345678'];
const NO_MOBILES = ['hello', '071234567', '07123456789', '0202345678', '+255712345678', '999', '-', '+', '__proto__'];

/** What no booking's, payment's or lookup's body can be. */
const NOT_JSON: [string, string | Buffer][] = [
  ['nothing', ''],
  ['half an object', '{"showingId":1,'],
  ['two values', '{}{}'],
  ['single quotes', "{'showingId':1}"],
  ['NaN', '{"showingId":NaN,"quantity":1}'],
  ['a form', 'showingId=1&quantity=1'],
  ['a multipart form', '--x\r\nContent-Disposition: form-data; name="showingId"\r\n\r\n1\r\n--x--'],
  ['XML', '<booking><showingId>1</showingId></booking>'],
  [
    'bytes that are no UTF-8',
    Buffer.from([...Buffer.from('{"showingId":1,"quantity":1,"customerName":"'), 0xff, 0x22, 0x7d]),
  ],
  ['half a letter at the end', Buffer.from([...Buffer.from('{"customerName":"'), 0xc3, 0x22, 0x7d])],
  ['UTF-16', Buffer.from('{"showingId":1,"quantity":1}', 'utf16le')],
  ['packed JSON', gzipSync('{"showingId":1,"quantity":1}')],
  ['a bare control character', '{"customerName":"\u0001"}'],
  ['noughts', Buffer.alloc(100)],
];

test('a body that is no booking is refused, its wrong field is named, and no place is taken', async t => {
  const tiketi = await openTiketi(t);
  const showingId = await tiketi.addShowing();
  const good = { showingId, quantity: 2 };
  const cases: Case[] = [
    ...NO_OBJECTS,
    [{}, 'showingId'],
    [{}, 'quantity'],
    [[showingId, 2], 'showingId'],
    ...['1', 1.5, 0, -1, 1e99, 2 ** 53, null, {}, [], true].map(
      (wrong): Case => [{ ...good, showingId: wrong }, 'showingId'],
    ),
    ...['2', 0, -1, 1.5, 1e99, 2 ** 53, null, {}, [1], true].map(
      (wrong): Case => [{ ...good, quantity: wrong }, 'quantity'],
    ),
    ...[11, 1_000, 2 ** 53 - 1].map((many): Case => [{ ...good, quantity: many }, 'quantity', 'too_many_places']),
    ...[...NO_TEXTS, 'x'.repeat(81), 'a\u0000b', 'a\nb', 'a\u007fb', 'half \ud83d'].map(
      (wrong): Case => [{ ...good, customerName: wrong }, 'customerName'],
    ),
    ...NO_PHONES.map((wrong): Case => [{ ...good, phone: wrong }, 'phone']),
    ...NO_MOBILES.map((wrong): Case => [{ ...good, phone: wrong }, 'phone', 'invalid_phone']),
    ...[...NO_TEXTS, 'nobody', 'a@b', '@b.co', 'a b@c.co', `${'x'.repeat(250)}@b.co`].map(
      (wrong): Case => [{ ...good, email: wrong }, 'email'],
    ),
    [`{"__proto__":${JSON.stringify(good)}}`, 'showingId'],
    [`{"constructor":{"prototype":${JSON.stringify(good)}}}`, 'quantity'],
    [`{"showingId":${showingId},"showingId":"${showingId}","quantity":2}`, 'showingId'],
    [`{"showingId":1e400,"quantity":2}`, 'showingId'],
    [`${'['.repeat(NESTED)}${']'.repeat(NESTED)}`, 'showingId'],
    [`{"showingId":${'{"a":'.repeat(NESTED / 6)}1${'}'.repeat(NESTED / 6)},"quantity":1}`, 'showingId'],
  ];
  for (const [body, path, code = 'invalid_body'] of cases) {
    const what = `${JSON.stringify(body)}`.slice(0, 100);
    const text = typeof body === 'string' && body !== 'text' ? body : JSON.stringify(body);
    await assertHarmless(tiketi, what, async () => {
      const request = rawRequest('POST', '/api/v1/bookings', { 'Idempotency-Key': KEY }, text);
      assertRefused(await sendRaw(tiketi.url, request), { code, path }, what);
    });
  }
  await tiketi.customer.book(showingId, 10);
});

test('a body that is no payment is refused, its wrong field is named, and no phone rings', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  const good = { gateway: 'daraja', phone: '0712345678' };
  const cases: Case[] = [
    ...NO_OBJECTS,
    [{}, 'gateway'],
    [{}, 'phone'],
    [{ gateway: 'daraja' }, 'phone'],
    [{ ...good, phone: null }, 'phone'],
    ...[...NO_TEXTS, null].map((wrong): Case => [{ ...good, gateway: wrong }, 'gateway']),
    ...['', 'pesapal', 'DARAJA', 'daraja ', '__proto__', 'constructor', 'x'.repeat(60_000)].map(
      (wrong): Case => [{ ...good, gateway: wrong }, 'gateway', 'gateway_not_offered'],
    ),
    ...NO_PHONES.map((wrong): Case => [{ ...good, phone: wrong }, 'phone']),
    ...['', '  ', ...NO_MOBILES].map((wrong): Case => [{ ...good, phone: wrong }, 'phone', 'invalid_phone']),
    [`{"__proto__":${JSON.stringify(good)}}`, 'phone'],
  ];
  for (const [body, path, code = 'invalid_body'] of cases) {
    const what = `${JSON.stringify(body)}`.slice(0, 100);
    const text = typeof body === 'string' && body !== 'text' ? body : JSON.stringify(body);
    await assertHarmless(tiketi, what, async () => {
      const request = rawRequest('POST', `/api/v1/bookings/${bookingId}/payments`, { 'Idempotency-Key': KEY }, text);
      assertRefused(await sendRaw(tiketi.url, request), { code, path }, what);
    });
  }
  assert.deepEqual(tiketi.simulator.parts.requests, {}, 'the gateway was never asked for anything');
  await tiketi.customer.pay(bookingId);
});

test('a body that is no lookup is refused, and its wrong field is named', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const good = { reference: 'K7M2P9QR', phone: '0712345678' };
  const cases: Case[] = [
    ...NO_OBJECTS,
    [{}, 'reference'],
    [{}, 'phone'],
    ...[...NO_TEXTS, null, '', 'K7M2', 'K7M2P9QRS', '      '].map(
      (wrong): Case => [{ ...good, reference: wrong }, 'reference'],
    ),
    ...[...NO_PHONES, null].map((wrong): Case => [{ ...good, phone: wrong }, 'phone']),
    ...['', 'hello', '999', '+44712345678'].map((wrong): Case => [{ ...good, phone: wrong }, 'phone', 'invalid_phone']),
  ];
  for (const [body, path, code = 'invalid_body'] of cases) {
    const what = JSON.stringify(body);
    await assertHarmless(tiketi, what, async () => {
      const request = rawRequest('POST', '/api/v1/bookings/lookups', {}, what);
      assertRefused(await sendRaw(tiketi.url, request), { code, path }, what);
    });
  }
});

test('what is no JSON at all is refused on every route that reads a body, whatever it calls itself', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  const types = ['application/json', 'application/x-www-form-urlencoded', 'text/plain; charset=utf-16', 'x', ''];
  for (const path of ['/api/v1/bookings', `/api/v1/bookings/${bookingId}/payments`, '/api/v1/bookings/lookups'])
    for (const [what, body] of NOT_JSON)
      await assertHarmless(tiketi, what, async () => {
        for (const type of types) {
          const headers = { 'Idempotency-Key': KEY, 'Content-Type': type };
          const answer = await sendRaw(tiketi.url, rawRequest('POST', path, headers, body));
          assertRefused(answer, { code: 'invalid_body', path: '' }, `${path}: ${what} as ${type}`);
        }
      });
});

test('S16 a body over 64 KiB is refused as too large, one of exactly 64 KiB is read', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  for (const path of ['/api/v1/bookings', `/api/v1/bookings/${bookingId}/payments`, '/api/v1/bookings/lookups'])
    await assertHarmless(tiketi, path, async () => {
      const send = (bytes: number) =>
        sendRaw(tiketi.url, rawRequest('POST', path, { 'Idempotency-Key': KEY }, `{}${' '.repeat(bytes - 2)}`));
      assertRefused(await send(BODY_MAX), { code: 'invalid_body' }, path);
      for (const bytes of [BODY_MAX + 1, 1_000_000])
        assertRefused(await send(bytes), { code: 'body_too_large' }, `${path}: ${bytes}`);
    });
});

test('S16 a body that never ends is cut off with an answer as soon as it is too large', async t => {
  const tiketi = await openTiketi(t);
  await assertHarmless(tiketi, 'endless', async () => {
    const { answer, sent } = await sendEndless(tiketi.url, '/api/v1/bookings');
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.ok(sent < 10 * BODY_MAX, `${sent} bytes were taken`);
  });
});

/** Sends chunks for as long as they are taken. */
function sendEndless(url: string, path: string): Promise<{ answer: string; sent: number }> {
  const chunk = `1000\r\n${'a'.repeat(4_096)}\r\n`;
  return new Promise(done => {
    let answer = '';
    let sent = 0;
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const sendMore = () => {
      if (socket.writableEnded || socket.destroyed || answer) return;
      sent += chunk.length;
      socket.write(chunk, () => setImmediate(sendMore));
    };
    socket.on('data', data => {
      answer += data;
    });
    socket.on('error', () => {}).on('close', () => done({ answer, sent }));
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nIdempotency-Key: ${KEY}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    sendMore();
  });
}
