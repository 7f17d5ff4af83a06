import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { byCallback, failed, paid, tell } from '../support/evidence.ts';
import { assertInvariants } from '../support/invariants.ts';
import { openCore } from '../support/money-core.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const SEND_BUDGET = 95 * SECOND; // 15 s in the queue and four calls of 20 s.
const PROMPT = 120 * SECOND; // 90 s and a grace of 30 s.

const SHORT = { HOLD_MINUTES: '1', HOLD_CAP_MINUTES: '1', CHECK_AFTER_SECONDS: '3600' }; // Nothing but the prompt keeps the places.

async function held(t: TestContext, settings: Record<string, string> = {}) {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off', ...settings } });
  const showing = await core.addShowing({ capacity: 2 });
  const booking = await core.hold(showing);
  const madeAt = +core.clock.now();
  return {
    ...core,
    showing,
    booking,
    /** So many milliseconds after the hold was made. */
    at: (ms: number) => core.clock.move(madeAt + ms - +core.clock.now()),
    /** Of `heldUntil`, counted from the same moment. */
    async heldFor() {
      await assertInvariants(core.database.read());
      return +(await core.see(booking)).booking.heldUntil - madeAt;
    },
    state: async () => (await core.see(booking)).booking.state,
  };
}

test('a hold lasts ten minutes to the millisecond, then its places are somebody else’s', async t => {
  const { at, janitor, state, heldFor, hold, showing, see, booking } = await held(t);
  assert.equal(await heldFor(), 10 * MINUTE);
  at(10 * MINUTE - 1);
  await janitor();
  assert.equal(await state(), 'held');
  await assert.rejects(hold(showing, 1), { code: 'sold_out' });
  at(10 * MINUTE);
  await janitor();
  assert.equal(await state(), 'lapsed');
  const { audit } = await see(booking);
  assert.deepEqual(
    audit.map(({ happening, actor, version }) => [happening, actor, version]),
    [
      ['places_held', 'customer', 1],
      ['booking_lapsed', 'janitor', 2],
    ],
  );
  await hold(showing, 2);
});

test('HOLD_MINUTES and HOLD_CAP_MINUTES are kept, fractions too', async t => {
  const { heldFor, see, booking } = await held(t, { HOLD_MINUTES: '0.5', HOLD_CAP_MINUTES: '1.5' });
  assert.equal(await heldFor(), 30 * SECOND);
  const { holdCapAt, createdAt } = (await see(booking)).booking;
  assert.equal(+holdCapAt - +createdAt, 90 * SECOND);
});

test('starting a payment leaves at least five minutes, and never shortens the hold', async t => {
  const early = await held(t);
  early.at(MINUTE);
  await early.pay(early.booking);
  assert.equal(await early.heldFor(), 10 * MINUTE);
  const late = await held(t);
  late.at(7 * MINUTE);
  await late.pay(late.booking);
  assert.equal(await late.heldFor(), 12 * MINUTE);
});

test('payments prolong a hold up to twenty minutes; a prompt that is open then keeps the places until it is surely over', async t => {
  const { at, pay, booking, heldFor, settle, janitor, state } = await held(t);
  for (const [ms, until] of [
    [9 * MINUTE, 14 * MINUTE],
    [13 * MINUTE, 18 * MINUTE],
    [17 * MINUTE, 20 * MINUTE],
  ] as const) {
    at(ms);
    await settle(await pay(booking), byCallback(failed()));
    assert.equal(await heldFor(), until);
  }
  at(19.5 * MINUTE);
  await pay(booking);
  assert.equal(await heldFor(), 19.5 * MINUTE + PROMPT);
  at(19.5 * MINUTE + PROMPT - 1);
  await janitor();
  assert.equal(await state(), 'held');
  at(19.5 * MINUTE + PROMPT);
  await janitor();
  assert.equal(await state(), 'lapsed');
});

