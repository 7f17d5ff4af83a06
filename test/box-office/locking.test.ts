import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import { MANAGER } from '../support/office.ts';
import { openBoxOffice, PIN, trySignInByPin } from '../support/people.ts';

const WRONG = '1379';

test('a locked session opens nothing but itself, until the same person’s PIN', async t => {
  const { hire } = await openBoxOffice(t);
  const otieno = await hire('Otieno', 'supervisor');
  assert.partialDeepStrictEqual(await otieno.does('POST', '/sessions/lock'), { locked: true });
  for (const path of ['/exceptions', '/approvers', '/staff'])
    assert.equal(problemOf(await otieno.ask('GET', path)).code, 'locked', path);
  assert.equal(problemOf(await otieno.ask('POST', '/sessions/lock')).code, 'locked');
  assert.partialDeepStrictEqual(await otieno.does('GET', '/sessions/current'), {
    locked: true,
    staff: { name: 'Otieno' },
  });
  assert.equal(problemOf(await otieno.ask('POST', '/sessions/unlock', { pin: WRONG })).code, 'secret_refused');
  assert.equal((await otieno.ask('GET', '/exceptions')).status, 423);
  assert.partialDeepStrictEqual(await otieno.does('POST', '/sessions/unlock', { pin: PIN }), { locked: false });
  assert.equal((await otieno.ask('GET', '/exceptions')).status, 200);
});

test('a lock is picked no faster than a sign-in, and both count together', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  await amina.does('POST', '/sessions/lock');
  for (let slip = 0; slip < 2; slip++) await amina.ask('POST', '/sessions/unlock', { pin: WRONG });
  for (let slip = 0; slip < 2; slip++) await trySignInByPin(tiketi, amina.till, 'Amina', WRONG);
  assert.equal(problemOf(await amina.ask('POST', '/sessions/unlock', { pin: PIN })).code, 'too_many_requests');
  tiketi.clock.move(5_000);
  assert.equal((await amina.ask('POST', '/sessions/unlock', { pin: PIN })).status, 200);
});

test('a manager in the office unlocks with the password; whoever is locked out can still sign out', async t => {
  const { manager } = await openBoxOffice(t);
  await manager.does('POST', '/sessions/lock');
  assert.equal(problemOf(await manager.ask('POST', '/sessions/unlock', { password: 'wrong' })).code, 'secret_refused');
  await manager.does('POST', '/sessions/unlock', { password: MANAGER.MANAGER_PASSWORD });
  await manager.does('POST', '/sessions/lock');
  assert.equal((await manager.ask('DELETE', '/sessions')).status, 204);
  assert.equal((await manager.ask('GET', '/sessions/current')).status, 401);
});

test('a locked screen hears nothing by socket, and hears again once it is unlocked', async t => {
  const { hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const before = await amina.socket();
  assert.equal(before.refusal, null);
  await amina.does('POST', '/sessions/lock');
  assert.equal(await before.ended, 'io server disconnect');
  assert.equal((await amina.socket()).refusal, 'not_signed_in');
  await amina.does('POST', '/sessions/unlock', { pin: PIN });
  assert.equal((await amina.socket()).refusal, null);
});
