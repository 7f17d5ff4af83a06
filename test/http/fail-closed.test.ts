import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { callbackPath, storedCallbacks, successBody } from '../support/callbacks.ts';
import { change, openOffice, owed, payInSilence, rowsOf, until } from '../support/office.ts';
import { STORE } from '../support/stores.ts';
import { dumpTables } from '../support/table-dump.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const CRASHED_MS = 6_000; // After which the janitor takes over what nobody settled.
const MINUTE_MS = 60_000;

interface Breakage {
  what: string;
  breaks: string[];
  mends: string[];
}

const refuse = (table: string, doing: 'insert on' | 'update on' | 'delete on'): Breakage => ({
  what: `${doing.split(' ')[0]} ${table}`,
  breaks:
    STORE === 'sqlite'
      ? [`create trigger broken before ${doing} ${table} begin select raise(abort, 'broken on purpose'); end`]
      : [
          `create function broken() returns trigger language plpgsql as 'begin raise exception $$broken on purpose$$; end'`,
          `create trigger broken before ${doing} ${table} for each row execute function broken()`,
        ],
  mends: STORE === 'sqlite' ? ['drop trigger broken'] : ['drop function broken cascade'],
});
const mislay = (table: string): Breakage => ({
  what: `read ${table}`,
  breaks: [`alter table ${table} rename to mislaid`],
  mends: [`alter table mislaid rename to ${table}`],
});
const garble = (table: string, column: string): Breakage => ({
  what: `open ${table}.${column}`,
  breaks: [`update ${table} set ${column} = '1.' || substr(${column}, 4)`],
  mends: [],
});

/** Each step between a callback that is stored and a ticket, broken alone. */
const STEPS = [
  ...['receipt', 'ticket', 'audit_entry', 'outbox'].map(table => refuse(table, 'insert on')),
  ...['receipt', 'payment', 'booking', 'showing', 'callback'].map(table => refuse(table, 'update on')),
  ...['receipt', 'showing', 'ticket', 'audit_entry', 'outbox'].map(mislay),
];

for (const { what, breaks, mends } of STEPS)
  test(`S32 money that arrives while we cannot ${what}: taken in, nothing given for it, and counted once when it is mended`, async t => {
    const { tiketi, bookingId, path, body } = await paidUnheard(t);
    const before = moneyOf(tiketi);
    for (const sql of breaks) await change(tiketi, sql);
    assert.equal((await tiketi.customer.ask('POST', path, body)).status, 200, 'what is stored is acknowledged');
    await tiketi.server.idle();
    for (const sql of mends) await change(tiketi, sql);
    assert.deepEqual(moneyOf(tiketi), before, 'no half of it was done');
    assert.equal(storedCallbacks(tiketi)[0]?.state, 'received', 'it waits');
    assert.ok(alarms(tiketi).length > 0, 'and somebody is told');
    await tiketi.pass(CRASHED_MS);
    const { tickets, refunds, payment } = await until(tiketi, bookingId, view => view.state === 'confirmed');
    assert.deepEqual([tickets.length, refunds.length], [2, 0]);
    assert.equal(payment?.receiptNumber, tiketi.simulator.ledger.debits[0]?.receiptNumber);
    assert.equal((await rowsOf(tiketi, 'select * from receipt')).length, 1);
  });

test('S32 ids and callbacks that cannot be unsealed prove nothing: no ticket, and somebody is told', async t => {
  for (const { what, breaks } of [garble('payment', 'idsSealed'), garble('callback', 'bodySealed')]) {
    const { tiketi, path, body } = await paidUnheard(t);
    const before = moneyOf(tiketi);
    for (const sql of what.includes('callback') ? garbleOnArrival() : breaks) await change(tiketi, sql);
    const ids = moneyOf(tiketi);
    assert.equal((await tiketi.customer.ask('POST', path, body)).status, 200);
    await tiketi.pass(CRASHED_MS);
    assert.deepEqual({ ...moneyOf(tiketi), payment: null }, { ...before, payment: null }, what);
    assert.deepEqual(moneyOf(tiketi).payment, ids.payment, what);
    assert.ok(alarms(tiketi).length > 0, what);
  }
});

