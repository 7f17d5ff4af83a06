import assert from 'node:assert/strict';
import { type IncomingMessage, request } from 'node:http';
import { test } from 'node:test';
import { callbackPath } from '../support/callbacks.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { assertHarmless, assertRefused } from '../support/refused.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const KEY = { 'Idempotency-Key': 'a-key-for-one-intention' };
const OUTSIDE = 'https://tickets.example.com';
const REFUSED = 400; // How Engine.IO says "forbidden" to a handshake.

/** Origins that are not ours, some of them nearly. */
function foreign(port: number): string[] {
  return [
    ...['http://evil.example', `http://evil.example:${port}`, 'null', '', '*', 'file://', 'undefined'],
    ...[
      `http://localhost.evil.example:${port}`,
      `http://localhost:${port}.evil.example`,
      `http://evil-localhost:${port}`,
    ],
    ...[`http://localhost:${port + 1}`, 'http://localhost', 'http://127.0.0.1', `http://127.0.0.2:${port}`],
    ...[`https://localhost:${port}`, `ws://localhost:${port}`, `HTTP://LOCALHOST:${port}`, `http://LOCALHOST:${port}`],
    ...[`http://localhost:${port}/`, `http://localhost:${port}, http://evil.example`, `http://evil@localhost:${port}`],
    ...[`http://localhost.:${port}`, `http://[::]:${port}`, `http://0.0.0.0:${port}`, `http://2130706433:${port}`],
  ];
}

test('S11 on this machine all of its names are ours, at our port, for every request that changes something', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const { port } = tiketi.server;
  for (const origin of [undefined, `http://localhost:${port}`, `http://127.0.0.1:${port}`, `http://[::1]:${port}`]) {
    const statuses = await changeEverything(tiketi, origin);
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [201, 202, 202, 404, 409],
      origin,
    );
    assert.equal(await handshake(tiketi, origin), 101, origin);
    await tiketi.pass(120_000); // The phone is free again.
  }
});

test('S11 no other page may change anything, nor open a socket', async t => {
  const tiketi = await openTiketi(t, { ALLOWED_ORIGINS: 'https://older.example' });
  await tiketi.customer.book(await tiketi.addShowing());
  for (const origin of [...foreign(tiketi.server.port), 'https://older.example'])
    await assertHarmless(tiketi, origin, async () => {
      for (const answer of await changeEverything(tiketi, origin)) assertRefused(answer, { code: 'forbidden' }, origin);
      assert.equal(await handshake(tiketi, origin), REFUSED, origin);
    });
});

test('S11 elsewhere exactly the public address is ours, and this machine’s names are not', async t => {
  const tiketi = await openTiketi(t, { PUBLIC_URL: `${OUTSIDE}/` });
  const { port } = tiketi.server;
  assert.equal((await changeEverything(tiketi, OUTSIDE))[0]?.status, 201);
  assert.equal(await handshake(tiketi, OUTSIDE), 101);
  assert.equal(await handshake(tiketi, undefined), 101, 'what sends no Origin is no browser');
  const nearly = [`${OUTSIDE}:443`, `${OUTSIDE}:8443`, `${OUTSIDE}.evil.example`, 'https://example.com', `${OUTSIDE}.`];
  const others = ['http://tickets.example.com', 'https://evil.tickets.example.com', 'https://TICKETS.example.com'];
  for (const origin of [...nearly, ...others, `http://localhost:${port}`, `http://127.0.0.1:${port}`, 'null']) {
    for (const answer of await changeEverything(tiketi, origin)) assertRefused(answer, { code: 'forbidden' }, origin);
    assert.equal(await handshake(tiketi, origin), REFUSED, origin);
  }
});

test('S11 behind a proxy on the same machine its port is ours as well, for all names', async t => {
  const tiketi = await openTiketi(t, { PUBLIC_URL: 'http://localhost:8080', RATE_LIMITS: 'off' });
  for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080', `localhost:${tiketi.server.port}`])
    assert.equal(await handshake(tiketi, `http://${host}`), 101, host);
  assert.equal(await handshake(tiketi, 'http://localhost:8081'), REFUSED);
});

test('S11 other pages may send a visitor here and learn nothing: answers are not shared with their scripts', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  for (const path of ['/api/v1/movies', `/api/v1/bookings/${bookingId}`, `/bookings/${bookingId}`, '/']) {
    const { status, headers } = await sendRaw(tiketi.url, rawRequest('GET', path, { Origin: 'http://evil.example' }));
    assert.equal(status, 200);
    assert.deepEqual(
      Object.keys(headers).filter(name => name.startsWith('access-control')),
      [],
    );
  }
});

test('gateways are no pages: a callback passes with whatever Origin', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  await tiketi.customer.pay(bookingId);
  const path = callbackPath(tiketi);
  for (const origin of ['http://evil.example', 'null', ''])
    assert.equal((await sendRaw(tiketi.url, rawRequest('POST', path, { Origin: origin }, '{}'))).status, 200, origin);
});

/** Once through every door behind which something changes: a hold, a payment, a check, a lookup, a cancellation. */
async function changeEverything(tiketi: Tiketi, origin: string | undefined) {
  const headers = { ...KEY, 'Idempotency-Key': crypto.randomUUID(), ...(origin !== undefined && { Origin: origin }) };
  const ask = (method: string, path: string, body = {}) =>
    sendRaw(tiketi.url, rawRequest(method, path, headers, JSON.stringify(body)));
  const booked = await ask('POST', '/api/v1/bookings', { showingId: 1, quantity: 1 });
  const bookingId = booked.status === 201 ? JSON.parse(booked.body).booking.bookingId : 'x';
  return [
    booked,
    await ask('POST', `/api/v1/bookings/${bookingId}/payments`, { gateway: 'daraja', phone: '0712345678' }),
    await ask('POST', `/api/v1/bookings/${bookingId}/checks`),
    await ask('POST', '/api/v1/bookings/lookups', { reference: 'ZZZZZZZZ', phone: '0712345678' }),
    await ask('DELETE', `/api/v1/bookings/${bookingId}`),
  ];
}

/** A browser's WebSocket handshake: 101 when it is let in. */
function handshake({ url }: Tiketi, origin: string | undefined): Promise<number | undefined> {
  return new Promise((done, failed) => {
    const asking = request(`${url}/socket.io/?EIO=4&transport=websocket`, {
      headers: {
        ...{ Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' },
        'Sec-WebSocket-Key': Buffer.from('sixteen bytes :)').toString('base64'),
        ...(origin !== undefined && { Origin: origin }),
      },
    });
    const answered = ({ statusCode, socket }: IncomingMessage) => {
      socket.destroy();
      done(statusCode);
    };
    asking.on('upgrade', answered).on('response', answered).on('error', failed).end();
  });
}
