import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { request } from 'undici';
import { storeCallback } from '../../server/payment/receive-callback.ts';
import { callbackPath, type Said, storedCallbacks, successBody } from '../support/callbacks.ts';
import { assertHarmless } from '../support/refused.ts';
import { dumpTables } from '../support/table-dump.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const CALLBACK_MS = 2_000;
const CRASHED_MS = 6_000; // After which the janitor takes over what nobody settled.
const YEAR_MS = 365 * 24 * 3_600_000;
const ACCEPTED = '{"ResultCode":0,"ResultDesc":"Accepted"}';
const BODY_MAX = 65_536;
const QUERY = '/mpesa/stkpushquery/v1/query';

test('S1 a wrong token is answered exactly as an address that never was', async t => {
  const tiketi = await openTiketi(t);
  await bookAndPay(tiketi);
  const right = callbackPath(tiketi);
  const token = right.slice(-32);
  const bodies = ['', '{}', 'x'.repeat(4_096), 'x'.repeat(4_097), 'x'.repeat(BODY_MAX + 1), 'x'.repeat(1_000_000)];
  const wrong = [
    ...['/callbacks/daraja/x', `/callbacks/daraja/${'0'.repeat(32)}`, '/api/mpesa-callback/x', '/callbacks/daraja/%00'],
    ...[right.toUpperCase().replace('/CALLBACKS/DARAJA', '/callbacks/daraja'), `${right}0`, right.slice(0, -1)],
    ...[`/callbacks/pesapal/${token}`, `/callbacks/daraja/${token}/x`, `/callbacks/daraja/%20${token}`],
  ];
  for (const body of bodies) {
    const unknown = await post(tiketi, '/nothing-here', body);
    assert.equal(unknown.status, 404);
    for (const path of wrong)
      assert.deepEqual(await post(tiketi, path, body), unknown, `${path}, ${body.length} bytes`);
  }
});

test('S1 a token with one bit wrong is as wrong as any other', async t => {
  const tiketi = await openTiketi(t);
  const { said } = await bookAndPay(tiketi, 'callback-lost');
  const path = callbackPath(tiketi);
  const token = BigInt(`0x${path.slice(-32)}`);
  await assertHarmless(tiketi, 'one bit', async () => {
    const nearly = Array.from({ length: 128 }, (_, bit) =>
      (token ^ (1n << BigInt(bit))).toString(16).padStart(32, '0'),
    );
    const answers = await Promise.all(nearly.map(one => post(tiketi, `/callbacks/daraja/${one}`, successBody(said))));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([404]));
  });
  assert.equal((await post(tiketi, path, successBody(said))).status, 200, 'the right one is right');
});

test('S4 S6 the right token of another payment is not believed about this one', async t => {
  const tiketi = await openTiketi(t);
  const mine = await bookAndPay(tiketi, 'callback-lost');
  const showing = await tiketi.addShowing();
  const other = await tiketi.customer.book(showing);
  await tiketi.customer.pay(other.bookingId, '0712345679');
  assert.equal((await post(tiketi, callbackPath(tiketi), successBody(mine.said))).status, 200);
  await tiketi.server.idle();
  const [quarantined] = storedCallbacks(tiketi);
  assert.equal(quarantined?.state, 'quarantined');
  for (const { bookingId } of [mine, other]) assert.equal((await tiketi.customer.see(bookingId)).state, 'held');
  await post(tiketi, mine.path, successBody(mine.said));
  await tiketi.server.idle();
  const confirmed = await tiketi.customer.see(mine.bookingId);
  assert.equal(confirmed.state, 'confirmed', 'the money is counted where it belongs');
  assert.equal(confirmed.payment?.receiptNumber, mine.said.receiptNumber);
  assert.equal((await tiketi.customer.see(other.bookingId)).state, 'held');
});

test('S28 under the right token anything at all is kept byte for byte and accepted, in exactly these words', async t => {
  const tiketi = await openTiketi(t);
  const { said, bookingId, path } = await bookAndPay(tiketi, 'callback-lost');
  const bodies = [
    ...['', ' ', 'null', '0', '[]', '{}', '{"Body":null}', '{"Body":{"stkCallback":[]}}', 'ResultCode=0', '<xml/>'],
    ...[Buffer.from([0, 1, 2, 0xff, 0xfe]), Buffer.from('﻿{}'), Buffer.from('{}', 'utf16le'), randomBytes(BODY_MAX)],
    ...['['.repeat(30_000), `{"Body":${'{"Body":'.repeat(5_000)}1${'}'.repeat(5_001)}`, 'x'.repeat(BODY_MAX)],
  ].map(body => Buffer.from(body));
  for (const body of bodies) {
    const answer = await post(tiketi, path, body);
    assert.equal(answer.status, 200, body.subarray(0, 60).toString());
    assert.equal(answer.body, ACCEPTED);
    assert.match(String(answer.headers['content-type']), /^application\/json\b/);
  }
  await tiketi.server.idle();
  const stored = storedCallbacks(tiketi);
  assert.deepEqual(
    stored.map(({ body }) => body.toString('base64')),
    bodies.map(body => body.toString('base64')),
  );
  assert.ok(stored.every(({ state }) => state === 'ignored'));
  assert.equal((await post(tiketi, path, 'x'.repeat(BODY_MAX + 1))).status, 413);
  assert.equal(storedCallbacks(tiketi).length, bodies.length, 'what is too large is not kept');
  await post(tiketi, path, successBody(said));
  await tiketi.server.idle();
  assert.equal((await tiketi.customer.see(bookingId)).state, 'confirmed', 'none of it was in the way');
});

