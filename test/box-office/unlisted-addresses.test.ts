import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MANAGER, payInSilence, rowsOf, signedIn, tellSuccess, timesAsked, until } from '../support/office.ts';
import { openTiketi } from '../support/tiketi.ts';

const ELSEWHERE = { ...MANAGER, MPESA_CALLBACK_IPS: '196.201.214.0/24' };
const QUERIES = '/stkpushquery';
const MINUTE = 60_000;

test('a success from an unlisted address confirms at once, and earns one query', async t => {
  const tiketi = await openTiketi(t, ELSEWHERE);
  const booking = await tiketi.customer.book(await tiketi.addShowing());
  await tiketi.customer.pay(booking.bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(1_600);
  const { payment } = await until(tiketi, booking.bookingId, view => view.state === 'confirmed');
  assert.ok(payment?.receiptNumber);
  for (let minutes = 0; minutes < 10; minutes++) await tiketi.pass(MINUTE);
  assert.equal(await timesAsked(tiketi, QUERIES), 1);
  assert.ok(tiketi.logged.some(line => line.includes('unlisted address')));
  assert.equal((await tiketi.customer.see(booking.bookingId)).refunds.length, 0);
});

test('where addresses are enforced such a success is written down and waits until a query agrees', async t => {
  const tiketi = await openTiketi(t, { ...ELSEWHERE, MPESA_CALLBACK_IPS_ENFORCE: 'on' });
  const booking = await tiketi.customer.book(await tiketi.addShowing());
  await tiketi.customer.pay(booking.bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(1_600);
  const written = () => rowsOf<{ number: string; allocation: string }>(tiketi, 'select * from receipt');
  for (let turn = 0; turn < 200 && (await written()).length === 0; turn++) await new Promise(setImmediate);
  const [receipt] = await written();
  assert.equal(receipt?.allocation, 'unallocated');
  assert.equal((await tiketi.customer.see(booking.bookingId)).state, 'held', 'the ticket waits');
  await tiketi.pass(60_000);
  await tiketi.pass(60_000);
  const { payment } = await until(tiketi, booking.bookingId, view => view.state === 'confirmed');
  assert.equal(payment?.receiptNumber, receipt?.number);
  assert.equal((await written()).length, 1);
});

test('where no query agrees, a person finds the money on the worklist, and the ticket is not given', async t => {
  const tiketi = await openTiketi(t, { ...ELSEWHERE, MPESA_CALLBACK_IPS_ENFORCE: 'on' });
  const manager = await signedIn(tiketi);
  const { bookingId } = await payInSilence(tiketi);
  await tellSuccess(tiketi);
  await tiketi.pass(2 * MINUTE - 1);
  assert.deepEqual(await manager.worklist(), [], 'a query may still agree');
  await tiketi.pass(1);
  const money = (await manager.worklist()).find(({ kind }) => kind === 'unmatched_money');
  assert.equal(money?.bookingId, bookingId);
  assert.equal(money?.receiptNumber, tiketi.simulator.ledger.debits[0]?.receiptNumber);
  assert.equal((await tiketi.customer.see(bookingId)).tickets.length, 0);
  await manager.does('POST', `/receipts/${money?.receiptId}/resolutions`, { as: 'booking', note: 'On the statement' });
  assert.equal((await tiketi.customer.see(bookingId)).state, 'confirmed');
});

test('the worklist counts messages from unlisted addresses for a day; wrong tokens are nobody’s messages', async t => {
  const tiketi = await openTiketi(t, { ...ELSEWHERE, DATA_KEY: 'd'.repeat(32) });
  const manager = await signedIn(tiketi);
  const count = async (who = manager) =>
    ((await who.does('GET', '/exceptions')) as { unlistedCallbacks: number }).unlistedCallbacks;
  await payInSilence(tiketi);
  assert.equal(await count(), 0);
  await tellSuccess(tiketi);
  await tellSuccess(tiketi);
  await tiketi.customer.ask('POST', `/callbacks/daraja/${'0'.repeat(32)}`, {});
  assert.equal(await count(), 2);
  await tiketi.restart({ MPESA_CALLBACK_IPS: '127.0.0.1' });
  await tellSuccess(tiketi);
  assert.equal(await count(), 2, 'those from listed ones are as they should be');
  await tiketi.pass(24 * 60 * MINUTE);
  assert.equal(await count(await signedIn(tiketi)), 0);
});

test('whoever opens a booking whose gateway is silent has it asked, once', async t => {
  const tiketi = await openTiketi(t, { CHECK_AFTER_SECONDS: '3000' });
  const { bookingId } = await payInSilence(tiketi);
  await tiketi.pass(80_000);
  await tiketi.customer.see(bookingId);
  assert.equal(await timesAsked(tiketi, QUERIES), 0, 'its prompt may still be open');
  await tiketi.pass(30_000);
  await Promise.all(Array.from({ length: 10 }, () => tiketi.customer.see(bookingId)));
  await tiketi.server.idle();
  assert.equal(await timesAsked(tiketi, QUERIES), 1);
  await tiketi.pass(21_000);
  await tiketi.customer.see(bookingId);
  await tiketi.server.idle();
  assert.equal(await timesAsked(tiketi, QUERIES), 2, 'and again when it is stale again');
});
