import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import fc from 'fast-check';
import { WebSocket } from 'undici';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { assertHarmless, assertRefused } from '../support/refused.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const MESSAGE_MAX = 16_384;
const EVENTS_MAX = 50; // A second, of one socket.
const ROOMS_MAX = 50; // Of one socket.
const WATCHES = ['booking:watch', 'showing:watch'] as const;
const NOT_FOUND = { problem: { code: 'not_found' } };
const TOO_MANY = { problem: { code: 'too_many_requests' } };

const GARBAGE: unknown[] = [
  ...[null, 0, 1, -1, Number.NaN, '', 'text', true, [], {}, [[]], new Uint8Array([1, 2]), 'x'.repeat(10_000)],
  ...[
    { bookingId: null },
    { bookingId: 5 },
    { bookingId: 'x' },
    { bookingId: {} },
    { bookingId: [] },
    { bookingId: '' },
  ],
  ...[{ bookingId: 'A'.repeat(32) }, { bookingId: `${'a'.repeat(32)}\n` }, { bookingId: 'a'.repeat(32) }],
  ...[
    { showingId: '1' },
    { showingId: 0 },
    { showingId: -1 },
    { showingId: 1.5 },
    { showingId: 1e99 },
    { showingId: 2 ** 53 },
  ],
  ...[
    { showingId: null },
    { showingId: {} },
    { showingId: [1] },
    { showingId: 999_999 },
    { bookingId: new Uint8Array(16) },
  ],
  JSON.parse('{"__proto__":{"showingId":1}}'),
  { constructor: { prototype: { showingId: 1 } } },
];

/** Frames as no browser sends them: Engine.IO's and Socket.IO's own words, broken or out of place. */
const FRAMES = [
  ...['', '0', '1', '2', '2probe', '3', '4', '5', '6', '9', 'x', '4x', '40', '43', '44', '45', '46', '47', '\u0000'],
  ...['42', '42[', '42{}', '42[]', '42[1]', '42[null]', '42[{}]', '42"text"', '42[["booking:watch"]]', '420', '42-1[]'],
  ...[
    '42["booking:watch"]',
    '42["booking:watch",{"bookingId":"x"}]',
    '421["booking:watch"]',
    '421["booking:watch",null]',
  ],
  ...[
    '421["booking:watch","x",{"bookingId":"x"},5]',
    '42["showing:watch",{"showingId":1}]',
    '421["showing:unwatch",1]',
  ],
  ...[
    '42["error",1]',
    '42["connect"]',
    '42["disconnect"]',
    '42["disconnecting"]',
    '42["newListener"]',
    '42["connection"]',
  ],
  ...['42["__proto__"]', '42["constructor"]', '42["toString"]', '42["booking:changed",{}]', '42["nobody:knows",{}]'],
  ...['431["answer"]', '4399999999999999999999[]', '42999999999999999999999["booking:watch",{}]', '42/evil,["x"]'],
  ...['40/box-office,', '40/evil,{}', '40/__proto__,', '40{"token":"x"}', '41/evil,', '44{"message":"x"}'],
  ...[
    '451-["booking:watch",{"_placeholder":true,"num":0}]',
    '4599-["x"]',
    '451-["x",{"_placeholder":true,"num":"__proto__"}]',
  ],
  `42${'['.repeat(8_000)}`,
  `42["booking:watch",${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}]`,
];

test('a wish to watch that names nothing is answered "not found", whatever it is', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const socket = loose(tiketi);
  await assertHarmless(tiketi, 'garbage', async () => {
    for (const event of WATCHES)
      for (const wish of GARBAGE) {
        const answer = await socket.emitWithAck(event, wish);
        assert.deepEqual(answer, NOT_FOUND, `${event} ${JSON.stringify(wish)}`);
      }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...WATCHES), fc.jsonValue(), async (event, wish) => {
        assert.deepEqual(await socket.emitWithAck(event, wish), NOT_FOUND);
      }),
    );
    for (const wish of GARBAGE) socket.emit('showing:unwatch', wish);
  });
  assert.ok('showing' in (await socket.emitWithAck('showing:watch', { showingId: 1 })), 'and it serves on');
});

