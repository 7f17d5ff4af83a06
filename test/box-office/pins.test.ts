import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import { cookieOf, MANAGER, OFFICE, openOffice, rowsOf, trySignIn } from '../support/office.ts';
import { addStaff, enrolTill, openBoxOffice, PIN, signInByPin, trySignInByPin } from '../support/people.ts';

const MINUTE = 60_000;
const WRONG = '1379';

test('a PIN works on a device that a manager enrolled, and on no other', async t => {
  const { tiketi, manager } = await openOffice(t);
  await addStaff(manager, { name: 'Amina', role: 'cashier', venueId: 1 });
  const nowhere = problemOf(await trySignInByPin(tiketi, { cookie: '' }, 'Amina'));
  assert.equal(nowhere.code, 'not_signed_in');
  assert.match(nowhere.detail, /not work on this device/);
  const madeUp = { cookie: `tiketi-device=${'0'.repeat(64)}` };
  assert.equal((await trySignInByPin(tiketi, madeUp, 'Amina')).status, 401);

  const till = await enrolTill(tiketi, manager);
  const answer = await trySignInByPin(tiketi, till, 'Amina');
  assert.equal(answer.status, 201);
  assert.partialDeepStrictEqual(answer.body, {
    staff: { name: 'Amina', role: 'cashier', venueId: 1 },
    device: { name: 'Till 1', venueId: 1 },
    locked: false,
    hasPin: true,
  });
  const { venues } = answer.body as { venues: { venueId: number }[] };
  assert.deepEqual(
    venues.map(({ venueId }) => venueId),
    [1],
    'one venue, and no other',
  );
});

test('a PIN of one venue does not work at another; one of all venues works everywhere', async t => {
  const { tiketi, manager } = await openOffice(t);
  await addStaff(manager, { name: 'Amina', role: 'cashier', venueId: 1 });
  await addStaff(manager, { name: 'Otieno', role: 'supervisor', venueId: null });
  const elsewhere = await enrolTill(tiketi, manager, 2);
  assert.equal((await trySignInByPin(tiketi, elsewhere, 'Amina')).status, 401);
  assert.equal((await trySignInByPin(tiketi, elsewhere, 'Otieno')).status, 201);
  const device = await tiketi.customer.ask('GET', `${OFFICE}/devices/current`, undefined, { cookie: elsewhere.cookie });
  assert.partialDeepStrictEqual(device.body, { device: { name: 'Till 1', venueId: 2, names: ['Otieno'] } });
});

test('the code of an enrolment works once, for fifteen minutes, and for one of two who use it at once', async t => {
  const { tiketi, manager } = await openOffice(t);
  const enrol = (code: string) => tiketi.customer.ask('POST', `${OFFICE}/devices`, { code });
  const makeCode = async () => {
    const answer = await manager.does('POST', '/devices/enrolments', { name: 'Door', venueId: 1 });
    return answer as { code: string; url: string };
  };
  const { code, url } = await makeCode();
  assert.equal(url, `http://localhost:${new URL(tiketi.url).port}/box-office/enrol#${code}`);
  const both = await Promise.all([enrol(code), enrol(code.toLowerCase())]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 403]);
  const late = await makeCode();
  tiketi.clock.move(15 * MINUTE);
  assert.equal(problemOf(await enrol(late.code)).code, 'code_refused');
  assert.equal(problemOf(await enrol('ABCDEFGHJK')).code, 'code_refused');
  assert.equal((await enrol((await makeCode()).code)).status, 201);
});

test('the device’s cookie is for the server only, and neither it nor a PIN stands in the database', async t => {
  const { tiketi, manager } = await openOffice(t);
  await addStaff(manager, { name: 'Amina', role: 'cashier', venueId: 1 });
  const { code } = (await manager.does('POST', '/devices/enrolments', { name: 'Door', venueId: 1 })) as {
    code: string;
  };
  const answer = await tiketi.customer.ask('POST', `${OFFICE}/devices`, { code });
  assert.match(
    String(answer.headers['set-cookie']),
    /^tiketi-device=[0-9a-f]{64}; path=\/; expires=[^;]+; samesite=strict; httponly$/i,
  );
  const kept = JSON.stringify([
    await rowsOf(tiketi, 'select * from staff'),
    await rowsOf(tiketi, 'select * from device'),
    await rowsOf(tiketi, 'select * from staff_log'),
  ]);
  for (const secret of [PIN, code, cookieOf(answer).split('=')[1] ?? '?']) assert.ok(!kept.includes(secret), secret);
});

test('three wrong PINs are forgiven; from then on each makes the next wait twice as long, a restart or not', async t => {
  const { tiketi, manager } = await openOffice(t);
  await addStaff(manager, { name: 'Amina', role: 'cashier', venueId: 1 });
  await addStaff(manager, { name: 'Baraka', role: 'cashier', venueId: 1 });
  const till = await enrolTill(tiketi, manager);
  const guess = async (pin = WRONG) => problemOf(await trySignInByPin(tiketi, till, 'Amina', pin));
  for (let slip = 0; slip < 4; slip++) assert.equal((await guess()).code, 'not_signed_in');
  for (const seconds of [5, 10, 20, 40]) {
    const early = await guess(PIN);
    assert.equal(early.code, 'too_many_requests', 'not even the right one is looked at');
    assert.equal(Date.parse(early.retryAfter ?? '') - +tiketi.clock.now(), seconds * 1_000);
    tiketi.clock.move(seconds * 1_000 - 1);
    await tiketi.restart();
    assert.equal((await guess(PIN)).code, 'too_many_requests');
    tiketi.clock.move(1);
    assert.equal((await guess()).code, 'not_signed_in');
  }
  assert.equal((await trySignInByPin(tiketi, till, 'Baraka')).status, 201, 'others go on');
  tiketi.clock.move(80_000);
  assert.equal((await trySignInByPin(tiketi, till, 'Amina')).status, 201);
  assert.equal((await guess()).code, 'not_signed_in', 'the right one makes up for those before');
});

