import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import { change, cookieOf, MANAGER, OFFICE, openOffice, rowsOf, signedIn, trySignIn } from '../support/office.ts';
import { openTiketi } from '../support/tiketi.ts';

const HOUR = 3_600_000;
const ID = 'a'.repeat(32);

test('the manager of the settings signs in with the right password and nobody with another', async t => {
  const tiketi = await openTiketi(t, MANAGER);
  const right = await trySignIn(tiketi, 'Wanjiru', MANAGER.MANAGER_PASSWORD);
  assert.equal(right.status, 201);
  assert.partialDeepStrictEqual(right.body, {
    staff: { name: 'Wanjiru', role: 'manager', venueId: null },
    locked: false,
  });
  const wrong = await trySignIn(tiketi, 'Wanjiru', 'correct house');
  const stranger = await trySignIn(tiketi, 'Nobody', MANAGER.MANAGER_PASSWORD);
  for (const refused of [wrong, stranger]) {
    assert.equal(problemOf(refused).code, 'not_signed_in');
    assert.equal(refused.headers['set-cookie'], undefined);
  }
  assert.deepEqual(problemOf(wrong), problemOf(stranger), 'nobody learns which names exist');
});

test('the cookie is for the server only; over HTTPS it can come from no other host', async t => {
  const tiketi = await openTiketi(t, MANAGER);
  const plain = await trySignIn(tiketi, 'Wanjiru', MANAGER.MANAGER_PASSWORD);
  assert.match(String(plain.headers['set-cookie']), /^tiketi=[0-9a-f]{64}; path=\/; samesite=strict; httponly$/i);

  const secure = await openTiketi(t, { ...MANAGER, PUBLIC_URL: 'https://tiketi.example' });
  const over = await trySignIn(secure, 'Wanjiru', MANAGER.MANAGER_PASSWORD);
  const flags = /^__Host-tiketi=[0-9a-f]{64}; path=\/; samesite=strict; secure; httponly$/i;
  assert.match(String(over.headers['set-cookie']), flags);
  const out = await secure.customer.ask('DELETE', `${OFFICE}/sessions`, undefined, { cookie: cookieOf(over) });
  assert.match(String(out.headers['set-cookie']), /^__Host-tiketi=; path=\/; expires=[^;]+; .*secure/i);
});

test('signing out ends the session, for whoever kept the cookie too', async t => {
  const { tiketi, manager } = await openOffice(t);
  const other = await signedIn(tiketi);
  assert.equal((await manager.ask('GET', '/exceptions')).status, 200);
  assert.equal((await manager.ask('DELETE', '/sessions')).status, 204);
  assert.equal((await manager.ask('GET', '/exceptions')).status, 401);
  assert.equal((await other.ask('GET', '/exceptions')).status, 200, 'another session goes on');
  assert.equal((await manager.ask('DELETE', '/sessions')).status, 204, 'twice is harmless');
});

test('a session is over after twelve hours', async t => {
  const { tiketi, manager } = await openOffice(t);
  tiketi.clock.move(12 * HOUR - 1_000);
  assert.equal((await manager.ask('GET', '/exceptions')).status, 200);
  tiketi.clock.move(1_000);
  assert.equal(problemOf(await manager.ask('GET', '/exceptions')).code, 'not_signed_in');
});

test('neither password nor token stands in the database', async t => {
  const { tiketi, manager } = await openOffice(t);
  const kept = JSON.stringify([
    await rowsOf(tiketi, 'select * from staff'),
    await rowsOf(tiketi, 'select * from staff_session'),
  ]);
  assert.ok(!kept.includes(MANAGER.MANAGER_PASSWORD));
  assert.ok(!kept.includes(manager.cookie.split('=')[1] ?? ''));
  const [{ passwordHash } = { passwordHash: '' }] = await rowsOf<{ passwordHash: string }>(
    tiketi,
    'select passwordHash from staff',
  );
  await tiketi.restart({ MANAGER_NAME: 'Baraka' });
  const [, other] = await rowsOf<{ passwordHash: string }>(tiketi, 'select passwordHash from staff order by id');
  assert.ok(other && other.passwordHash !== passwordHash, 'the same password with a salt of its own');
});

test('a new password in the settings ends the sessions of its owner and nobody else’s; the same one ends none', async t => {
  const { tiketi, manager } = await openOffice(t);
  await change(
    tiketi,
    `insert into staff (name, role, passwordHash, active, createdAt)
     select 'Baraka', 'manager', passwordHash, true, createdAt from staff`,
  );
  const other = await signedIn(tiketi, 'Baraka');
  const look = async ({ ask }: typeof manager) => (await ask('GET', '/exceptions')).status;
  await tiketi.restart();
  assert.deepEqual([await look(manager), await look(other)], [200, 200]);
  await tiketi.restart({ MANAGER_PASSWORD: 'battery staple' });
  assert.deepEqual([await look(manager), await look(other)], [401, 200]);
  assert.equal((await trySignIn(tiketi, 'Wanjiru', MANAGER.MANAGER_PASSWORD)).status, 401);
  assert.equal(await look(await signedIn(tiketi, 'Wanjiru', 'battery staple')), 200);
});

test('who was sent away and is taken back by the settings signs in anew', async t => {
  const { tiketi, manager } = await openOffice(t);
  await change(tiketi, 'update staff set active = 0');
  await tiketi.restart();
  assert.equal((await manager.ask('GET', '/exceptions')).status, 401);
  await signedIn(tiketi);
});

test('a page of another site can neither sign in nor decide anything', async t => {
  const { tiketi, manager } = await openOffice(t);
  const origin = { origin: 'https://elsewhere.example', cookie: manager.cookie };
  const body = { name: 'Wanjiru', password: MANAGER.MANAGER_PASSWORD };
  assert.equal(problemOf(await tiketi.customer.ask('POST', `${OFFICE}/sessions`, body, origin)).code, 'forbidden');
  const decision = { bookingId: ID, note: 'give it to me' };
  assert.equal(problemOf(await tiketi.customer.ask('POST', `${OFFICE}/refunds`, decision, origin)).code, 'forbidden');
});

test('a made-up cookie is nobody’s session, and only managers have passwords', async t => {
  const tiketi = await openTiketi(t, MANAGER);
  for (const cookie of ['', 'tiketi=', `tiketi=${'0'.repeat(64)}`]) {
    const answer = await tiketi.customer.ask('GET', `${OFFICE}/exceptions`, undefined, { cookie });
    assert.equal(problemOf(answer).code, 'not_signed_in');
  }
  const manager = await signedIn(tiketi);
  const hired = { name: 'Amina', role: 'supervisor', venueId: 1, password: 'battery staple' };
  assert.equal(problemOf(await manager.ask('POST', '/staff', hired)).errors?.[0]?.path, 'password');
  await change(
    tiketi,
    `insert into staff (name, role, passwordHash, active, createdAt)
     select 'Amina', 'supervisor', passwordHash, true, createdAt from staff`,
  );
  assert.equal((await trySignIn(tiketi, 'Amina', MANAGER.MANAGER_PASSWORD)).status, 401);
});

test('who was sent away is signed out', async t => {
  const { tiketi, manager } = await openOffice(t);
  await change(tiketi, 'update staff set active = 0');
  assert.equal((await manager.ask('GET', '/exceptions')).status, 401);
});