test('S14 who was told "not found" is told nothing later either', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const { bookingId } = await tiketi.customer.book(1);
  const stranger = loose(tiketi);
  const heard: string[] = [];
  stranger.onAny((event: string) => void heard.push(event));
  const guesses = [bookingId.toUpperCase(), bookingId.slice(0, -1), [bookingId], { bookingId }, `${bookingId} `];
  for (const guess of guesses) await stranger.emitWithAck('booking:watch', { bookingId: guess });
  const watch = await tiketi.customer.watch(bookingId);
  await tiketi.customer.pay(bookingId);
  await watch.until(view => view.payment?.state === 'pending');
  await stranger.emitWithAck('booking:watch', {});
  assert.deepEqual(heard, []);
});

test('a message without a place for the answer, or with it in the wrong place, is ignored', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId } = await tiketi.customer.book(1);
  const socket = loose(tiketi);
  const answered = () => assert.fail('this was no place for an answer');
  await assertHarmless(tiketi, 'no answer', async () => {
    for (const event of [...WATCHES, 'showing:unwatch', 'nobody:knows']) {
      socket.emit(event);
      socket.emit(event, { bookingId, showingId: 1 });
      socket.emit(event, { bookingId, showingId: 1 }, 'text', 5);
      socket.emit(event, { bookingId, showingId: 1 }, { answer: true }, answered);
    }
    assert.ok('booking' in (await socket.emitWithAck('booking:watch', { bookingId })));
  });
});

test('S28 frames that are broken, binary or out of place end at most their own connection', async t => {
  const tiketi = await openTiketi(t);
  await assertHarmless(tiketi, 'frames', async () => {
    for (const frame of [...FRAMES, new Uint8Array(0), new Uint8Array([4, 2]), new Uint8Array(1_000).fill(0xff)]) {
      const socket = await connected(tiketi);
      socket.send(frame);
      assert.ok(['answered', 'closed'].includes(await servedOrClosed(socket)), String(frame).slice(0, 60));
      socket.close();
    }
  });
  await tiketi.customer.watch((await tiketi.customer.book(1)).bookingId);
});

test('S28 frames of any bytes end at most their own connection', async t => {
  const tiketi = await openTiketi(t);
  const frame = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map(text => `42${text}`),
    fc.jsonValue().map(value => `42${JSON.stringify(value)}`),
    fc.jsonValue().map(value => `421["booking:watch",${JSON.stringify(value)}]`),
    fc.uint8Array({ maxLength: 200 }),
  );
  await assertHarmless(tiketi, 'frames', () =>
    fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 5 }), async frames => {
        const socket = await connected(tiketi);
        for (const one of frames)
          socket.send(typeof one === 'string' ? one.toWellFormed() : Uint8Array.from(one).buffer);
        await servedOrClosed(socket);
        socket.close();
      }),
      { numRuns: 60 },
    ),
  );
});

test('S16 a message over 16 KiB ends its connection; one just below is read', async t => {
  const tiketi = await openTiketi(t);
  const socket = loose(tiketi);
  const below = { bookingId: 'x'.repeat(MESSAGE_MAX - 200) };
  assert.deepEqual(await socket.emitWithAck('booking:watch', below), NOT_FOUND);
  const bystander = loose(tiketi);
  await bystander.emitWithAck('showing:watch', { showingId: 1 });
  await assertHarmless(tiketi, 'too long', async () => {
    socket.io.reconnection(false);
    const cut = new Promise(done => socket.once('disconnect', done));
    socket.emit('booking:watch', { bookingId: 'x'.repeat(MESSAGE_MAX) }, () => {});
    await cut;
  });
  assert.ok(bystander.connected);
  assert.ok('showing' in (await loose(tiketi).emitWithAck('showing:watch', { showingId: 1 })));
});