test('a hundred PINs tried at once are no more than a few', async t => {
  const { tiketi, manager } = await openOffice(t);
  await addStaff(manager, { name: 'Amina', role: 'cashier', venueId: 1 });
  const till = await enrolTill(tiketi, manager);
  const pins = Array.from({ length: 100 }, (_, at) => String(4_780 + at));
  const answers = await Promise.all(pins.map(pin => trySignInByPin(tiketi, till, 'Amina', pin)));
  assert.equal(answers.filter(({ status }) => status !== 429).length, 4);
});

test('one PIN tried on many names makes the whole device wait', async t => {
  const { tiketi, manager } = await openOffice(t);
  await addStaff(manager, { name: 'Amina', role: 'cashier', venueId: 1 });
  const till = await enrolTill(tiketi, manager);
  for (let at = 0; at < 16; at++) assert.equal((await trySignInByPin(tiketi, till, `Name ${at}`)).status, 401);
  assert.equal((await trySignInByPin(tiketi, till, 'Amina')).status, 429);
  const other = await enrolTill(tiketi, manager, 1, 'Till 2');
  assert.equal((await trySignInByPin(tiketi, other, 'Amina')).status, 201, 'and no other one');
  tiketi.clock.move(5_000);
  assert.equal((await trySignInByPin(tiketi, till, 'Amina')).status, 201);
});

test('wrong passwords make their name wait at that address, a restart or not', async t => {
  const { tiketi } = await openOffice(t);
  for (let slip = 0; slip < 4; slip++) assert.equal((await trySignIn(tiketi, 'Wanjiru', 'wrong')).status, 401);
  assert.equal(problemOf(await trySignIn(tiketi, 'Wanjiru', MANAGER.MANAGER_PASSWORD)).code, 'too_many_requests');
  await tiketi.restart();
  assert.equal(problemOf(await trySignIn(tiketi, 'wanjiru', MANAGER.MANAGER_PASSWORD)).code, 'too_many_requests');
  tiketi.clock.move(5_000);
  assert.equal((await trySignIn(tiketi, 'Wanjiru', MANAGER.MANAGER_PASSWORD)).status, 201);
});

test('PINs that everybody tries first are not taken', async t => {
  const { manager } = await openOffice(t);
  for (const pin of ['1234', '4321', '0000', '777777', '123', '123456789', 'abcd', '2345'])
    assert.equal(
      problemOf(await manager.ask('POST', '/staff', { name: 'Amina', role: 'cashier', venueId: 1, pin })).errors?.[0]
        ?.path,
      'pin',
      pin,
    );
});

test('a revoked device signs out whoever is signed in on it, and PINs stop working there', async t => {
  const { tiketi, manager, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const baraka = await hire('Baraka');
  assert.equal((await manager.ask('DELETE', `/devices/${amina.till.deviceId}`)).status, 204);
  assert.equal((await amina.ask('GET', '/sessions/current')).status, 401);
  assert.equal((await trySignInByPin(tiketi, amina.till, 'Amina')).status, 401);
  assert.equal((await baraka.ask('GET', '/sessions/current')).status, 200, 'others go on');
  assert.equal((await manager.ask('DELETE', `/devices/${amina.till.deviceId}`)).status, 204, 'twice is harmless');
});

test('everything is written down: who came, who was refused, who was made to wait, who changed whom', async t => {
  const { tiketi, manager } = await openOffice(t);
  const { staffId } = await addStaff(manager, { name: 'Amina', role: 'cashier', venueId: 1 });
  const till = await enrolTill(tiketi, manager);
  for (let slip = 0; slip < 5; slip++) await trySignInByPin(tiketi, till, 'Amina', WRONG);
  await trySignInByPin(tiketi, till, 'my secret password', WRONG);
  tiketi.clock.move(5_000);
  const amina = await signInByPin(t, tiketi, till, 'Amina');
  await amina.does('POST', '/sessions/lock');
  await amina.ask('POST', '/sessions/unlock', { pin: WRONG });
  await amina.does('POST', '/sessions/unlock', { pin: PIN });
  await amina.does('DELETE', '/sessions');
  await manager.does('PATCH', `/staff/${staffId}`, { role: 'supervisor', pin: '90417' });
  const { log } = (await manager.does('GET', '/staff-log')) as { log: Record<string, string | null>[] };
  assert.deepEqual(
    log.map(({ happening, name, by, device, about }) =>
      [happening, name, by, device, about].filter(Boolean).join(' · '),
    ),
    [
      'staff_changed · Amina · Wanjiru · cashier → supervisor, a new PIN',
      'signed_out · Amina · Till 1',
      'unlocked · Amina · Till 1',
      'unlock_refused · Amina · Till 1',
      'locked · Amina · Till 1',
      'signed_in · Amina · Till 1',
      'sign_in_refused · Till 1',
      'sign_in_delayed · Amina · Till 1',
      ...Array(4).fill('sign_in_refused · Amina · Till 1'),
      'device_enrolled · Till 1',
      'device_code_made · Wanjiru · Till 1',
      'staff_added · Amina · Wanjiru · cashier, with a PIN',
      'signed_in · Wanjiru',
    ],
  );
  const kept = JSON.stringify(await rowsOf(tiketi, 'select * from staff_log'));
  assert.ok(!kept.includes('my secret'), 'what nobody is called may be a password, typed into the wrong field');
});
