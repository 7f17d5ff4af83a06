import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbackPath, successBody } from '../support/callbacks.ts';
import { PHONE } from '../support/customer.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { bytesKept } from '../support/table-dump.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const CALLBACK_MS = 2_000;
const TYPED = '0712 345 678';
const LAST_NINE = PHONE.slice(-9);
/** The number in any spelling, and its neighbours below: their digits, with whatever people put between them. */
const SPELT = new RegExp([...LAST_NINE.slice(0, -1)].join('[\\s().\\-/\\u00a0]{0,2}'));
const MASKED = '2547•••••678';

test('S3 S21 S22 no phone number, token, id or secret is ever written into the log, whatever goes wrong', async t => {
  const tiketi = await openTiketi(t, { LOG_LEVEL: 'trace', DATA_KEY: 'a data key of more than 32 characters' });
  const secrets = await liveThrough(tiketi);
  await breakEverything(tiketi, secrets);
  const errors = tiketi.logged.filter(line => JSON.parse(line).level >= 50);
  assert.ok(errors.length > 5, 'much went wrong, and was logged');
  for (const line of tiketi.logged) {
    assert.doesNotMatch(line, SPELT);
    for (const secret of [...secrets, LAST_NINE])
      for (const written of [
        secret,
        Buffer.from(secret).toString('base64').slice(0, -4),
        Buffer.from(secret).join(','),
      ])
        assert.ok(!line.includes(written), `${secret} in ${line}`);
  }
});

test('S22 no phone number can be read in the database’s files, nor heard on a socket', async t => {
  const tiketi = await openTiketi(t);
  const frames: string[] = [];
  const socket = tiketi.customer.socket();
  socket.io.on('open', () => socket.io.engine.on('packet', packet => void frames.push(String(packet.data))));
  const { bookingId } = await tiketi.customer.book(1, 2, { phone: TYPED, email: 'amina@example.com' });
  await socket.emitWithAck('booking:watch', { bookingId });
  await socket.emitWithAck('showing:watch', { showingId: 1 });
  const watch = await tiketi.customer.watch(bookingId);
  await liveThrough(tiketi, bookingId);
  await watch.untilState('confirmed');
  await socket.emitWithAck('booking:watch', { bookingId });
  assert.ok(
    frames.some(frame => frame.includes(MASKED)),
    'the frames were really heard',
  );
  for (const frame of frames) assert.doesNotMatch(frame, SPELT);
  const kept = bytesKept(tiketi);
  assert.ok(kept.includes(MASKED), 'the files were really read');
  assert.ok(kept.includes(bookingId));
  assert.doesNotMatch(kept.toString('latin1'), SPELT);
  for (const written of waysToWrite(PHONE)) assert.equal(kept.includes(written), false, written.toString('hex'));
  assert.equal(kept.includes('amina@example.com'), false);
});

/** A number as text in UTF-16, as base64 whatever stands before it, and as SQLite keeps a whole number. */
function waysToWrite(phone: string): Buffer[] {
  const asBase64 = ['', ' ', '  '].map(before => {
    const text = Buffer.from(before + LAST_NINE).toString('base64');
    return Buffer.from(text.slice(before.length === 0 ? 0 : 4, -4));
  });
  const asNumbers = [phone, LAST_NINE].flatMap(digits => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(digits));
    return [bytes.subarray(digits === phone ? 3 : 4)];
  });
  return [Buffer.from(LAST_NINE, 'utf16le'), ...asBase64, ...asNumbers];
}

/** Everything that can happen to a customer; answers what nobody may read in a log. */
async function liveThrough(tiketi: Tiketi, bookingId?: string): Promise<string[]> {
  const { customer, phone, pass, simulator } = tiketi;
  const mine = bookingId ?? (await customer.book(1, 2, { phone: TYPED })).bookingId;
  const { payment } = await customer.pay(mine, TYPED);
  const path = callbackPath(tiketi);
  await customer.ask('POST', `/api/v1/bookings/${mine}/checks`);
  const watch = await customer.watch(mine);
  phone.enterPin();
  await pass(CALLBACK_MS);
  const { reference, tickets } = await watch.untilState('confirmed');
  const [debit] = simulator.ledger.debits;
  assert.ok(debit);
  await customer.ask('POST', '/api/v1/bookings/lookups', { reference, phone: TYPED });
  for (const body of [
    successBody(debit),
    successBody({ ...debit, amount: 1, receiptNumber: 'ODDONE1234' }),
    `odd ${PHONE}`,
  ])
    await customer.ask('POST', path, body);
  await customer.ask('POST', `${path.slice(0, -1)}x`, successBody(debit));
  await customer.ask('GET', `/api/v1/bookings/${mine}/tickets.pdf`);
  await meetFaults(tiketi);
  await sendRaw(
    tiketi.url,
    `POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n${PHONE}`,
    200,
  );
  await sendRaw(tiketi.url, `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n${PHONE}`, 200);
  const { consumerKey, consumerSecret, passkey } = simulator.settings;
  const basic = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
  const ids = [mine, payment.paymentId, debit.checkoutRequestId, debit.merchantRequestId];
  const codes = tickets.map(({ ticketCode }) => ticketCode);
  const keys = [consumerKey, consumerSecret, passkey, basic, 'a data key of more', simulator.parts.access.token];
  return [path.slice(-32), ...ids, ...codes, ...keys].filter(secret => typeof secret === 'string');
}

/** Pushes that are refused, lost and misunderstood, callbacks that are odd, queries that fail. */
async function meetFaults(tiketi: Tiketi) {
  const { customer, pass } = tiketi;
  const faults = ['refused-phone', 'answer-reset', 'answer-error-paid', 'callback-wrong-amount', 'query-down'] as const;
  for (const [at, fault] of faults.entries()) {
    tiketi.fault(fault);
    const number = `25471234567${at}`; // Each a phone of its own; none is the one that is looked for.
    const { bookingId } = await customer.book(1, 1, { phone: number });
    await customer.pay(bookingId, number);
    await pass(CALLBACK_MS);
    await pass(60_000);
  }
}

/** The tables are gone: every request, callback, watch and round fails, each with the secrets in its hands. */
async function breakEverything(tiketi: Tiketi, secrets: string[]) {
  const { customer, server, url } = tiketi;
  const [token = '', bookingId = ''] = secrets;
  const tables = ['booking', 'payment', 'callback'];
  const debit = tiketi.simulator.ledger.debits[0];
  assert.ok(debit);
  for (const table of tables) {
    await server.parts.database.write(em => em.execute(`alter table ${table} rename to mislaid`));
    await customer.tryToBook({ showingId: 1, quantity: 1, phone: TYPED });
    await customer.tryToPay(bookingId, { gateway: 'daraja', phone: TYPED });
    await customer.ask('POST', '/api/v1/bookings/lookups', { reference: 'ZZZZZZZZ', phone: TYPED });
    await sendRaw(url, rawRequest('POST', `/callbacks/daraja/${token}`, {}, successBody(debit)));
    await sendRaw(url, rawRequest('GET', `/api/v1/bookings/${bookingId}`));
    await customer.socket().emitWithAck('booking:watch', { bookingId });
    await tiketi.pass(10_000);
    await server.parts.database.write(em => em.execute(`alter table mislaid rename to ${table}`));
  }
}
