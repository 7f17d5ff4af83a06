import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { MatchAnswer } from '../../shared/office/exceptions.ts';
import { problemOf } from '../support/customer.ts';
import { change, NOTE, passResult, payInSilence, rowsOf, tellSuccess, until } from '../support/office.ts';
import { assertSound, atCounter, cash, tellSale } from '../support/till.ts';
import { moneyTo, openExceptions, type Scenery, SOON } from './offices.ts';

const MINUTE = 60_000;

const match = ({ manager }: Pick<Scenery, 'manager'>, receiptId: number | null, reference: string) =>
  manager.ask('POST', `/receipts/${receiptId}/resolutions`, { as: 'match', reference, note: NOTE });

async function compare({ manager }: Pick<Scenery, 'manager'>, receiptId: number | null, reference: string) {
  const body = await manager.does('GET', `/receipts/${receiptId}/matches?reference=${reference}`);
  return v.parse(MatchAnswer, body).match;
}

for (const [shillings, refunds] of [
  [1_000, []],
  [900, []],
  [1_200, [20_000]],
] as const)
  test(`KES ${shillings} that nobody asked for is matched to a booking of KES 1,000: its places are confirmed`, async t => {
    const scenery = await openExceptions(t);
    const { tiketi, manager, list, sends } = scenery;
    const { bookingId, reference } = await tiketi.customer.book(await tiketi.addShowing());
    const watch = await tiketi.customer.watch(bookingId);
    const number = await sends(shillings, 'CINEMA');
    const { receiptId } = await list.one('unmatched_money');
    const found = await compare(scenery, receiptId, reference.toLowerCase());
    assert.deepEqual([found.reference, found.outstanding.amount, found.kind], [reference, 100_000, 'booking']);
    assert.equal((await match(scenery, receiptId, reference)).status, 200);
    const booked = await watch.untilState('confirmed');
    assert.equal(booked.payment?.receiptNumber, number);
    assert.equal(booked.tickets.length, 2);
    assert.deepEqual(
      booked.refunds.map(({ amount }) => amount.amount),
      refunds,
    );
    const told = (await manager.history(bookingId)).map(({ who, what }) => `${who} ${what}`);
    assert.ok(told.includes(`Wanjiru decided (match): ${NOTE}`), told.join('\n'));
    await tiketi.pass(SOON);
    await list.until(all => all.length === refunds.length);
    assert.match(problemOf(await match(scenery, receiptId, reference)).detail, /dealt with before/);
    await assertSound(tiketi);
  });