test('S16 a flood of one socket is refused, and nobody else’s wishes; a second later it may ask again', async t => {
  const tiketi = await openTiketi(t);
  const [flood, calm] = [loose(tiketi), loose(tiketi)];
  const ask = () => flood.emitWithAck('showing:watch', { showingId: 1 });
  const answers = await Promise.all(Array.from({ length: 500 }, ask));
  assert.equal(answers.filter(answer => 'showing' in answer).length, EVENTS_MAX);
  assert.deepEqual(answers.at(-1), TOO_MANY);
  assert.ok('showing' in (await calm.emitWithAck('showing:watch', { showingId: 1 })));
  await tiketi.pass(1_000);
  assert.ok('showing' in (await ask()));
});

test('a storefront may watch all showings of a busy day at once, nobody a whole programme; what it lets go makes room', async t => {
  const tiketi = await openTiketi(t);
  const showings = (await tiketi.customer.showings()).map(({ showingId }) => showingId);
  assert.ok(showings.length > ROOMS_MAX);
  const socket = loose(tiketi);
  const ask = (showingId: number | undefined) => socket.emitWithAck('showing:watch', { showingId });
  const day = await Promise.all(showings.slice(0, ROOMS_MAX).map(ask));
  assert.ok(day.every(answer => 'showing' in answer));
  await tiketi.pass(1_000);
  assert.deepEqual(await ask(showings[ROOMS_MAX]), TOO_MANY);
  assert.ok('showing' in (await ask(showings[0])), 'what it watches already it may ask for again');
  socket.emit('showing:unwatch', { showingId: showings[0] });
  assert.ok('showing' in (await ask(showings[ROOMS_MAX])));
});

test('with RATE_LIMITS=off a socket may ask as often as it likes', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const socket = loose(tiketi);
  const ask = () => socket.emitWithAck('showing:watch', { showingId: 1 });
  const answers = await Promise.all(Array.from({ length: 300 }, ask));
  assert.ok(answers.every(answer => 'showing' in answer));
});

test('whoever leaves before the answer is forgotten', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId } = await tiketi.customer.book(1);
  await assertHarmless(tiketi, 'left', async () => {
    for (let visits = 0; visits < 20; visits++) {
      const socket = await connected(tiketi);
      socket.send(`421["booking:watch",{"bookingId":"${bookingId}"}]`);
      socket.close();
      await once(socket, 'close');
    }
  });
  const watch = await tiketi.customer.watch(bookingId);
  assert.equal(tiketi.server.parts.watchers(bookingId), 1);
  watch.socket.disconnect();
});

test('there is no other transport than WebSocket: what asks for one is simply not found', async t => {
  const tiketi = await openTiketi(t);
  await assertHarmless(tiketi, 'polling', async () => {
    for (const path of [
      '/socket.io/',
      '/socket.io/?EIO=4&transport=polling',
      '/socket.io/?EIO=4&transport=polling&sid=x',
    ])
      for (const method of ['GET', 'POST'])
        assertRefused(await sendRaw(tiketi.url, rawRequest(method, path)), { code: 'not_found' }, `${method} ${path}`);
  });
});

/** A socket that may say anything, not only what the contract knows. */
function loose({ customer }: Tiketi): import('socket.io-client').Socket {
  return customer.socket() as unknown as import('socket.io-client').Socket;
}

/** A bare WebSocket, after the handshakes of Engine.IO and Socket.IO. */
async function connected({ server }: Tiketi): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/socket.io/?EIO=4&transport=websocket`);
  await once(socket, 'message');
  socket.send('40');
  await once(socket, 'message');
  return socket;
}

/** Asks for something good; a connection that was ended meanwhile does not answer. */
function servedOrClosed(socket: WebSocket): Promise<'answered' | 'closed'> {
  return new Promise(done => {
    socket.addEventListener('message', ({ data }) => {
      if (String(data).startsWith('43777[')) done('answered');
    });
    socket.addEventListener('close', () => done('closed'));
    socket.addEventListener('error', () => done('closed'));
    socket.send('42777["showing:watch",{"showingId":1}]');
  });
}
