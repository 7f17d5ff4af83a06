import assert from 'node:assert/strict';
import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const IDLE = 500;
const QUICKLY_MS = 50; // Instead of Node's own pace, so that a test need not wait for it.

test('S16 five hundred connections that say nothing, and one that never finishes its headers, keep nobody waiting', async t => {
  const tiketi = await openTiketi(t);
  const idle = await Promise.all(Array.from({ length: IDLE }, () => open(t, tiketi)));
  const slow = await open(t, tiketi);
  slow.write('GET /api/v1/movies HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  const begun = performance.now();
  await Promise.all(Array.from({ length: 20 }, () => tiketi.customer.book(1, 1)));
  const watched = await tiketi.customer.watch((await tiketi.customer.book(1, 1)).bookingId);
  assert.equal(watched.seen.length, 1);
  assert.ok(performance.now() - begun < 3_000, 'and quickly');
  assert.ok(idle.every(socket => !socket.destroyed));
  for (const socket of [...idle, slow]) socket.destroy();
});

test('a connection that says nothing does not keep the server from stopping', async t => {
  const tiketi = await openTiketi(t);
  const silent = await open(t, tiketi);
  const gone = once(silent, 'close').then(() => 'gone');
  const restarted = tiketi.restart();
  while ((await Promise.race([gone, setImmediate('there')])) === 'there') tiketi.clock.move(100);
  await restarted;
  await tiketi.customer.book(1, 1);
});

test('S16 headers have ten seconds, a whole request twenty; then the connection is cut', async t => {
  const tiketi = await openTiketi(t);
  const http = await serverOf(tiketi);
  assert.equal(http.headersTimeout, 10_000);
  assert.equal(http.requestTimeout, 20_000);
  hurry(http);
  const slow = [
    'GET /api/v1/movies HTTP/1.1\r\nHost: x\r\nX-Slow: ',
    'POST /api/v1/bookings HTTP/1.1\r\nHost: x\r\nIdempotency-Key: a-key-for-one-intention\r\nContent-Length: 100\r\n\r\n{',
    'POST /callbacks/daraja/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{',
  ];
  for (const start of slow) {
    const socket = await open(t, tiketi);
    let answer = '';
    socket.on('data', chunk => {
      answer += chunk;
    });
    socket.write(start);
    await once(socket, 'close');
    assert.doesNotMatch(answer, /^HTTP\/1\.1 [25]/, start);
  }
  assert.deepEqual(tiketi.logged, []);
  await tiketi.customer.book(1, 1);
});

/** The server behind an address, as it introduces itself to whoever listens for requests. */
async function serverOf({ customer }: Tiketi): Promise<Server> {
  let found: Server | undefined;
  const listen = (message: unknown) => {
    found = (message as { server: Server }).server;
  };
  diagnostics.subscribe('http.server.request.start', listen);
  await customer.showings();
  diagnostics.unsubscribe('http.server.request.start', listen);
  assert.ok(found);
  return found;
}

/** The same checks, at a pace for tests: Node reads these when it begins to listen. */
function hurry(http: Server) {
  http.headersTimeout = QUICKLY_MS;
  http.requestTimeout = 2 * QUICKLY_MS;
  Object.assign(http, { connectionsCheckingInterval: QUICKLY_MS });
  http.emit('listening');
}

async function open(t: { after(then: () => void): void }, { server }: Tiketi): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1').on('error', () => {});
  t.after(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}
