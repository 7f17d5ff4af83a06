import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { BookingView } from '../../shared/views.ts';
import { callbackPath } from '../support/callbacks.ts';
import { MANAGER, untilTrue } from '../support/office.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { dumpTables } from '../support/table-dump.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const SERVER = join(import.meta.dirname, '../../server');
const PUBLIC = /:(movieId|showingId|venueId)/; // What these name is there for everybody to read.
const SAME_FOR_ALL = /^\/(bookings|charges|showings)\/:/; // A page of HTML that asks for the rest by itself.
const OFFICE = '/api/v1/box-office/';
const MINE = '0722000111';
const THEIRS = { customerName: 'Zipporah Muthoni', phone: '0712345678', email: 'zipporah@example.com' };

test('S15 with everything that I have and everything that I may have heard, no route tells or does anything about another’s booking', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off', ...MANAGER });
  const theirs = await bookedAndPaid(tiketi, THEIRS.phone, THEIRS);
  const mine = await bookedAndPaid(tiketi, MINE, { phone: MINE });
  const secrets = secretsOf(theirs.view);
  assert.ok(secrets.length > 6);
  const guesses = guessesAt(theirs, mine);
  const routes = routesWithIds();
  assert.ok(routes.length >= 12, `only ${routes.length} routes were found`);
  await tiketi.server.idle();
  const { callback: _, ...before } = dumpTables(tiketi);
  let asked = 0;
  for (const { method, path } of routes)
    for (const guess of guesses) {
      const answer = await ask(tiketi, { method, path: path.replaceAll(/:\w+/g, guess) });
      asked += 1;
      const what = `${method} ${path} with ${guess}: ${answer.status} ${answer.body.slice(0, 200)}`;
      for (const secret of secrets) assert.ok(!answer.body.includes(secret), `${what} tells ${secret}`);
      if (!SAME_FOR_ALL.test(path))
        assert.ok([401, 404].includes(answer.status), `${what}: neither "who are you?" nor "not found"`);
    }
  await tiketi.server.idle();
  const { callback: __, ...after } = dumpTables(tiketi);
  assert.deepEqual(after, before, `${asked} requests, and nothing changed`);
  const known = await ask(tiketi, { method: 'GET', path: `/api/v1/bookings/${theirs.view.bookingId}` });
  for (const secret of secrets) assert.ok(known.body.includes(secret), `its own id is the right to see ${secret}`);
});

test('S15 my own idempotency key and my own body, on another’s booking, are no way in', async t => {
  const tiketi = await openTiketi(t);
  const key = randomUUID();
  const wish = { gateway: 'daraja', phone: MINE };
  const showing = await tiketi.addShowing();
  const [mine, theirs] = [await tiketi.customer.book(showing), await tiketi.customer.book(showing)];
  assert.equal((await tiketi.customer.tryToPay(mine.bookingId, wish, key)).status, 202);
  const there = await tiketi.customer.tryToPay(theirs.bookingId, wish, key);
  assert.equal(there.status, 409, 'a payment of its own, which my phone is too busy for');
  assert.ok(!JSON.stringify(there.body).includes(mine.bookingId));
});

test('S14 a socket that names another’s booking by anything but its id hears nothing of it, then or later', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const theirs = await bookedAndPaid(tiketi, THEIRS.phone, THEIRS);
  const mine = await bookedAndPaid(tiketi, MINE, { phone: MINE });
  const socket = tiketi.customer.socket();
  const heard: string[] = [];
  socket.onAny((event: string, view: BookingView) => void heard.push(`${event} ${view.bookingId}`));
  await socket.emitWithAck('booking:watch', { bookingId: mine.view.bookingId });
  for (const guess of guessesAt(theirs, mine).map(decodeURIComponent))
    for (const bookingId of [guess, `booking:${guess}`, `booking:${theirs.view.bookingId}`]) {
      const answer = await socket.emitWithAck('booking:watch', { bookingId });
      assert.deepEqual(answer, { problem: { code: 'not_found' } }, bookingId);
    }
  for (const { view } of [theirs, mine]) await changeVersion(tiketi, view.bookingId);
  await untilTrue(async () => heard.length > 0);
  assert.deepEqual(heard, [`booking:changed ${mine.view.bookingId}`]);
});