test('of two people who match the same money to two bookings at once one does', async t => {
  const scenery = await openExceptions(t);
  const { tiketi, list, sends } = scenery;
  const showing = await tiketi.addShowing();
  const bookings = [await tiketi.customer.book(showing), await tiketi.customer.book(showing)];
  await sends(1_000);
  const { receiptId } = await list.one('unmatched_money');
  const answers = await Promise.all(bookings.map(({ reference }) => match(scenery, receiptId, reference)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  const states = await Promise.all(bookings.map(async one => (await tiketi.customer.see(one.bookingId)).state));
  assert.deepEqual(states.sort(), ['confirmed', 'held']);
  await assertSound(tiketi);
});

test('a booking whose hold is over gets its places if they are free; else, and where nothing is to be paid, all of it is due back', async t => {
  const scenery = await openExceptions(t);
  const { tiketi, list, sends } = scenery;
  const free = await tiketi.customer.book(await tiketi.addShowing());
  const scarce = await tiketi.addShowing({ capacity: 2 });
  const gone = await tiketi.customer.book(scarce);
  await tiketi.pass(11 * MINUTE);
  await until(tiketi, gone.bookingId, ({ state }) => state === 'lapsed');
  await tiketi.customer.book(scarce);
  for (const [{ bookingId, reference }, state, reasons] of [
    [free, 'confirmed', []],
    [free, 'confirmed', ['duplicate_payment']],
    [gone, 'lapsed', ['late_payment']],
  ] as const) {
    await sends(1_000);
    const { receiptId } = await list.one('unmatched_money');
    await match(scenery, receiptId, reference);
    const after = await tiketi.customer.see(bookingId);
    assert.deepEqual([after.state, after.refunds.map(({ reason }) => reason)], [state, reasons]);
    await tiketi.pass(SOON);
    await list.until(all => all.every(({ kind }) => kind !== 'unmatched_money'));
  }
  await assertSound(tiketi);
});

test('money of a payment that does not fit can be for something else, too: what it was asked for stays a question', async t => {
  const scenery = await openExceptions(t);
  const { tiketi, list } = scenery;
  const asked = await payInSilence(tiketi);
  await tellSuccess(tiketi, { amount: 500 });
  const other = await tiketi.customer.book(await tiketi.addShowing(), 1);
  await tiketi.pass(SOON);
  const { receiptId } = await list.one('underpaid');
  assert.match(problemOf(await match(scenery, receiptId, asked.reference)).detail, /came for just that/);
  assert.equal((await match(scenery, receiptId, other.reference)).status, 200);
  assert.equal((await tiketi.customer.see(other.bookingId)).state, 'confirmed');
  assert.equal((await tiketi.customer.see(asked.bookingId)).state, 'held');
  await tiketi.pass(SOON);
  await list.until(([one, ...more]) => one?.kind === 'under_review' && more.length === 0);
  await assertSound(tiketi);
});

test('I3 a query says "paid" of a payment whose money was given to something else: a person must say, and nobody owes it twice', async t => {
  const scenery = await openExceptions(t);
  const { tiketi, manager, list } = scenery;
  const asked = await tiketi.customer.book(await tiketi.addShowing());
  tiketi.fault('callback-lost');
  await tiketi.customer.pay(asked.bookingId);
  tiketi.phone.enterPin();
  await tellSuccess(tiketi, { amount: 500 });
  const other = await tiketi.customer.book(await tiketi.addShowing(), 1);
  await tiketi.pass(SOON);
  const { receiptId, paymentId } = await list.one('underpaid');
  await match(scenery, receiptId, other.reference);
  await manager.does('POST', `/payments/${paymentId}/closings`, { note: NOTE });
  await tiketi.pass(5 * MINUTE);
  await list.until(all => all.length === 0);
  assert.equal((await tiketi.customer.ask('POST', `/api/v1/bookings/${asked.bookingId}/checks`)).status, 202);
  await tiketi.pass(MINUTE);
  assert.deepEqual((await list.one('under_review')).paymentId, paymentId);
  const { state, refunds } = await tiketi.customer.see(asked.bookingId);
  assert.deepEqual([state, refunds], ['held', []]);
  assert.equal((await rowsOf(tiketi, 'select id from receipt')).length, 1);
  await assertSound(tiketi);
});

test('nothing has this reference, it costs another money, or it is at another venue: then nothing is matched', async t => {
  const scenery = await openExceptions(t);
  const { tiketi, manager, hire, list, sends } = scenery;
  const { bookingId, reference } = await payInSilence(tiketi);
  await sends(700);
  const { receiptId } = await list.one('unmatched_money');
  assert.equal(problemOf(await match(scenery, receiptId, 'NOTHING2')).code, 'not_found');
  assert.equal((await manager.ask('GET', `/receipts/${receiptId}/matches?reference=x`)).status, 422);
  await change(tiketi, `update booking set currency = 'TZS' where id = '${bookingId}'`);
  assert.match(problemOf(await match(scenery, receiptId, reference)).detail, /in KES, and that costs TZS/);
  await change(tiketi, `update booking set currency = 'KES' where id = '${bookingId}'`);
  await tellSuccess(tiketi, { amount: 500 });
  await tiketi.pass(SOON);
  const theirs = await list.one('underpaid');
  const juma = await hire('Juma', 'manager', 2);
  const body = { as: 'match', reference, note: NOTE };
  assert.equal((await juma.ask('POST', `/receipts/${receiptId}/resolutions`, body)).status, 403);
  assert.equal((await juma.ask('POST', `/receipts/${theirs.receiptId}/resolutions`, body)).status, 403);
  const asha = await hire('Asha', 'manager', 1);
  const far = (await tiketi.customer.showings()).find(({ venueId }) => venueId === 2);
  const elsewhere = await tiketi.customer.book(far?.showingId ?? 0);
  const path = `/receipts/${theirs.receiptId}`;
  const toElsewhere = { ...body, reference: elsewhere.reference };
  assert.equal((await asha.ask('POST', `${path}/resolutions`, toElsewhere)).status, 404);
  assert.equal((await asha.ask('GET', `${path}/matches?reference=${elsewhere.reference}`)).status, 404);
  assert.equal(list.kinds().includes('unmatched_money'), true);
});

test('money that is nobody’s goes back through a venue’s books, to where it came from', async t => {
  const { tiketi, manager, list, sends } = await openExceptions(t);
  const number = await sends(700);
  const { receiptId } = await list.one('unmatched_money');
  const path = `/receipts/${receiptId}/resolutions`;
  const refund = { as: 'refund', note: 'He pressed twice' };
  assert.equal(problemOf(await manager.ask('POST', path, refund)).code, 'invalid_body', 'in whose books?');
  assert.match(problemOf(await manager.ask('POST', path, { ...refund, venueId: 2 })).detail, /in KES/);
  await manager.does('POST', path, { ...refund, venueId: 1 });
  await tiketi.pass(SOON);
  const due = await list.one('refund_due');
  assert.deepEqual([due.venueId, due.receiptNumber, due.reason], [1, number, 'staff_decision']);
  assert.deepEqual(due.actions, ['send', 'paid_out']);
  await manager.does('POST', `/refunds/${due.refundId}/requests`);
  await passResult(tiketi);
  await tiketi.pass(SOON);
  assert.ok(list.all().every(({ kind }) => kind === 'refund_due' || kind === 'refund_uncertain'));
  await assertSound(tiketi);
});

atCounter('money for a sale at the counter is a part of it, and a charge is paid by it', async c => {
  const { amina, showing, tiketi, manager } = c;
  const sends = moneyTo(tiketi);
  const { saleId, reference } = await amina.places(showing);
  await sends(400, 'CINEMA');
  const [item] = await manager.worklist();
  assert.equal((await compare(c, item?.receiptId ?? null, reference)).kind, 'sale');
  await match(c, item?.receiptId ?? null, reference);
  assert.match(tellSale(await amina.see(saleId)), /^open 400 of 1000/);
  await amina.pay(saleId, cash(600));
  const { sale } = await amina.sell([{ amount: { amount: 30_000, currency: 'KES' }, purpose: 'Popcorn' }]);
  const [charge] = await rowsOf<{ reference: string }>(
    tiketi,
    `select reference from charge where sale = '${sale.saleId}'`,
  );
  await sends(300, 'CINEMA');
  const [next] = await manager.worklist();
  await match(c, next?.receiptId ?? null, charge?.reference ?? '');
  assert.equal((await amina.see(sale.saleId)).state, 'paid');
});
