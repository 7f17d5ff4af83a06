import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { WebSocket } from 'undici';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const IDLE = 2_000;
const AT_ONCE = 200;
const PATIENCE_MS = 3_000; // For what takes a tenth of it without them.
const CLIENT_PATH = '/socket.io/?EIO=4&transport=websocket';
const HANDSHAKE = [
  `GET ${CLIENT_PATH} HTTP/1.1`,
  ...['Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
  ...['Sec-WebSocket-Key: c2l4dGVlbiBieXRlcyA6KQ==', '', ''],
].join('\r\n');

test('S16 two thousand sockets that say nothing keep nobody waiting, and cost no more than a few kilobytes each', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const before = process.memoryUsage().rss;
  const idle = await openIdle(t, tiketi, IDLE);
  const each = (process.memoryUsage().rss - before) / IDLE;
  assert.ok(each < 100_000, `${each} bytes for both ends of a socket`);
  const begun = performance.now();
  const { bookingId } = await tiketi.customer.book(1);
  const watch = await tiketi.customer.watch(bookingId);
  await tiketi.customer.pay(bookingId);
  await watch.until(view => view.payment?.state === 'pending');
  await Promise.all(Array.from({ length: 20 }, () => tiketi.customer.book(1, 1)));
  const took = performance.now() - begun;
  assert.ok(took < PATIENCE_MS, `${took} ms`);
  t.diagnostic(`${each.toFixed(0)} bytes a socket, ${took.toFixed(0)} ms for everything`);
  assert.ok(idle.every(socket => !socket.destroyed));
  assert.equal(tiketi.server.parts.watchers(bookingId), 1);
  for (const socket of idle) socket.destroy();
});

test('S16 sockets that say nothing do not keep the server from stopping', async t => {
  const tiketi = await openTiketi(t);
  const idle = await openIdle(t, tiketi, 50); // They do not answer our goodbye either.
  const gone = Promise.all(idle.map(socket => once(socket, 'close'))).then(() => 'gone');
  const begun = performance.now();
  const restarted = tiketi.restart();
  while ((await Promise.race([gone, setImmediate('there')])) === 'there') tiketi.clock.move(100);
  await restarted;
  assert.ok(performance.now() - begun < PATIENCE_MS, 'it did not wait for their answer');
  assert.ok((await tiketi.customer.showings()).length > 0);
});

test('S16 nobody may send packed messages, which could unpack to a million times their size', async t => {
  const tiketi = await openTiketi(t);
  const { statusCode, headers } = await handshake(tiketi, { 'Sec-WebSocket-Extensions': 'permessage-deflate' });
  assert.equal(statusCode, 101);
  assert.equal(headers['sec-websocket-extensions'], undefined);
});

test('S13 a connection that comes back is a new one: no memory of the old one lets it into a room unasked', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  const first = await connected(tiketi, {});
  assert.equal(first.hello.pid, undefined, 'there is nothing to come back with');
  first.socket.send(`420["booking:watch",{"bookingId":"${bookingId}"}]`);
  await once(first.socket, 'message');
  assert.equal(tiketi.server.parts.watchers(bookingId), 1);
  first.socket.close();
  await once(first.socket, 'close');
  const again = await connected(tiketi, { pid: first.hello.sid, offset: first.hello.sid, sid: first.hello.sid });
  assert.notEqual(again.hello.sid, first.hello.sid);
  const heard: string[] = [];
  again.socket.addEventListener('message', ({ data }) => void heard.push(String(data)));
  const watch = await tiketi.customer.watch(bookingId);
  await tiketi.customer.pay(bookingId);
  await watch.until(view => view.payment?.state === 'pending');
  again.socket.send('421["showing:watch",{"showingId":1}]');
  await once(again.socket, 'message');
  assert.ok(heard.length > 0 && heard.every(message => !message.includes(bookingId)), 'it hears what it asked for');
  again.socket.close();
});

/** WebSockets that were accepted and then say nothing at all. */
async function openIdle(t: TestContext, tiketi: Tiketi, count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  t.after(() => {
    for (const socket of sockets) socket.destroy();
  });
  while (sockets.length < count) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - sockets.length) }, async () => {
      const socket = connect(tiketi.server.port, '127.0.0.1').on('error', () => {});
      sockets.push(socket);
      socket.write(HANDSHAKE);
      const [answer] = await once(socket, 'data');
      assert.match(String(answer), /^HTTP\/1\.1 101 /);
    });
    await Promise.all(some);
  }
  return sockets;
}

function handshake({ url }: Tiketi, more: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((done, failed) => {
    const key = Buffer.from('sixteen bytes :)').toString('base64');
    const asking = request(`${url}${CLIENT_PATH}`, {
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': key,
        ...more,
      },
    });
    const answered = (answer: IncomingMessage) => {
      answer.socket.destroy();
      done(answer);
    };
    asking.on('upgrade', answered).on('response', answered).on('error', failed).end();
  });
}

/** A bare WebSocket that says hello with `auth`, and what it was greeted with. */
async function connected({ server }: Tiketi, auth: object) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${CLIENT_PATH}`);
  await once(socket, 'message');
  socket.send(`40${JSON.stringify(auth)}`);
  const [greeting] = (await once(socket, 'message')) as [MessageEvent];
  const hello = JSON.parse(String(greeting.data).slice(2)) as { sid: string; pid?: string };
  return { socket, hello };
}
