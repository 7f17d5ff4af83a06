import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { DoorAnswer, type DoorShowing } from '../../shared/office/door.ts';
import { problemOf } from '../support/customer.ts';
import { untilTrue } from '../support/office.ts';
import { countsOf, openDoor, scan } from './door.ts';

const SECOND = 1_000;

test('a cashier of another venue is refused at this door, for scans, counts, sockets and taking back', async t => {
  const { tiketi, hire, showingId, first } = await openDoor(t);
  const stranger = await hire('Zuhura', 'supervisor', 2);
  const code = async (method: 'GET' | 'POST', path: string, body?: unknown) =>
    problemOf(await stranger.ask(method, path, body)).code;
  assert.equal(await code('POST', '/admissions', { code: first, showingId }), 'forbidden');
  assert.equal(await code('POST', '/admissions/withdrawals', { code: first, showingId, reason: 'none' }), 'forbidden');
  assert.equal(await code('GET', '/door/showings?venueId=1'), 'forbidden');
  const { socket } = await stranger.socket();
  assert.deepEqual(await socket.emitWithAck('door:watch', { venueId: 1 }), { problem: { code: 'forbidden' } });
  const own = v.parse(DoorAnswer, await stranger.does('GET', '/door/showings'));
  assert.ok(own.showings.every(({ venueId }) => venueId === 2));
  const nobody = await tiketi.customer.ask('POST', '/api/v1/box-office/admissions', { code: first, showingId });
  assert.equal(problemOf(nobody).code, 'not_signed_in');
});

test('a ticket of another cinema is refused, and says where it is good', async t => {
  const { manager, hire, first } = await openDoor(t);
  const stranger = await hire('Zuhura', 'cashier', 2);
  const { showings } = v.parse(DoorAnswer, await manager.does('GET', '/door/showings?venueId=2'));
  const answer = await scan(stranger, first, showings[0]?.showingId ?? 0);
  assert.equal(answer.verdict, 'wrong_showing');
  assert.equal(answer.ticket?.showing.venue, 'CinemaSphere Nairobi');
});

test('tonight is from six to six where the cinema stands, each showing with how many are in', async t => {
  const { tiketi, amina, showingId, first } = await openDoor(t);
  const at = (time: string) => tiketi.addShowing({ startsAt: new Date(time) });
  const [tooEarly, afterMidnight, tomorrow] = [
    await at('2026-11-22T02:59:00Z'), // 05:59 in Nairobi: still the night before.
    await at('2026-11-22T22:30:00Z'),
    await at('2026-11-23T03:00:00Z'),
  ];
  await scan(amina, first, showingId);
  const { showings } = v.parse(DoorAnswer, await amina.does('GET', '/door/showings'));
  const ids = showings.map(showing => showing.showingId);
  assert.ok(ids.includes(showingId) && ids.includes(afterMidnight));
  assert.ok(!ids.includes(tooEarly) && !ids.includes(tomorrow));
  assert.deepEqual(
    [...showings].sort((one, other) => one.startsAt.localeCompare(other.startsAt)),
    showings,
  );
  const own = showings.find(showing => showing.showingId === showingId);
  assert.deepEqual(own && countsOf(own), { sold: 2, admitted: 1 });
});

test('the counts move on every screen of the cinema as people come in and as tickets are sold, and on no other’s', async t => {
  const { tiketi, hire, amina, showingId, first, second } = await openDoor(t);
  const heard: DoorShowing[] = [];
  const strangers: DoorShowing[] = [];
  const [own, foreign] = [await amina.socket(), await (await hire('Zuhura', 'cashier', 2)).socket()];
  own.socket.on('door:changed', (showing: DoorShowing) => void heard.push(showing));
  foreign.socket.on('door:changed', (showing: DoorShowing) => void strangers.push(showing));
  const watched = v.parse(DoorAnswer, await own.socket.emitWithAck('door:watch', { venueId: 1 }));
  assert.ok(watched.showings.some(showing => showing.showingId === showingId));
  await foreign.socket.emitWithAck('door:watch', { venueId: 2 });
  const counts = () => heard.filter(showing => showing.showingId === showingId).map(countsOf);
  await scan(amina, first, showingId);
  await untilTrue(async () => counts().at(-1)?.admitted === 1);
  await scan(amina, second, showingId);
  await tiketi.pass(SECOND); // What follows at once waits for the next message.
  await untilTrue(async () => counts().at(-1)?.admitted === 2);
  assert.deepEqual(counts().at(-1), { sold: 2, admitted: 2 });
  assert.deepEqual(strangers, []);
});

test('codes cannot be guessed: after 300 scans in a minute a session has to wait', async t => {
  const { hire, amina, showingId, first } = await openDoor(t);
  const wrong = { code: '0'.repeat(32), showingId };
  for (let hundred = 0; hundred < 3; hundred++) {
    const answers = await Promise.all(Array.from({ length: 100 }, () => amina.ask('POST', '/admissions', wrong)));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  }
  const refused = await amina.ask('POST', '/admissions', { code: first, showingId });
  assert.equal(problemOf(refused).code, 'too_many_requests');
  assert.ok(Number(refused.headers['retry-after']) <= 60);
  assert.equal((await scan(await hire('Baraka'), first, showingId)).verdict, 'admitted', 'another door goes on');
});
