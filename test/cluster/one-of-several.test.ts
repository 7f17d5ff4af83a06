import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import * as v from 'valibot';
import { eventually } from '../support/eventually.ts';
import { cookieOf, MANAGER, OFFICE, signedIn, trySignIn } from '../support/office.ts';
import { addStaff, enrolTill, officeSocket, trySignInByPin } from '../support/people.ts';
import { ask } from '../support/stores.ts';
import { openSideBySide } from './side-by-side.ts';

const DAY_MS = 24 * 3_600_000;
const NIGHTS = 2;
const EACH_MS = 500; // A push.
const PASSWORD = 'battery staple';

test('a session that a manager ends, or that is locked, at one process loses its sockets at another', async t => {
  const { servers } = await openSideBySide(t, 2, MANAGER);
  const [here, there] = servers;
  assert.ok(here && there);
  const manager = await signedIn(here);
  const { staffId } = await addStaff(manager, { name: 'Otieno', role: 'supervisor', venueId: 1 });
  const till = await enrolTill(here, manager);
  const signIn = async () => `${cookieOf(await trySignInByPin(there, till, 'Otieno'))}; ${till.cookie}`;
  const cookie = await signIn();
  const first = await officeSocket(t, there, cookie);
  const bystander = await officeSocket(t, there, manager.cookie);
  assert.deepEqual([first.refusal, bystander.refusal], [null, null]);
  const lock = await here.customer.ask('POST', `${OFFICE}/sessions/lock`, undefined, { cookie });
  assert.equal(lock.status, 200);
  assert.equal(await first.ended, 'io server disconnect');
  const again = await officeSocket(t, there, await signIn());
  assert.equal(again.refusal, null);
  await manager.does('PATCH', `/staff/${staffId}`, { active: false });
  assert.equal(await again.ended, 'io server disconnect');
  assert.ok(bystander.socket.connected);
});

test('of three processes one pulls the statement, each night', async t => {
  const { simulator, clock, idle, meanwhile } = await openSideBySide(t, 3);
  const pulls = () => simulator.parts.requests['/pulltransactions/v1/query'] ?? 0;
  for (let night = 1; night <= NIGHTS; night++) {
    clock.move(DAY_MS);
    await meanwhile(eventually(() => pulls() >= night));
    await meanwhile(idle());
    assert.equal(pulls(), night);
  }
});

test('two processes together push no more often than one may', async t => {
  const { servers, simulator, clock, database, meanwhile } = await openSideBySide(t, 2, {
    PUSHES_PER_SECOND: String(1_000 / EACH_MS),
  });
  const pushes = () => simulator.parts.requests['/mpesa/stkpush/v1/processrequest'] ?? 0;
  const buy = async ({ customer }: (typeof servers)[number], buyer: number) => {
    const { bookingId } = await customer.book((await customer.payableShowing()).showingId, 1);
    await customer.pay(bookingId, `2547200000${buyer}`);
  };
  await meanwhile(Promise.all(servers.map((one, at) => buy(one, 10 + at)))); // Each has its token now.
  clock.move(60_000); // All that may be saved up is.
  const before = pushes();
  const buyers = [0, 1, 2, 3, 4, 5];
  const buying = Promise.all(buyers.map(buyer => buy(servers[buyer % 2] ?? assert.fail(), 20 + buyer)));
  const inLine = async () => {
    const [row] = await ask<{ value: string }>(database, `select value from remembered where name = 'daraja-pushes'`);
    return row && -v.parse(v.object({ tokens: v.number() }), JSON.parse(row.value)).tokens;
  };
  await eventually(async () => pushes() - before > 2 || (await inLine()) === buyers.length - 2);
  assert.equal(pushes() - before, 2);
  await quiet(); // Whoever is in line has begun to wait.
  for (let more = 1; more <= buyers.length - 2; more++) {
    clock.move(EACH_MS - 20);
    await quiet();
    assert.equal(pushes() - before, 1 + more, 'one more than may be');
    clock.move(21); // Fractions of a millisecond do not count.
    await eventually(() => pushes() - before === 2 + more);
  }
  await meanwhile(buying);
});

/** Time for what would be wrong to happen. */
async function quiet() {
  for (let turn = 0; turn < 200; turn++) await setImmediate();
}

test('processes that start together tell one code for the first sign-in, and so does one that comes later', async t => {
  const { servers, start } = await openSideBySide(t, 3);
  const late = await start(3);
  const all = [...servers, late];
  const codes = all.map(({ server }) => server.welcome?.code);
  assert.deepEqual([new Set(codes).size, codes[0]?.length], [1, 16]);
  for (const { server } of all)
    assert.equal(readFileSync(server.welcome?.file ?? '', 'utf8').trim(), codes[0], 'each beside its own data');
  const answers = await Promise.all(all.map((one, at) => trySignIn(one, `Manager ${at}`, PASSWORD, codes[0])));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 401, 401, 401]);
  const later = await start(4);
  assert.equal(later.server.welcome, undefined, 'there is a manager now');
});