test('S28 no callback, however odd, is left unsettled or stops the next one', async t => {
  const tiketi = await openTiketi(t);
  const { said, bookingId, path } = await bookAndPay(tiketi, 'callback-lost');
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('0', 0, 1, 1032, '1037', -0, 1e99, '', '00', null));
  const value = fc.oneof(odd, fc.constantFrom('NLJ7RT61SV', 1, '500.00', 20261122150000, 99999999999999));
  const name = fc.oneof(fc.constantFrom('Amount', 'MpesaReceiptNumber', 'TransactionDate'), fc.string());
  const items = fc.array(fc.oneof(fc.record({ Name: name, Value: value }), odd), { maxLength: 5 });
  const report = fc.record(
    {
      MerchantRequestID: fc.oneof(odd, fc.constant(said.merchantRequestId)),
      CheckoutRequestID: fc.oneof(odd, fc.constant(said.checkoutRequestId)),
      ResultCode: odd,
      CallbackMetadata: fc.oneof(odd, fc.record({ Item: items })),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(report, async stkCallback => {
      const answer = await post(tiketi, path, JSON.stringify({ Body: { stkCallback } }));
      assert.equal(answer.body, ACCEPTED);
    }),
    { numRuns: 200 },
  );
  await tiketi.server.idle();
  assert.deepEqual(
    storedCallbacks(tiketi).filter(({ state }) => state === 'received'),
    [],
  );
  assert.deepEqual(
    tiketi.logged.filter(line => JSON.parse(line).level >= 50),
    [],
  );
  await post(tiketi, path, successBody(said));
  await tiketi.server.idle();
  assert.equal((await tiketi.customer.see(bookingId)).state, 'confirmed');
});

test('the address of the tutorial’s callbacks is the same door', async t => {
  const tiketi = await openTiketi(t);
  const { said, bookingId, path } = await bookAndPay(tiketi, 'callback-lost');
  const answer = await post(tiketi, path.replace('/callbacks/daraja/', '/api/mpesa-callback/'), successBody(said));
  assert.equal(answer.status, 200);
  assert.equal(answer.body, ACCEPTED);
  await tiketi.server.idle();
  assert.equal((await tiketi.customer.see(bookingId)).state, 'confirmed');
});

test('a callback that was kept and not settled, because we crashed in between, is settled after the restart', async t => {
  const tiketi = await openTiketi(t);
  const { said, bookingId, paymentId } = await bookAndPay(tiketi, 'callback-lost');
  const body = Buffer.from(successBody(said));
  await storeCallback(tiketi.server.parts, paymentId, { gateway: 'daraja', body, sourceAddress: '127.0.0.1' });
  await tiketi.restart();
  assert.equal((await tiketi.customer.see(bookingId)).state, 'held');
  await tiketi.pass(CRASHED_MS);
  const confirmed = await tiketi.customer.see(bookingId);
  assert.equal(confirmed.state, 'confirmed');
  assert.equal(confirmed.payment?.receiptNumber, said.receiptNumber);
  assert.equal(tiketi.simulator.parts.requests[QUERY], undefined, 'nobody had to ask');
});

test('S5 a genuine callback sent again a year later is accepted and credits nothing', async t => {
  const tiketi = await openTiketi(t);
  const { said, bookingId, path } = await bookAndPay(tiketi);
  await tiketi.pass(YEAR_MS);
  await tiketi.server.idle();
  const { callback: _, ...before } = dumpTables(tiketi);
  assert.equal((await post(tiketi, path, successBody(said))).body, ACCEPTED);
  await tiketi.server.idle();
  const { callback: __, ...after } = dumpTables(tiketi);
  assert.deepEqual(after, before);
  assert.equal((await post(tiketi, path, successBody({ ...said, amount: said.amount + 1 }))).body, ACCEPTED);
  await tiketi.server.idle();
  const view = await tiketi.customer.see(bookingId);
  assert.equal(view.tickets.length, 2);
  assert.deepEqual(view.refunds, []);
});

test('S32 a callback that cannot be stored is not accepted', async t => {
  const tiketi = await openTiketi(t);
  const { said, path } = await bookAndPay(tiketi, 'callback-lost');
  const { database } = tiketi.server.parts;
  await database.write(em => em.execute('alter table callback rename to mislaid'));
  assert.equal((await post(tiketi, path, successBody(said))).status, 500);
  await database.write(em => em.execute('alter table mislaid rename to callback'));
  assert.equal((await post(tiketi, path, successBody(said))).status, 200);
});

interface Paid {
  bookingId: string;
  paymentId: string;
  /** Where to report. */
  path: string;
  /** What the gateway knows of it. */
  said: Said;
}

/** Two places, the PIN entered; the gateway's callback comes, or is lost. */
async function bookAndPay(tiketi: Tiketi, fault?: 'callback-lost'): Promise<Paid> {
  if (fault) tiketi.fault(fault);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing(), 2);
  const { payment } = await tiketi.customer.pay(bookingId);
  const path = callbackPath(tiketi);
  const watch = await tiketi.customer.watch(bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  if (!fault) await watch.untilState('confirmed');
  const said = tiketi.simulator.ledger.debits.at(-1);
  assert.ok(said);
  return { bookingId, paymentId: payment.paymentId, path, said };
}

/** Everything of an answer but the second in which it was given. */
async function post({ url }: Tiketi, path: string, body: string | Buffer) {
  const answer = await request(url + path, { method: 'POST', body });
  const { date: _, ...headers } = answer.headers;
  return { status: answer.statusCode, headers, body: await answer.body.text() };
}
