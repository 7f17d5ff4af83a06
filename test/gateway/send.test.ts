import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createSend, type Sent } from '../../server/gateway/send.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { type Answer, hang, json, reset, resetAfterHeaders, startScript, text } from './scripted-daraja.ts';

function openSend(t: TestContext) {
  const clock = new ManualClock('2026-11-22T09:00:00Z');
  const { send, close } = createSend({ clock });
  t.after(close);
  const post = (url: string) => send({ method: 'POST', url, headers: {}, body: '{"Amount":1}', timeoutMs: 20_000 });
  return { clock, send, close, post };
}

async function listen(t: TestContext, onSocket: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = [];
  const server = createTcpServer(socket => {
    sockets.push(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('an answer comes back with its status, its text and how long to wait', async t => {
  const { post } = openSend(t);
  const script = await startScript(t);
  script.say('/push', json(429, { slow: 'down' }, { 'retry-after': '7', 'set-cookie': 'visid_incap=1' }));
  assert.deepEqual(await post(`${script.url}/push`), {
    result: 'answered',
    status: 429,
    headers: { 'retry-after': '7' },
    body: '{"slow":"down"}',
  });
  assert.equal(script.calls('/push')[0]?.body, '{"Amount":1}');
});

test('a redirect is an answer, never followed', async t => {
  const { post } = openSend(t);
  const script = await startScript(t);
  script.say('/push', json(302, {}, { location: `${script.url}/elsewhere` }));
  const sent = await post(`${script.url}/push`);
  assert.equal(sent.result === 'answered' && sent.status, 302);
  assert.equal(script.calls('/elsewhere').length, 0);
});

test('a refused connection was certainly not sent', async t => {
  const { post } = openSend(t);
  const closed = createServer();
  await new Promise<void>(done => closed.listen(0, '127.0.0.1', done));
  const { port } = closed.address() as AddressInfo;
  await new Promise(done => closed.close(done));
  assert.deepEqual(await post(`http://127.0.0.1:${port}/push`), { result: 'not_sent', why: 'ECONNREFUSED' });
});

test('a name that does not exist was certainly not sent', async t => {
  const { post } = openSend(t);
  const sent = await post('http://no-such-host.invalid/push');
  assert.equal(sent.result, 'not_sent');
  assert.match(sent.result === 'not_sent' ? sent.why : '', /^(ENOTFOUND|EAI_AGAIN)$/);
});

test('a failed TLS handshake was certainly not sent', async t => {
  const { post } = openSend(t);
  const script = await startScript(t);
  const sent = await post(`${script.url.replace('http:', 'https:')}/push`);
  assert.equal(sent.result, 'not_sent');
  assert.equal(script.calls('/').length, 0);
});

test('a reset during the TLS handshake was certainly not sent, although its error is that of a lost request', async t => {
  const { post } = openSend(t);
  const address = await listen(t, socket => socket.once('data', () => socket.resetAndDestroy()));
  assert.deepEqual(await post(`https://${address}/push`), { result: 'not_sent', why: 'ECONNRESET' });
});

test('a deadline that passes while the connection is being made leaves nothing to be sent later', async t => {
  let sayHello: (hello: Buffer) => void = () => {};
  const hello = new Promise<Buffer>(done => {
    sayHello = done;
  });
  const address = await listen(t, socket => socket.once('data', sayHello));
  const { post, clock } = openSend(t); // After the listener, so that it is closed after it: it waits for the handshake.
  const sending = post(`https://${address}/push`);
  assert.equal((await hello)[0], 22, 'a TLS handshake has begun');
  clock.move(20_000);
  assert.deepEqual(await sending, { result: 'not_sent', why: 'timeout' });
});

test('a request that was cut while it waited for a connection never reaches the server', async t => {
  const { post, clock } = openSend(t);
  const script = await startScript(t);
  script.say('/push', hang);
  script.say('/late', json(200, {}));
  const full = Array.from({ length: 128 }, () => post(`${script.url}/push`));
  await script.asked('/push', 128);
  clock.move(10_000);
  const late = post(`${script.url}/late`);
  clock.move(10_000);
  for (const sent of await Promise.all(full)) assert.deepEqual(sent, { result: 'unanswered', why: 'timeout' });
  clock.move(10_000);
  assert.deepEqual(await late, { result: 'not_sent', why: 'timeout' });
  const sent = await post(`${script.url}/after`); // By now whatever was queued has had its turn.
  assert.equal(sent.result, 'answered');
  assert.equal(script.calls('/late').length, 0);
});

for (const [what, answer] of [
  ['reset before the headers', reset],
  ['closed in the middle of the answer', resetAfterHeaders],
] as const)
  test(`a connection ${what} leaves the request unanswered, and it is not sent again`, async t => {
    const { post } = openSend(t);
    const script = await startScript(t);
    script.say('/push', answer);
    assert.equal((await post(`${script.url}/push`)).result, 'unanswered');
    assert.equal(script.calls('/push').length, 1);
  });

test('a connection that dies under a second request leaves that request unanswered', async t => {
  const { post } = openSend(t);
  const ports = new Set<number | undefined>();
  const script = await startScript(t);
  const over =
    (answer: Answer): Answer =>
    (response, heard) => {
      ports.add(response.socket?.remotePort);
      answer(response, heard);
    };
  script.say('/first', over(json(200, {})));
  script.say('/push', over(reset));
  await post(`${script.url}/first`);
  await new Promise(done => setImmediate(done)); // The pool learns that the connection is free.
  const sent = await post(`${script.url}/push`);
  assert.equal(ports.size, 1, 'both went over the same connection');
  assert.equal(sent.result, 'unanswered');
  assert.equal(script.calls('/push').length, 1);
});

for (const [what, path] of [
  ['never begins', '/hang'],
  ['never ends', '/half'],
] as const)
  test(`an answer that ${what} is given up when the time is over`, async t => {
    const { post, clock } = openSend(t);
    const script = await startScript(t);
    script.say('/hang', hang);
    script.say('/half', response => void response.writeHead(200).write('{"ResponseCode":'));
    const sending = post(`${script.url}${path}`);
    await script.asked(path);
    clock.move(20_000);
    assert.deepEqual(await sending, { result: 'unanswered', why: 'timeout' });
  });

test('an endless answer is cut off', async t => {
  const { post } = openSend(t);
  const script = await startScript(t);
  script.say('/push', response => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(16_384)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  assert.deepEqual(await post(`${script.url}/push`), { result: 'unanswered', why: 'too_large' });
});

test('an answer of 64 KiB is still read', async t => {
  const { post } = openSend(t);
  const script = await startScript(t);
  script.say('/push', text(200, 'x'.repeat(65_536)));
  const sent = await post(`${script.url}/push`);
  assert.equal(sent.result === 'answered' && sent.body.length, 65_536);
});

test('headers without end are an answer that cannot be understood', async t => {
  const { post } = openSend(t);
  const address = await listen(t, socket =>
    socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(100_000)}`)),
  );
  assert.equal((await post(`http://${address}/push`)).result, 'unanswered');
});

test('an address that is none, and a closed door, are not sent, and nothing is thrown', async t => {
  const { post, close } = openSend(t);
  assert.equal((await post('not an address')).result, 'not_sent');
  await close();
  assert.equal((await post('http://127.0.0.1:1/push')).result, 'not_sent');
});

test('the reason of a failure never quotes what was sent', async t => {
  const { send } = openSend(t);
  const url = 'http://127.0.0.1:1/secret-path';
  const headers = { authorization: 'Bearer secret\u0000token' };
  const sent: Sent = await send({ method: 'POST', url, headers, body: 'secret', timeoutMs: 20_000 });
  assert.equal(sent.result, 'not_sent');
  assert.doesNotMatch(JSON.stringify(sent), /secret/);
});
