import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { PHONE, problemOf } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { openSideDoor } from '../support/side-door.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const EMAIL = 'wanjiru.kamau@example.com';
const NAME = 'Wanjiru Kamau';
const COOKIE = 'tiketi-session=5f2c9a8d7e6b4c3a';
const QUERY = 'utm_secret=Zebra';
const SPOILT = `create trigger spoilt before insert on booking begin
  select raise(abort, 'no place for "' || new.id || '" ' || new.phoneMasked || ' ' || new.reference); end`;

/** Stands for Sentry. What never answers keeps whoever asks waiting for ever. */
async function openSentry(t: TestContext, { answers }: { answers: boolean }) {
  const envelopes: string[] = [];
  let asked = 0;
  const http = createServer((request, response) => {
    asked++;
    if (!answers) return;
    const chunks: Buffer[] = [];
    request.on('data', chunk => void chunks.push(chunk));
    request.on('end', () => {
      envelopes.push(`${request.url} ${JSON.stringify(request.headers)}\n${Buffer.concat(chunks)}`);
      response.end('{}');
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  t.after(() => {
    http.closeAllConnections();
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  return { envelopes, asked: () => asked, dsn: `http://abcdefabcdef@127.0.0.1:${port}/1` };
}

async function openSpoilt(t: TestContext, SENTRY_DSN: string) {
  const tiketi = await openTiketi(t, { SENTRY_DSN, LOG_LEVEL: 'silent' }, { store: 'sqlite' });
  const door = openSideDoor(tiketi.server.parts.config.database);
  t.after(() => door.close());
  const { showingId } = await tiketi.customer.payableShowing();
  door.change(SPOILT);
  return { tiketi, book: () => bookInVain(tiketi, showingId) };
}

async function bookInVain({ customer }: Tiketi, showingId: number) {
  const wish = { showingId, quantity: 1, phone: PHONE, email: EMAIL, customerName: NAME };
  const headers = { cookie: COOKIE, 'idempotency-key': crypto.randomUUID() };
  const answer = await customer.ask('POST', `/api/v1/bookings?${QUERY}`, wish, headers);
  assert.deepEqual([answer.status, problemOf(answer).code], [500, 'internal']);
}

test('an unexpected error is reported with where it happened, and nothing of whom it happened to', async t => {
  const { dsn, envelopes } = await openSentry(t, { answers: true });
  const { book } = await openSpoilt(t, dsn);
  await book();
  await eventually(() => envelopes.length === 1);
  const [envelope = ''] = envelopes;
  for (const told of ['"type":"SqliteError"', '"value":"SQLITE_CONSTRAINT_TRIGGER: no place for … … …"'])
    assert.ok(envelope.includes(told), `${told} is missing in ${envelope}`);
  for (const told of [
    '"what":"a request failed"',
    '"environment":"test"',
    '"filename":"server/booking/hold-places.ts"',
  ])
    assert.ok(envelope.includes(told), `${told} is missing in ${envelope}`);
  assertDiscreet(envelope, []);
});

test('however an error quotes what it was about, its report does not', async t => {
  const { dsn, envelopes } = await openSentry(t, { answers: true });
  const { tiketi } = await openSpoilt(t, dsn);
  const { customer, server } = tiketi;
  const token = 'c0ffee11c0ffee11c0ffee11c0ffee11';
  const body = JSON.stringify({
    Body: { stkCallback: { MpesaReceiptNumber: 'SJK4H7L2P0', PhoneNumber: Number(PHONE) } },
  });
  const errors = [
    new Error(`Unexpected end of ${body}`),
    new Error(`POST ${customer.url}/callbacks/daraja/${token}?${QUERY} failed`),
    new Error(`no such booking: ${customer.url}/bookings/${token}`),
    new Error(`no mailbox ${EMAIL} of ${NAME}, booking KLMNPQRS, call +254 712 345 678 or 0712-345-678`, {
      cause: Object.assign(new Error(`Cookie: ${COOKIE}`), { code: PHONE, body }),
    }),
    Object.assign(new Error(`first line\n    at ${token} (/${PHONE}:1:1)\n  at file:///x/${EMAIL}:1:1`), {
      name: EMAIL,
    }),
  ];
  for (const error of errors) server.parts.inBackground('settle', Promise.reject(error));
  await eventually(() => envelopes.length === errors.length);
  for (const envelope of envelopes) {
    assert.ok(envelope.includes('"what":"settle failed"'), envelope);
    assertDiscreet(envelope, [
      token,
      'SJK4H7L2P0',
      'stkCallback',
      'c0ffee',
      '712 345',
      '0712-345',
      'KLMNPQRS',
      'callbacks',
      '/x/',
    ]);
  }
});

test('a Sentry that never answers keeps nobody waiting, and is not asked without end', async t => {
  const { dsn, asked } = await openSentry(t, { answers: false });
  const { tiketi, book } = await openSpoilt(t, dsn);
  for (let turn = 0; turn < 30; turn++) await book();
  await eventually(() => asked() > 0);
  assert.ok(asked() <= 5, `asked ${asked()} times`);
  await tiketi.restart(); // And the server stops all the same.
  await book();
});

test('nor does one that is not there, and a wrong DSN is refused without being quoted', async t => {
  const { book } = await openSpoilt(t, 'http://abcdefabcdef@127.0.0.1:9/1');
  for (let turn = 0; turn < 10; turn++) await book();
  for (const wrong of ['http://topsecret@sentry.example.com/1', 'https://sentry.example.com/topsecret', 'topsecret'])
    await assert.rejects(openTiketi(t, { SENTRY_DSN: wrong }), ({ message }: Error) => {
      assert.match(message, /SENTRY_DSN: Not a DSN/);
      return !message.includes('topsecret');
    });
});

/** Everything that is somebody's, in any spelling of it. */
function assertDiscreet(envelope: string, further: string[]) {
  const digits = [PHONE, PHONE.slice(3), PHONE.slice(-6)];
  for (const secret of [
    ...digits,
    EMAIL,
    'example.com',
    'Wanjiru',
    'Kamau',
    COOKIE,
    '5f2c9a8d',
    QUERY,
    'Zebra',
    ...further,
  ])
    assert.ok(!envelope.includes(secret), `${secret} was reported: ${envelope}`);
}
