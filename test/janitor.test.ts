import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { goRound, startJanitor } from '../server/janitor.ts';
import { eventually } from './support/eventually.ts';
import { byCallback, failed, GOING, paid, tell } from './support/evidence.ts';
import { assertInvariants } from './support/invariants.ts';
import { openCore } from './support/money-core.ts';
import { seededRandom } from './support/seeded-random.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SCHEDULE = [25, 45, 75, 120, 180, 300, 600, 1_200, 2_400, 5_400, 10_800, 21_600, 43_200, 86_400].map(
  s => s * SECOND,
);
const SEND_BUDGET = 95 * SECOND;

async function open(t: TestContext, settings: Record<string, string> = {}, seed = 1) {
  const watched = new Set<string>();
  const core = await openCore(t, {
    settings: { RATE_LIMITS: 'off', ...settings },
    random: seededRandom(seed),
    watchers: booking => Number(watched.has(booking)),
  });
  const startedAt = +core.clock.now();
  let phones = 0;
  return {
    ...core,
    watched,
    at: (ms: number) => core.clock.move(startedAt + ms - +core.clock.now()),
    /** A booking with a prompt open on a phone of its own; its gateway id is `ws_CO_` and how many there are. */
    async payment(showing?: number, quantity = 2) {
      phones += 1;
      const booking = await core.hold(showing ?? (await core.addShowing()), quantity);
      return { booking, payment: await core.pay(booking, `2547${10_000_000 + phones}`) };
    },
  };
}

const PLENTY = { DARAJA_QUERIES_PER_MINUTE: '6000' };

test('I2 a failure by callback, then a success without its receipt: the gateway is asked until it answers', async t => {
  const { payment, settle, at, janitor, gateway, see } = await open(t, PLENTY);
  const { booking, payment: id } = await payment();
  await settle(id, byCallback(failed('1037')));
  at(40 * SECOND);
  await settle(id, byCallback(paid(null)));
  await janitor();
  assert.equal(gateway.asked.length, 1, 'at once, and it does not know yet');
  gateway.answer = () => paid(null, null);
  at(60 * SECOND);
  await janitor();
  assert.equal(tell(await see(booking)), 'confirmed with 2 tickets, paid, no number applied 100000');
});

test('nobody is asked once a callback has come', async t => {
  for (const outcome of [paid('A1'), failed()]) {
    const { payment, settle, at, janitor, gateway } = await open(t, PLENTY);
    await settle((await payment()).payment, byCallback(outcome));
    for (const ms of [...SCHEDULE, 3 * DAY]) {
      at(ms * 1.2);
      await janitor();
    }
    assert.deepEqual(gateway.asked, []);
  }
});

test('a callback that comes while the gateway is being asked ends the asking too', async t => {
  const { payment, settle, at, janitor, gateway, see } = await open(t, PLENTY);
  const { booking, payment: id } = await payment();
  gateway.answer = async () => {
    await settle(id, byCallback(failed()));
    at(26 * SECOND); // The answer takes its time.
    return GOING;
  };
  at(25 * SECOND);
  await janitor();
  assert.equal((await see(booking)).payment?.nextCheckAt, null);
});

test('the query budget is kept: five a minute, however many wait', async t => {
  const { payment, clock, janitor, gateway } = await open(t);
  for (let index = 0; index < 12; index++) await payment();
  clock.move(25 * SECOND);
  for (let second = 0; second < 60; second++) {
    await janitor();
    clock.move(SECOND);
  }
  assert.equal(gateway.asked.length, 5);
});

test('who is asked about first: a hold about to end, somebody watching, the larger amount, the older payment', async t => {
  const { payment, clock, janitor, gateway, watched, change } = await open(t, { CHECK_AFTER_SECONDS: '25,3600' });
  const names = ['old', 'large', 'watched', 'ending', 'young'];
  const old = await payment(undefined, 2);
  clock.move(SECOND);
  await payment(undefined, 5);
  const looked = await payment();
  watched.add(looked.booking);
  const ending = await payment();
  await payment(undefined, 2);
  clock.move(30 * SECOND);
  await change(`update booking set heldUntil = ${+clock.now() + 89 * SECOND} where id = '${ending.booking}'`);
  assert.ok(old);
  for (let round = 0; round < 5; round++) {
    await janitor();
    clock.move(12 * SECOND);
  }
  const order = gateway.asked.map(id => names[Number(id.slice('ws_CO_'.length)) - 1]);
  assert.deepEqual(order, ['ending', 'watched', 'large', 'old', 'young']);
});

test('"too many requests" halves the pace', async t => {
  const { payment, clock, janitor, gateway } = await open(t);
  for (let index = 0; index < 4; index++) await payment();
  gateway.answer = () => ({ outcome: 'going', why: 'HTTP 429', slowDown: true });
  clock.move(25 * SECOND);
  await janitor();
  gateway.answer = () => GOING;
  assert.equal(gateway.asked.length, 1);
  clock.move(24 * SECOND - 1);
  await janitor();
  assert.equal(gateway.asked.length, 1, 'not after the usual twelve seconds');
  clock.move(1);
  await janitor();
  assert.equal(gateway.asked.length, 2);
});