test('a prompt that fails gives back what it had added: the hold ends at its own end again', async t => {
  const { at, pay, booking, heldFor, settle, gateway } = await held(t);
  at(9.9 * MINUTE);
  await settle(await pay(booking), byCallback(failed()));
  at(14.8 * MINUTE);
  await settle(await pay(booking), byCallback(failed()));
  at(19.5 * MINUTE);
  const last = await pay(booking);
  assert.equal(await heldFor(), 21.5 * MINUTE);
  at(19.6 * MINUTE);
  await settle(last, byCallback(failed()));
  assert.equal(await heldFor(), 20 * MINUTE);
  gateway.push = () => ({ answer: 'refused', reason: 'phone_busy', code: 'x', retry: { after: 'now' } });
  await pay(booking);
  assert.equal(await heldFor(), 20 * MINUTE, 'a push that was refused adds no prompt');
});

test('no payment starts once the cap is passed, nor once the hold has lapsed', async t => {
  const { at, pay, booking, start, settle, janitor } = await held(t);
  for (const minutes of [9, 13, 17]) {
    at(minutes * MINUTE);
    await settle(await pay(booking), byCallback(failed()));
  }
  at(20 * MINUTE - 1);
  const last = await pay(booking);
  at(20 * MINUTE);
  await assert.rejects(start(booking), { code: 'hold_lapsed' });
  await settle(last, byCallback(failed()));
  await assert.rejects(start(booking), { code: 'hold_lapsed' });
  await janitor();
  await assert.rejects(start(booking), { code: 'hold_lapsed' });
});

test('a push on its way keeps the places for the whole time that it could take', async t => {
  const { at, start, booking, heldFor } = await held(t, { HOLD_MINUTES: '1', HOLD_CAP_MINUTES: '2' });
  at(59 * SECOND);
  await start(booking);
  assert.equal(await heldFor(), 59 * SECOND + SEND_BUDGET + PROMPT);
});

test('a crash during the push: the payment becomes unknown, and the places are kept until its prompt is surely over', async t => {
  const { at, start, booking, heldFor, janitor, state, see } = await held(t, {
    HOLD_MINUTES: '1',
    HOLD_CAP_MINUTES: '2',
  });
  await start(booking);
  const until = await heldFor();
  at(SEND_BUDGET + 30 * SECOND); // The machine was down for a while.
  await janitor();
  const { payment } = await see(booking);
  assert.equal(payment?.state, 'unknown');
  assert.equal(await heldFor(), until);
  assert.equal(+(payment?.promptEndsAt ?? 0) + 30 * SECOND, +(payment?.liveUntil ?? 0));
  at(until - 1);
  await janitor();
  assert.equal(await state(), 'held');
  at(until);
  await janitor();
  assert.equal(await state(), 'lapsed');
});

test('before places go back under an open question the gateway is asked once, and believed', async t => {
  const { at, pay, booking, gateway, janitor, see } = await held(t, SHORT);
  await pay(booking);
  gateway.answer = () => paid(null, null);
  at(PROMPT);
  await janitor();
  assert.deepEqual(gateway.asked, ['ws_CO_1']);
  assert.equal(tell(await see(booking)), 'confirmed with 2 tickets, paid, no number applied 100000');
});

test('the gateway does not know either: the places go back, and it is not asked again for that', async t => {
  const { at, pay, booking, gateway, janitor, state } = await held(t, {
    ...SHORT,
  });
  await pay(booking);
  at(PROMPT);
  await janitor();
  await janitor();
  assert.equal(gateway.asked.length, 1);
  assert.equal(await state(), 'lapsed');
});

test('without budget nobody is asked, and the places go back in time', async t => {
  const { at, pay, booking, gateway, janitor, state, line } = await held(t, {
    ...SHORT,
    DARAJA_QUERIES_PER_MINUTE: '0.01',
  });
  await pay(booking);
  at(PROMPT);
  while (await line.queries.take());
  await janitor();
  assert.deepEqual(gateway.asked, []);
  assert.equal(await state(), 'lapsed');
});
