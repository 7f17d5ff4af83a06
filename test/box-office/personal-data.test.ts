import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE, problemOf } from '../support/customer.ts';
import { bookAndPay, decideRefund, openOffice, owed, passResult, rowsOf } from '../support/office.ts';
import { bytesKept } from '../support/table-dump.ts';
import type { Tiketi } from '../support/tiketi.ts';

const DAY = 24 * 3_600_000;
const NAME = 'Zipporah Muthoni';

/** Every value of every table that people's data could be in, opened where it is sealed. */
async function everythingKept(tiketi: Tiketi): Promise<string> {
  const kept: string[] = [];
  for (const table of ['booking', 'payment', 'callback', 'audit_entry', 'receipt', 'refund', 'outbox'])
    for (const row of await rowsOf<Record<string, unknown>>(tiketi, `select * from ${table}`))
      for (const [column, value] of Object.entries(row))
        kept.push(column, String(value), opened(tiketi, column, value));
  return kept.join('\n');
}

function opened({ server }: Tiketi, column: string, value: unknown): string {
  if (!column.endsWith('Sealed')) return '';
  if (value instanceof Uint8Array) return server.parts.vault.openBytes(value).toString();
  return typeof value !== 'string' || value === 'erased' ? '' : server.parts.vault.open(value);
}

/** Paid, refunded, with a name: everything that we could know of somebody. */
async function knownCustomer(t: Parameters<typeof openOffice>[0]) {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  const showing = await tiketi.addShowing();
  const booking = await tiketi.customer.book(showing, 2, { customerName: NAME, phone: PHONE, email: 'z@example.com' });
  await tiketi.customer.pay(booking.bookingId);
  return { tiketi, manager, bookingId: booking.bookingId, path: `/bookings/${booking.bookingId}/personal-data` };
}

test('a manager can hand out everything that is kept about somebody', async t => {
  const { manager, path } = await knownCustomer(t);
  const { name, phone, email, payments } = (await manager.does('GET', path)) as Record<string, unknown>;
  assert.deepEqual({ name, phone, email }, { name: NAME, phone: PHONE, email: 'z@example.com' });
  assert.equal((payments as { phone: string }[])[0]?.phone, PHONE);
  assert.equal((await manager.ask('GET', `/bookings/${'f'.repeat(32)}/personal-data`)).status, 404);
});

test('erasing waits for an open payment, then forgets the person everywhere and keeps the money', async t => {
  const { tiketi, manager, bookingId, path } = await knownCustomer(t);
  assert.equal(problemOf(await manager.ask('DELETE', path)).code, 'not_possible_now');
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  const watch = await tiketi.customer.watch(bookingId);
  await watch.untilState('confirmed');
  const refundId = await decideRefund(manager, bookingId);
  await manager.does('POST', `/refunds/${refundId}/requests`);
  await passResult(tiketi);
  await watch.until(view => view.refunds[0]?.state === 'done');
  const money = () => rowsOf(tiketi, 'select number, amount, allocation from receipt');
  const before = await money();
  assert.ok((await everythingKept(tiketi)).includes(PHONE));
  assert.ok(!bytesKept(tiketi).toString('latin1').includes(NAME), 'a stolen file names nobody');

  assert.equal((await manager.ask('DELETE', path)).status, 204);
  const after = await everythingKept(tiketi);
  for (const trace of [PHONE, PHONE.slice(3), NAME, 'z@example.com']) assert.ok(!after.includes(trace), trace);
  assert.ok(!bytesKept(tiketi).toString('latin1').includes(PHONE));
  assert.deepEqual(await money(), before);
  const erased = await tiketi.customer.see(bookingId);
  const { customerName, phone, payment, refunds } = erased;
  assert.deepEqual([customerName, phone, payment?.phone, refunds[0]?.state], [null, null, null, 'done']);
  assert.deepEqual(await rowsOf(tiketi, 'select idsSealed, idsHash from payment'), [
    { idsSealed: null, idsHash: null },
  ]);
  assert.deepEqual(
    await manager.does('GET', path).then(data => (data as { phone: unknown }).phone),
    null,
    'what is left can still be handed out',
  );
  assert.match((await manager.history(bookingId)).at(-1)?.what ?? '', /erased the personal data/);
  await manager.does('DELETE', path);
});

test('what gateways sent is forgotten after ninety days; what came of it stays', async t => {
  const office = await openOffice(t);
  const { tiketi } = office;
  const { send, untilRefund } = await owed(office);
  await send();
  await passResult(tiketi);
  await untilRefund('done');
  const bodies = () => rowsOf<{ bodySealed: Uint8Array | null; state: string }>(tiketi, 'select * from callback');
  await tiketi.pass(89 * DAY);
  const kept = await bodies();
  assert.ok(kept.length >= 2 && kept.every(({ bodySealed }) => bodySealed !== null));
  await tiketi.pass(DAY + 3_600_000);
  await tiketi.pass(3_600_000);
  const later = await bodies();
  assert.ok(later.every(({ bodySealed }) => bodySealed === null));
  assert.deepEqual(
    later.map(({ state }) => state),
    kept.map(({ state }) => state),
  );
});

test('somebody who booked twice is forgotten in the booking that was asked for', async t => {
  const { tiketi, manager } = await openOffice(t);
  const first = await bookAndPay(tiketi);
  await tiketi.pass(180_000);
  const second = await bookAndPay(tiketi);
  await manager.does('DELETE', `/bookings/${first.bookingId}/personal-data`);
  assert.equal((await tiketi.customer.see(first.bookingId)).payment?.phone, null);
  assert.match((await tiketi.customer.see(second.bookingId)).payment?.phone ?? '', /678$/);
  await manager.does('DELETE', `/bookings/${second.bookingId}/personal-data`);
});