test('S32 a query that says "paid" while we cannot write is asked again, and believed once we can', async t => {
  const tiketi = await openTiketi(t);
  tiketi.fault('callback-lost');
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  await tiketi.customer.pay(bookingId);
  tiketi.phone.enterPin();
  const { breaks, mends } = refuse('ticket', 'insert on');
  for (const sql of breaks) await change(tiketi, sql);
  for (let rounds = 0; rounds < 3; rounds++) await tiketi.pass(MINUTE_MS);
  assert.ok(alarms(tiketi).length > 0);
  const waiting = await tiketi.customer.see(bookingId);
  assert.deepEqual([waiting.state, waiting.payment?.state, waiting.tickets], ['held', 'pending', []]);
  assert.deepEqual(await rowsOf(tiketi, 'select * from receipt'), []);
  for (const sql of mends) await change(tiketi, sql);
  for (let rounds = 0; rounds < 5; rounds++) await tiketi.pass(MINUTE_MS);
  assert.equal((await tiketi.customer.see(bookingId)).state, 'confirmed');
  assert.equal((await rowsOf(tiketi, 'select * from receipt')).length, 1);
});

test('S32 the result of a refund that we cannot write down ends nothing, and ends it when it is mended', async t => {
  for (const { what, breaks, mends } of [refuse('refund', 'update on'), refuse('audit_entry', 'insert on')]) {
    const office = await openOffice(t);
    const { tiketi } = office;
    const refund = await owed(office);
    await refund.send();
    for (const sql of breaks) await change(tiketi, sql);
    await tiketi.pass(2_000);
    await tiketi.pass(1); // The simulator sends the result when the money is back.
    assert.equal(tiketi.simulator.ledger.reversals.length, 1);
    assert.equal((await tiketi.customer.see(refund.bookingId)).refunds[0]?.state, 'requested', what);
    for (const sql of mends) await change(tiketi, sql);
    await tiketi.pass(CRASHED_MS);
    await refund.untilRefund('done');
  }
});

test('S32 a refund that cannot be written down is not sent', async t => {
  const office = await openOffice(t);
  const refund = await owed(office);
  const { tiketi } = office;
  for (const { what, breaks, mends } of [refuse('refund', 'update on'), refuse('audit_entry', 'insert on')]) {
    for (const sql of breaks) await change(tiketi, sql);
    assert.equal((await refund.send()).status, 500, what);
    await tiketi.pass(2_000);
    for (const sql of mends) await change(tiketi, sql);
    assert.equal(tiketi.simulator.parts.requests['/mpesa/reversal/v1/request'], undefined, what);
    assert.equal((await tiketi.customer.see(refund.bookingId)).refunds[0]?.state, 'due', what);
  }
  assert.equal((await refund.send()).status, 202);
});

/** The PIN was entered; of the success nobody has told yet. */
async function paidUnheard(t: TestContext) {
  const tiketi = await openTiketi(t);
  const { bookingId } = await payInSilence(tiketi);
  await tiketi.server.idle();
  const debit = tiketi.simulator.ledger.debits[0];
  assert.ok(debit);
  return { tiketi, bookingId, path: callbackPath(tiketi), body: successBody(debit) };
}

/** Everything that money could have changed. */
function moneyOf(tiketi: Tiketi) {
  const { receipt, payment, booking, showing, ticket, refund, audit_entry } = dumpTables(tiketi);
  return { receipt, payment, booking, showing, ticket, refund, audit_entry };
}

function garbleOnArrival(): string[] {
  if (STORE === 'sqlite')
    return [
      `create trigger garbled after insert on callback begin
        update callback set bodySealed = substr(bodySealed, 1, length(bodySealed) - 1) where id = new.id; end`,
    ];
  return [
    `create function garble() returns trigger language plpgsql
      as 'begin new."bodySealed" = substr(new."bodySealed", 1, length(new."bodySealed") - 1); return new; end'`,
    'create trigger garbled before insert on callback for each row execute function garble()',
  ];
}

function alarms({ logged }: Tiketi): string[] {
  return logged.filter(line => JSON.parse(line).level >= 50);
}
