import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieOf, MANAGER, type Manager, trySignIn } from '../support/office.ts';
import { officeSocket, openBoxOffice, type Person } from '../support/people.ts';

const SOON_MS = 1_000;
const HALF_HOUR = 30 * 60_000;

test('a socket at the box office needs a session and a page of ours', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  assert.equal((await amina.socket()).refusal, null);
  for (const cookie of ['', 'tiketi=', `tiketi=${'0'.repeat(64)}`, amina.till.cookie])
    assert.equal((await officeSocket(t, tiketi, cookie)).refusal, 'not_signed_in', cookie);
  const foreign = await officeSocket(t, tiketi, amina.cookie, 'https://elsewhere.example');
  assert.notEqual(foreign.refusal, null);
});

type Ending = (people: { amina: Person; manager: Manager }) => Promise<unknown>;
const ENDINGS: Record<string, Ending> = {
  'signing out': ({ amina }) => amina.does('DELETE', '/sessions'),
  'a revoked device': ({ amina, manager }) => manager.does('DELETE', `/devices/${amina.till.deviceId}`),
  'being sent away': ({ amina, manager }) => manager.does('PATCH', `/staff/${amina.staffId}`, { active: false }),
  'another role': ({ amina, manager }) => manager.does('PATCH', `/staff/${amina.staffId}`, { role: 'supervisor' }),
  'a new PIN': ({ amina, manager }) => manager.does('PATCH', `/staff/${amina.staffId}`, { pin: '90417' }),
  'another venue': ({ amina, manager }) => manager.does('PATCH', `/staff/${amina.staffId}`, { venueId: 2 }),
};

for (const [what, end] of Object.entries(ENDINGS))
  test(`${what} ends the session and its sockets within a second, and nobody else’s`, async t => {
    const { manager, hire } = await openBoxOffice(t);
    const amina = await hire('Amina');
    const baraka = await hire('Baraka');
    const [one, another] = await Promise.all([amina.socket(), amina.socket()]);
    const { socket: others } = await baraka.socket();
    const from = performance.now();
    await end({ amina, manager });
    assert.deepEqual(await Promise.all([one.ended, another.ended]), ['io server disconnect', 'io server disconnect']);
    assert.ok(performance.now() - from < SOON_MS);
    assert.equal((await amina.ask('GET', '/sessions/current')).status, 401);
    assert.equal((await amina.socket()).refusal, 'not_signed_in');
    assert.ok(others.connected);
    assert.equal((await baraka.ask('GET', '/sessions/current')).status, 200);
  });

test('signing out ends this session, and leaves the same person’s others', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const other = await officeSocket(t, tiketi, cookieOf(await trySignIn(tiketi, 'Wanjiru', MANAGER.MANAGER_PASSWORD)));
  const own = await manager.socket();
  await manager.does('DELETE', '/sessions');
  assert.equal(await own.ended, 'io server disconnect');
  assert.ok(other.socket.connected);
});

test('a session that runs out loses its sockets within half an hour', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { ended } = await manager.socket();
  tiketi.clock.move(12 * 3_600_000); // Nobody ends it: time does.
  tiketi.clock.move(HALF_HOUR);
  assert.equal(await ended, 'io server disconnect');
});
