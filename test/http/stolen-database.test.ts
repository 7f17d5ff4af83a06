import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { PHONE } from '../support/customer.ts';
import { BROKEN } from '../support/invariants.ts';
import { openOffice, passResult, rowsOf, until } from '../support/office.ts';
import { bytesKept, dumpTables } from '../support/table-dump.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const PERSON = { customerName: 'Zipporah Muthoni', phone: '0712 345 678', email: 'zipporah@example.com' };
const KEYS = ['the first key, of thirty-two letters', 'another key of thirty-two letters...'];
/** Of what is random, or no secret. */
const UNKEYED = ['keyHash', 'callbackTokenHash', 'tokenHash', 'passwordHash'];
/** Card numbers as they are printed: 13 to 19 digits that do not stand inside a longer word. */
const CARD = /(?<![0-9A-Za-z_-])(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|3[47]\d{13})(?![0-9A-Za-z_-])/;

test('S22 without the key no hash in the database tells a phone number: all of them could be tried in a minute', async t => {
  const key = randomUUID();
  const [one, other] = await Promise.all(KEYS.map(DATA_KEY => hashesUnder(t, DATA_KEY, key)));
  assert.ok(one && other);
  assert.ok(Object.keys(one).length >= 6, `the columns were really found: ${Object.keys(one)}`);
  for (const [column, hash] of Object.entries(one)) {
    assert.match(hash, /^[\w-]{43}$/, column);
    assert.notEqual(hash, other[column], `${column} is the same under another key: anybody can make it`);
  }
});

test('S22 with the database’s files alone nobody learns whose booking it is; with its key one does', async t => {
  const { tiketi, bookingId } = await paidByPerson(t);
  const kept = bytesKept(tiketi).toString('latin1');
  assert.ok(kept.includes(bookingId), 'the files were really read');
  for (const secret of [PHONE, PHONE.slice(3), PERSON.customerName, PERSON.email, 'correct horse'])
    assert.ok(!kept.includes(secret), secret);
  assert.doesNotMatch(kept, CARD, 'nor anything like the number of a card');
  const [row] = await rowsOf<{ phoneSealed: string }>(tiketi, 'select phoneSealed from booking');
  assert.equal(tiketi.server.parts.vault.open(row?.phoneSealed ?? ''), PHONE);
});

test('S24 what was erased cannot be found again by trying: no hash of it is left, and the books still add up', async t => {
  const { tiketi, manager, bookingId } = await paidByPerson(t);
  const { refundIds } = (await manager.does('POST', '/refunds', { bookingId, note: 'as agreed' })) as {
    refundIds: string[];
  };
  await manager.does('POST', `/refunds/${refundIds[0]}/requests`);
  await passResult(tiketi);
  await until(tiketi, bookingId, view => view.refunds[0]?.state === 'done');
  const hashes = Object.values(await personsHashes(tiketi));
  const money = await moneyOf(tiketi);
  await manager.does('DELETE', `/bookings/${bookingId}/personal-data`);
  const after = JSON.stringify(dumpTables(tiketi));
  assert.ok(hashes.length >= 6);
  for (const hash of hashes) assert.ok(!after.includes(hash), hash);
  assert.deepEqual(await moneyOf(tiketi), money, 'receipts, refunds and payments are what they were');
  for (const [rule, sql] of Object.entries(BROKEN))
    if (!rule.startsWith('I3')) assert.deepEqual(await rowsOf(tiketi, sql), [], rule); // Of void tickets I3 says nothing.
  const again = { gateway: 'daraja', phone: PERSON.phone };
  assert.equal((await tiketi.customer.tryToPay(bookingId, again)).status, 409, 'and it is not sold anew');
});

/** A booking and a payment of one person, and what stands in the columns that are hashes. */
async function hashesUnder(t: TestContext, DATA_KEY: string, key: string) {
  const tiketi = await openTiketi(t, { DATA_KEY });
  const { customer } = tiketi;
  const booked = await customer.tryToBook({ showingId: 1, quantity: 2, ...PERSON }, key);
  const { booking } = booked.body as { booking: { bookingId: string } };
  await customer.tryToPay(booking.bookingId, { gateway: 'daraja', phone: PERSON.phone }, key);
  return personsHashes(tiketi);
}

async function personsHashes(tiketi: Tiketi): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of ['booking', 'payment'])
    for (const row of await rowsOf<Record<string, unknown>>(tiketi, `select * from ${table}`))
      for (const [column, value] of Object.entries(row))
        if (column.endsWith('Hash') && !UNKEYED.includes(column) && typeof value === 'string')
          found[`${table}.${column}`] = value;
  return found;
}

async function paidByPerson(t: TestContext) {
  const { tiketi, manager } = await openOffice(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing(), 2, PERSON);
  await tiketi.customer.pay(bookingId, PERSON.phone);
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  await until(tiketi, bookingId, view => view.state === 'confirmed');
  return { tiketi, manager, bookingId };
}

function moneyOf(tiketi: Tiketi) {
  return Promise.all([
    rowsOf(tiketi, 'select * from receipt'),
    rowsOf(tiketi, 'select * from refund'),
    rowsOf(tiketi, 'select id, booking, state, amount, currency, accountReference from payment'),
  ]);
}
