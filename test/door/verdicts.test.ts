import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomHex, systemRandom } from '../../shared/random.ts';
import { problemOf } from '../support/customer.ts';
import { change, decideRefund, NOTE, rowsOf } from '../support/office.ts';
import { PIN } from '../support/people.ts';
import { openTiketi } from '../support/tiketi.ts';
import { countsOf, openDoor, scan } from './door.ts';

const MINUTE = 60_000;

test('a valid ticket is let in: its own page, the counts and the history know at once', async t => {
  const { tiketi, manager, amina, showingId, booking, first } = await openDoor(t);
  const watch = await tiketi.customer.watch(booking.bookingId);
  const answer = await scan(amina, first, showingId);
  assert.equal(answer.verdict, 'admitted');
  assert.deepEqual(countsOf(answer.showing), { sold: 2, admitted: 1 });
  assert.equal(answer.ticket?.reference, booking.reference);
  const seen = await watch.until(view => view.tickets.some(({ state }) => state === 'admitted'));
  assert.equal(seen.tickets.find(({ ticketCode }) => ticketCode === first)?.admittedAt, answer.now);
  const last = (await manager.history(booking.bookingId)).at(-1);
  assert.deepEqual({ who: last?.who, what: last?.what }, { who: 'Amina', what: 'let in one ticket (Till of Amina)' });
});

test('a ticket that is in already is refused, with when, where and by whom', async t => {
  const { tiketi, hire, amina, showingId, first } = await openDoor(t);
  const { now } = await scan(amina, first, showingId);
  const other = await hire('Baraka');
  tiketi.clock.move(5 * MINUTE);
  const again = await scan(other, first, showingId);
  assert.equal(again.verdict, 'already_admitted');
  assert.deepEqual(again.ticket?.entry, { at: now, by: 'Amina', where: 'Till of Amina' });
  assert.equal(again.showing.admitted, 1);
});

test('a ticket of another showing is refused, says of which, and is as good there as before', async t => {
  const { tiketi, amina, showingId, first } = await openDoor(t);
  const other = await tiketi.addShowing({ startsAt: new Date(+tiketi.clock.now() + 60 * MINUTE) });
  const answer = await scan(amina, first, other);
  assert.equal(answer.verdict, 'wrong_showing');
  assert.equal(answer.ticket?.showing.showingId, showingId);
  assert.equal(answer.ticket?.entry, null);
  assert.equal((await scan(amina, first, showingId)).verdict, 'admitted');
});

test('a ticket whose money goes back is refused from the moment of the decision', async t => {
  const { manager, amina, showingId, booking, first } = await openDoor(t);
  await decideRefund(manager, booking.bookingId);
  const answer = await scan(amina, first, showingId);
  assert.equal(answer.verdict, 'refunded');
  assert.deepEqual(countsOf(answer.showing), { sold: 0, admitted: 0 });
});

test('a ticket that was voided without money going back says so', async t => {
  const { tiketi, amina, showingId, first } = await openDoor(t);
  await change(tiketi, `update ticket set state = 'void' where code = '${first}'`);
  assert.equal((await scan(amina, first, showingId)).verdict, 'void');
});

test('what is no ticket of ours is refused, whatever it looks like, and changes nothing', async t => {
  const { tiketi, amina, showingId, booking } = await openDoor(t);
  const strange = [
    randomHex(systemRandom),
    booking.reference,
    'https://example.com/?x=1',
    '',
    ' ',
    `${'0'.repeat(31)}g`,
  ];
  for (const code of strange) {
    const answer = await scan(amina, code, showingId);
    assert.deepEqual([answer.verdict, answer.ticket], ['unknown', null], code);
  }
  assert.deepEqual(await rowsOf(tiketi, `select id from ticket where state != 'valid'`), []);
});

test('a scanner that shouts and a person who groups the letters are understood', async t => {
  const { amina, showingId, first, second } = await openDoor(t);
  assert.equal((await scan(amina, first.toUpperCase(), showingId)).verdict, 'admitted');
  const grouped = second.match(/.{4}/g)?.join(' ') ?? '';
  assert.equal((await scan(amina, grouped, showingId)).verdict, 'admitted');
});