test('two janitors at once ask once; a lease that a crash left behind ends by itself', async t => {
  const { payment, at, janitor, gateway, see, change } = await open(t, PLENTY);
  const { booking, payment: id } = await payment();
  const answer = Promise.withResolvers<typeof GOING>();
  gateway.answer = () => answer.promise;
  at(25 * SECOND);
  const rounds = [janitor(), janitor()];
  await eventually(() => gateway.asked.length > 0);
  answer.resolve(GOING);
  await Promise.all(rounds);
  assert.equal(gateway.asked.length, 1);
  assert.equal((await see(booking)).payment?.leasedUntil, null);

  at(60 * SECOND);
  await change(
    `update payment set leasedUntil = ${+(await see(booking)).booking.createdAt + 70 * SECOND} where id = '${id}'`,
  );
  await janitor();
  assert.equal(gateway.asked.length, 1);
  at(70 * SECOND);
  await janitor();
  assert.equal(gateway.asked.length, 2);
});

test('two janitors who both saw it due ask once, even when the first is done before the second begins', async t => {
  const { payment, at, parts, gateway } = await open(t, PLENTY);
  await payment();
  await payment();
  at(25 * SECOND);
  const hanging = Promise.withResolvers<typeof GOING>();
  gateway.answer = ids => (gateway.asked.length === 1 && ids ? hanging.promise : GOING);
  const slow = goRound(parts); // It saw both due, and waits for an answer about the first.
  await eventually(() => gateway.asked.length === 1);
  await goRound(parts); // This one asks about the second and is done with it.
  hanging.resolve(GOING);
  await slow;
  assert.deepEqual(gateway.asked.toSorted(), ['ws_CO_1', 'ws_CO_2']);
});

test('I9 a payment stays "started" for the whole time that its push could take; then it is unknown, and may still be paid', async t => {
  const { start, hold, addShowing, settle, at, janitor, see, database } = await open(t);
  const booking = await hold(await addShowing());
  const { paymentId } = await start(booking);
  at(SEND_BUDGET - 1);
  await janitor();
  assert.equal(tell(await see(booking)), 'held, started');
  at(SEND_BUDGET);
  await janitor();
  await janitor();
  assert.equal(tell(await see(booking)), 'held, unknown');
  assert.equal((await see(booking)).audit.filter(line => line.happening === 'push_unanswered').length, 1);
  at(8 * DAY);
  await janitor();
  assert.equal(tell(await see(booking)), 'lapsed, unknown');
  await settle(paymentId, byCallback(paid('A1')));
  assert.equal((await see(booking)).payment?.state, 'paid');
  await assertInvariants(database.read());
});

test('I8 I11 callbacks that a crash left behind are settled, each once', async t => {
  const { payment, store, at, janitor, see, read, database } = await open(t);
  const [one, other] = [await payment(), await payment()];
  await store(one.payment, { ids: null, outcome: paid('A1') });
  await store(one.payment, { ids: null, outcome: paid('A1') });
  await store(other.payment, { ids: null, outcome: failed() });
  await janitor();
  assert.equal(tell(await see(one.booking)), 'held, pending', 'somebody may be about to');
  at(5 * SECOND);
  await Promise.all([janitor(), janitor()]);
  assert.equal(tell(await see(one.booking)), 'confirmed with 2 tickets, paid, A1 applied 100000');
  assert.equal(tell(await see(other.booking)), 'held, failed');
  assert.deepEqual(await read('select state from callback order by id'), [
    { state: 'settled' },
    { state: 'ignored' },
    { state: 'settled' },
  ]);
  await assertInvariants(database.read());
});

test('I12 I16 work that fails again and again keeps nobody else waiting', async t => {
  const { payment, store, at, janitor, change, see, hold, addShowing, errors, start } = await open(t, PLENTY);
  const broken = await payment();
  await store(broken.payment, { ids: { trackingId: 'ws_CO_1', requestId: 'm-1' }, outcome: paid('A1') });
  await change(`update payment set idsSealed = '1.AAAA' where id = '${broken.payment}'`);
  const fine = await payment();
  await store(fine.payment, { ids: null, outcome: paid('B2') });
  const lost = await hold(await addShowing());
  await start(lost, '254711111111');
  at(SEND_BUDGET);
  await janitor();
  assert.equal(tell(await see(fine.booking)), 'confirmed with 2 tickets, paid, B2 applied 100000');
  assert.equal(tell(await see(lost)), 'held, unknown');
  at(25 * MINUTE);
  await janitor();
  assert.equal((await see(lost)).booking.state, 'lapsed');
  assert.ok(errors.length > 0, 'and somebody is told');
});

test('the janitor goes round every second, never twice at once, and stops when it is told', async t => {
  const { parts, clock, hold, addShowing, see } = await open(t);
  const booking = await hold(await addShowing());
  const janitor = startJanitor(parts);
  clock.move(10 * MINUTE);
  await janitor.idle();
  assert.equal((await see(booking)).booking.state, 'lapsed');
  await janitor.stop();
  assert.equal(clock.nextMs, undefined);
});