interface Known {
  view: BookingView;
  callbackToken: string;
  checkoutRequestId: string;
}

/** Two places, paid and confirmed. */
async function bookedAndPaid(tiketi: Tiketi, phone: string, person: object): Promise<Known> {
  const { customer } = tiketi;
  const { bookingId } = await customer.book(await tiketi.addShowing(), 2, { ...person });
  await customer.pay(bookingId, phone);
  const callbackToken = callbackPath(tiketi).slice(-32);
  tiketi.phone.enterPin('1234', `254${phone.slice(1)}`);
  await tiketi.pass(2_000);
  await untilTrue(async () => (await customer.see(bookingId)).state === 'confirmed');
  const { checkoutRequestId } = tiketi.simulator.ledger.debits.at(-1) ?? { checkoutRequestId: '' };
  return { view: await customer.see(bookingId), callbackToken, checkoutRequestId };
}

/** What only those may read who know the booking's id. */
function secretsOf({ bookingId, customerName, phone, payment, tickets }: BookingView): string[] {
  const codes = tickets.map(({ ticketCode }) => ticketCode);
  const all = [bookingId, customerName, phone, payment?.paymentId, payment?.receiptNumber, ...codes];
  return all.filter(secret => typeof secret === 'string');
}

/** Everything of theirs that is read out, printed or sent to others, the id nearly, and everything of mine. */
function guessesAt(theirs: Known, mine: Known): string[] {
  const { bookingId, reference, payment, tickets } = theirs.view;
  const last = bookingId.slice(-1);
  return [
    ...[reference, payment?.paymentId ?? '', payment?.receiptNumber ?? '', tickets[0]?.ticketCode ?? ''],
    ...['254712345678', '0712345678', theirs.checkoutRequestId, theirs.callbackToken, '1', '2'],
    ...[bookingId.slice(0, -1) + (last === '0' ? '1' : '0'), bookingId.slice(0, -1), `${bookingId}0`],
    ...[`${bookingId.slice(0, -1)}%25`, `${bookingId.slice(0, -1)}_`, '%25', '*', `${bookingId}%00`],
    ...[mine.callbackToken, mine.view.payment?.paymentId ?? '', mine.view.reference],
  ];
}

/** Every route of the product that takes an id, as it stands in the code: a new one is swept without being asked. */
function routesWithIds(): { method: string; path: string }[] {
  const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' }).filter(name =>
    /(routes|app)\.ts$/.test(name),
  );
  return files
    .filter(name => !name.startsWith('simulator'))
    .flatMap(name => [
      ...readFileSync(join(SERVER, name), 'utf8').matchAll(/\.(get|post|put|patch|delete)\(\s*['`]([^'`]*)['`]/g),
    ])
    .map(([, method = '', path = '']) => ({
      method: method.toUpperCase(),
      path: path.replace(/\$\{\w+\}\/?/, OFFICE),
    }))
    .filter(({ path }) => path.includes(':') && (path.startsWith(OFFICE) || !PUBLIC.test(path)))
    .filter(({ path }) => !path.startsWith('/callbacks/')); // Tokens of gateways, with tests of their own.
}

/** As a customer asks who has booked something, and as a stranger at the box office. */
async function ask({ url }: Tiketi, { method, path }: { method: string; path: string }) {
  const body = {
    gateway: 'daraja',
    phone: MINE,
    note: 'give it to me',
    state: 'done',
    proof: 'trust me',
    as: 'refund',
  };
  const headers = { 'Idempotency-Key': 'a-key-for-one-intention', Cookie: `tiketi=${'0'.repeat(64)}` };
  const sent = rawRequest(method, path, headers, method === 'POST' ? JSON.stringify(body) : '');
  const answer = await sendRaw(url, sent);
  return { status: answer.status, body: Buffer.from(answer.body, 'latin1').toString() };
}

/** Its watchers are told of a new version. */
async function changeVersion({ server }: Tiketi, bookingId: string) {
  const { database, wakeRelay } = server.parts;
  await database.write(async em => {
    await em.execute(`update booking set version = version + 1 where id = '${bookingId}'`);
    await em.execute(
      `insert into outbox (topic, subject, showing, version) select 'booking', id, showing, version from booking where id = '${bookingId}'`,
    );
  });
  wakeRelay();
  await server.idle();
}