test('a test ticket is let in where everything is a test, and recognised by its look where money is real', async t => {
  const { tiketi, amina, showingId, first, second } = await openDoor(t);
  assert.equal((await scan(amina, `test${first}`, showingId)).verdict, 'admitted');
  tiketi.server.parts.config.mode = 'live'; // A live server needs a live gateway; the door only looks at the mode.
  const answer = await scan(amina, `test${second}`, showingId);
  assert.deepEqual([answer.verdict, answer.ticket], ['test_mode', null]);
  assert.equal(answer.showing.admitted, 1);
  tiketi.server.parts.config.mode = 'test';
});

test('asking again about the same scan, because its answer was lost, is no second entry and no refusal', async t => {
  const { tiketi, amina, showingId, booking, first } = await openDoor(t);
  const scanId = randomHex(systemRandom);
  const [one, same] = [
    await scan(amina, first, showingId, { scanId }),
    await scan(amina, first, showingId, { scanId }),
  ];
  assert.deepEqual([one.verdict, same.verdict, same.showing.admitted], ['admitted', 'admitted', 1]);
  assert.equal((await scan(amina, first, showingId, { scanId: randomHex(systemRandom) })).verdict, 'already_admitted');
  const lines = `select id from audit_entry where booking = '${booking.bookingId}' and happening = 'ticket_admitted'`;
  assert.equal((await rowsOf(tiketi, lines)).length, 1);
});

test('money that is taken back after the entry leaves the ticket used, and a debt on the list', async t => {
  const { tiketi, manager, amina, showingId, first, second } = await openDoor(t);
  await scan(amina, first, showingId);
  const [receipt] = await rowsOf<{ id: number }>(tiketi, 'select id from receipt');
  await manager.does('POST', `/receipts/${receipt?.id}/reversals`, { note: NOTE });
  assert.equal((await scan(amina, first, showingId)).verdict, 'already_admitted');
  assert.notEqual((await scan(amina, second, showingId)).verdict, 'admitted');
  assert.deepEqual(
    (await manager.worklist()).map(({ kind }) => kind),
    ['reversed_after_admission'],
  );
});

test('an entry can be taken back within minutes, with a supervisor’s word and a reason; then the ticket is good again', async t => {
  const { tiketi, hire, manager, amina, showingId, booking, first } = await openDoor(t);
  await hire('Salma', 'supervisor');
  await scan(amina, first, showingId);
  const wish = { code: first, showingId, reason: 'scanned the wrong phone' };
  assert.equal(problemOf(await amina.ask('POST', '/admissions/withdrawals', wish)).code, 'approval_needed');
  const byHerself = { ...wish, approval: { name: 'Amina', pin: PIN } };
  assert.equal(problemOf(await amina.ask('POST', '/admissions/withdrawals', byHerself)).code, 'approval_refused');
  assert.equal((await scan(amina, first, showingId)).verdict, 'already_admitted', 'nothing has changed so far');
  const approved = { ...wish, approval: { name: 'Salma', pin: PIN } };
  assert.partialDeepStrictEqual(await amina.does('POST', '/admissions/withdrawals', approved), {
    showing: { sold: 2, admitted: 0 },
  });
  assert.equal(
    (await manager.history(booking.bookingId)).at(-1)?.what,
    'took back that one ticket was let in: scanned the wrong phone (approved by Salma)',
  );
  assert.equal((await scan(amina, first, showingId)).verdict, 'admitted');
  tiketi.clock.move(10 * MINUTE);
  const late = await manager.ask('POST', '/admissions/withdrawals', wish);
  assert.equal(problemOf(late).code, 'not_possible_now');
});

test('an entry whose money went back meanwhile is a debt: it cannot be taken back', async t => {
  const { manager, amina, showingId, booking, first } = await openDoor(t);
  await scan(amina, first, showingId);
  await decideRefund(manager, booking.bookingId);
  const wish = { code: first, showingId, reason: 'never came in' };
  assert.equal(problemOf(await manager.ask('POST', '/admissions/withdrawals', wish)).code, 'not_possible_now');
});

test('the camera may be used on the door’s page, and on no other', async t => {
  const tiketi = await openTiketi(t);
  const policy = async (path: string) => (await tiketi.customer.ask('GET', path)).headers['permissions-policy'];
  assert.equal(await policy('/door'), 'camera=(self), geolocation=(), microphone=()');
  for (const path of ['/', '/box-office', '/door/', '/pay', '/api/v1/movies', '/nowhere'])
    assert.equal(await policy(path), 'camera=(), geolocation=(), microphone=()', path);
});
