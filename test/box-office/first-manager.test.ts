import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import { MANAGER, signedIn, trySignIn } from '../support/office.ts';
import { STORE } from '../support/stores.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const PASSWORD = 'battery staple';

function fileOf({ server }: Tiketi): string {
  return join(dirname(server.parts.config.databaseFile), 'first-sign-in.txt');
}

test('the first manager signs in with a code that only the owner of the machine can read, once', async t => {
  const tiketi = await openTiketi(t);
  const { welcome } = tiketi.server;
  assert.equal(welcome?.file, fileOf(tiketi));
  const code = readFileSync(fileOf(tiketi), 'utf8').trim();
  assert.equal(code, welcome?.code);
  assert.equal(statSync(fileOf(tiketi)).mode & 0o777, 0o600);

  assert.equal(problemOf(await trySignIn(tiketi, 'Achieng', PASSWORD, 'ABCDEFGHJKLMNPQR')).code, 'not_signed_in');
  assert.equal(problemOf(await trySignIn(tiketi, 'Achieng', 'short', code)).code, 'invalid_body');
  const first = await trySignIn(tiketi, 'Achieng', PASSWORD, ` ${code.toLowerCase()} `);
  assert.partialDeepStrictEqual(first.body, { staff: { name: 'Achieng', role: 'manager' } });
  assert.equal(problemOf(await trySignIn(tiketi, 'Mallory', PASSWORD, code)).code, 'not_signed_in');
  const manager = await signedIn(tiketi, 'Achieng', PASSWORD);
  assert.deepEqual(await manager.worklist(), []);
  await tiketi.restart();
  assert.equal(tiketi.server.welcome, undefined, 'there is a manager now');
});

test('two who use the code at once do not both become managers', async t => {
  const tiketi = await openTiketi(t);
  const code = tiketi.server.welcome?.code;
  const names = ['Achieng', 'Baraka', 'Chebet', 'Duale'];
  const answers = await Promise.all(names.map(name => trySignIn(tiketi, name, PASSWORD, code)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 401, 401, 401]);
});

test('a wrong code is refused before its password is hashed: guessing does not keep the server busy', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  let hashed = 0;
  const hook = createHook({
    init(_, type) {
      if (type === 'ARGON2REQUEST') hashed += 1;
    },
    trackPromises: false,
  });
  t.after(() => hook.disable());
  hook.enable();
  const guess = async (code?: string) =>
    assert.equal((await trySignIn(tiketi, 'Mallory', 'wrong guess', code)).status, 401);
  await guess('ABCDEFGHJKLMNPQR');
  assert.equal(hashed, 0);
  await guess();
  assert.equal(hashed, 1, 'a password is hashed whether there is such a person or not');
});

test('ten wrong codes from one address are enough, whatever names come with them', async t => {
  const tiketi = await openTiketi(t);
  for (let guess = 0; guess < 10; guess++)
    assert.equal((await trySignIn(tiketi, `Name ${guess}`, PASSWORD, 'ABCDEFGHJKLMNPQR')).status, 401);
  const right = await trySignIn(tiketi, 'Achieng', PASSWORD, tiketi.server.welcome?.code);
  assert.equal(problemOf(right).code, 'too_many_requests');
});

test('a restart before the first sign-in makes a new code, unless another process may have told the old one', async t => {
  const tiketi = await openTiketi(t);
  const old = tiketi.server.welcome?.code;
  await tiketi.restart();
  const code = tiketi.server.welcome?.code;
  assert.equal(code === old, STORE === 'postgres');
  if (code !== old) assert.equal((await trySignIn(tiketi, 'Achieng', PASSWORD, old)).status, 401);
  assert.equal((await trySignIn(tiketi, 'Achieng', PASSWORD, code)).status, 201);
});

test('a code that was never used opens nothing once the settings name a manager', async t => {
  const tiketi = await openTiketi(t);
  const code = tiketi.server.welcome?.code;
  await tiketi.restart(MANAGER);
  assert.equal((await trySignIn(tiketi, 'Mallory', PASSWORD, code)).status, 401);
  assert.equal((await trySignIn(tiketi, 'Wanjiru', MANAGER.MANAGER_PASSWORD)).status, 201);
});
