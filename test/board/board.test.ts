import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { eventually } from '../support/eventually.ts';
import { bookAndPay } from '../support/office.ts';
import { openBoxOffice } from '../support/people.ts';
import { watchBoard } from './board-watch.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;
const TELLING = 250; // One telling waits 200 ms for the next.

test('a cashier’s board counts held, sold and left while somebody else books and pays', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const showing = await tiketi.addShowing({ capacity: 10 });
  const board = await watchBoard(await amina.socket());
  assert.deepEqual(counts(board.showing(showing)), { sold: 0, held: 0, left: 10, admitted: 0 });
  const { bookingId } = await tiketi.customer.book(showing, 2);
  await board.until(showing, row => row.held === 2 && row.left === 8);
  assert.equal(board.booking(bookingId)?.state, 'held');
  await tiketi.customer.pay(bookingId);
  await tiketi.pass(TELLING);
  await tiketi.pass(TELLING);
  await eventually(() => board.booking(bookingId)?.payment?.state === 'pending');
  assert.equal(board.booking(bookingId)?.phone, '2547•••••678');
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  await board.until(showing, row => row.sold === 2 && row.held === 0);
  await tiketi.pass(TELLING);
  await eventually(() => board.booking(bookingId)?.state === 'confirmed'); // So it is in progress no more.
});

test('who is let in counts at once, and no longer when that is taken back', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const sam = await hire('Sam', 'supervisor');
  const showingId = await tiketi.addShowing();
  const { tickets } = await bookAndPay(tiketi, showingId);
  const board = await watchBoard(await sam.socket());
  const code = tickets[0]?.ticketCode;
  await sam.does('POST', '/admissions', { code, showingId });
  await tiketi.pass(TELLING);
  await board.until(showingId, row => row.admitted === 1);
  await sam.does('POST', '/admissions/withdrawals', { code, showingId, reason: 'wrong person' });
  await tiketi.pass(TELLING);
  await board.until(showingId, row => row.admitted === 0);
  const versions = board.changes.flatMap(change => change.showings).map(row => row.version);
  assert.deepEqual(
    versions,
    [...new Set(versions)].sort((one, other) => one - other),
    'each row is newer than the last',
  );
});

test('tonight lasts until 06:00, and the board shows it before the week to come', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const now = tiketi.clock.now().getTime();
  const late = await tiketi.addShowing({ startsAt: new Date(now + 14 * HOUR) }); // 05:00 in Nairobi.
  const tomorrow = await tiketi.addShowing({ startsAt: new Date(now + 16 * HOUR) });
  const faraway = await tiketi.addShowing({ startsAt: new Date(now + 9 * DAY) });
  const { board } = await watchBoard(await amina.socket());
  assert.deepEqual(board.tonight, { from: '2026-11-22T03:00:00.000Z', until: '2026-11-23T03:00:00.000Z' });
  const ids = board.showings.map(row => row.showingId);
  assert.ok(ids.includes(late) && ids.includes(tomorrow) && !ids.includes(faraway));
  const starts = board.showings.map(row => row.startsAt);
  assert.deepEqual(starts, starts.toSorted());
});

test('a supervisor sees takings by method, and sees them fall when money goes back', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const sam = await hire('Sam', 'supervisor');
  const showing = await tiketi.addShowing();
  const board = await watchBoard(await sam.socket());
  const { bookingId } = await bookAndPay(tiketi, showing);
  await tiketi.pass(TELLING);
  const newest = () => board.takings().findLast(one => one.showingId === showing)?.byMethod;
  await eventually(() =>
    isDeepStrictEqual(newest(), [{ method: 'daraja', taken: { amount: 100_000, currency: 'KES' } }]),
  );
  await sam.does('POST', `/bookings/${bookingId}/refunds`, { note: 'ill' });
  await tiketi.pass(TELLING);
  await eventually(() => newest()?.length === 0);
});

test('a cashier’s count is blind: no takings in anything that reaches a cashier by socket or HTTP', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const [amina, sam] = [await hire('Amina'), await hire('Sam', 'supervisor')];
  const showing = await tiketi.addShowing();
  const [blind, seeing] = [await watchBoard(await amina.socket()), await watchBoard(await sam.socket())];
  const { bookingId, reference } = await bookAndPay(tiketi, showing);
  await bookAndPay(tiketi, showing, '254722000111');
  await tiketi.pass(TELLING);
  await tiketi.pass(TELLING);
  const both = 200_000; // Two bookings: the sum that only takings name.
  await eventually(() => seeing.raw.some(message => message.includes(String(both)))); // And the cashier was told before.
  const asked = await Promise.all(
    [`/search?text=${reference}`, `/bookings/${bookingId}`, `/bookings/${bookingId}/moves`].map(path =>
      amina.does('GET', path),
    ),
  );
  const heard = [...blind.raw, ...asked.map(body => JSON.stringify(body))];
  assert.ok(heard.length > 5, 'the board did move');
  assert.deepEqual(
    heard.filter(message => /taking|taken|byMethod|expected|drawer/i.test(message)),
    [],
  );
  assert.deepEqual(
    heard.filter(message => message.includes(String(both))),
    [],
  );
});

test('nobody watches the board of another venue', async t => {
  const { tiketi, hire, manager } = await openBoxOffice(t);
  const amina = await hire('Amina', 'cashier', 1);
  const { socket } = await amina.socket();
  const answer = await socket.timeout(5_000).emitWithAck('board:watch', { venueId: 2 });
  assert.deepEqual(answer, { problem: { code: 'forbidden' } });
  const elsewhere = await watchBoard(await manager.socket(), 2);
  await tiketi.customer.book(await tiketi.addShowing());
  await tiketi.pass(TELLING);
  assert.deepEqual(elsewhere.changes, [], 'and nothing of one venue is told at another');
});

test('a hold that lapses leaves the board by itself', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const showing = await tiketi.addShowing();
  const { bookingId } = await tiketi.customer.book(showing, 2);
  const board = await watchBoard(await (await hire('Amina')).socket());
  assert.equal(board.booking(bookingId)?.state, 'held');
  await tiketi.pass(11 * MINUTE);
  await tiketi.pass(TELLING);
  await board.until(showing, row => row.held === 0);
  await eventually(() => board.booking(bookingId)?.state === 'lapsed');
});

function counts(row: { sold: number; held: number; left: number; admitted: number } | undefined) {
  assert.ok(row);
  const { sold, held, left, admitted } = row;
  return { sold, held, left, admitted };
}
