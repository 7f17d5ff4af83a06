import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, PHONE, problemOf } from '../support/customer.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const CALLBACK_MS = 2_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NO_WAIT_BETWEEN = { RETRY_AFTER_SECONDS: '1' }; // So that only the limits under test refuse.

test('the same amount may be asked of a phone again after two minutes, another after one', async t => {
  const tiketi = await openTiketi(t);
  const showingId = await tiketi.addShowing();
  await cancelOnPhone(tiketi, await push(tiketi, showingId, 2));
  assertTooSoon(await tryToPush(tiketi, showingId, 2), 118);
  assertTooSoon(await tryToPush(tiketi, showingId, 1), 58);
  await tiketi.pass(57_000);
  assertTooSoon(await tryToPush(tiketi, showingId, 1), 1);
  assertTooSoon(await tryToPush(tiketi, showingId, 2), 61);
  await tiketi.pass(1_000);
  await push(tiketi, showingId, 1);
});

test('S17 a phone is asked at most three times in ten minutes, for whichever bookings', async t => {
  const tiketi = await openQuick(t);
  const showingId = await tiketi.addShowing();
  for (let pushes = 0; pushes < 3; pushes++) {
    await cancelOnPhone(tiketi, await push(tiketi, showingId));
  }
  assertTooSoon(await tryToPush(tiketi, showingId), 10 * 60 - 6);
  const another = await tryToPush(tiketi, showingId, 1, '0712345679');
  assert.equal(another.status, 202, 'another phone is free');
  await tiketi.pass(10 * MINUTE_MS - 3 * CALLBACK_MS - 1_000);
  assertTooSoon(await tryToPush(tiketi, showingId), 1);
  await tiketi.pass(1_000);
  await push(tiketi, showingId);
});

test('S17 a phone is asked at most ten times a day', async t => {
  const tiketi = await openQuick(t);
  const showingId = await tiketi.addShowing({ startsAt: new Date(+tiketi.clock.now() + 3 * DAY_MS) });
  const begun = +tiketi.clock.now();
  for (let pushes = 0; pushes < 10; pushes++) {
    await cancelOnPhone(tiketi, await push(tiketi, showingId));
    await tiketi.pass(4 * MINUTE_MS);
  }
  assertTooSoon(await tryToPush(tiketi, showingId), (begun + DAY_MS - +tiketi.clock.now()) / 1_000);
  await tiketi.pass(begun + DAY_MS - +tiketi.clock.now());
  await push(tiketi, showingId);
});

test('S17 a phone that left five prompts unanswered is left alone for a day', async t => {
  const tiketi = await openQuick(t);
  const showingId = await tiketi.addShowing({ startsAt: new Date(+tiketi.clock.now() + 3 * DAY_MS) });
  const begun = +tiketi.clock.now();
  for (let pushes = 0; pushes < 5; pushes++) {
    const { booking } = await push(tiketi, showingId);
    const watch = await tiketi.customer.watch(booking.bookingId);
    await tiketi.pass(MINUTE_MS); // The prompt's time is over,
    await tiketi.pass(CALLBACK_MS); // and the callback says that nobody answered.
    await watch.until(view => view.payment?.reason?.code === 'phone_unreachable');
    watch.socket.disconnect();
    await tiketi.pass(4 * MINUTE_MS);
  }
  assertTooSoon(await tryToPush(tiketi, showingId), (begun + DAY_MS - +tiketi.clock.now()) / 1_000);
});

test('a push that was refused before it reached the phone does not count', async t => {
  const tiketi = await openQuick(t);
  const showingId = await tiketi.addShowing();
  for (let refusals = 0; refusals < 12; refusals++) {
    tiketi.fault('refused-merchant');
    const { payment } = await push(tiketi, showingId);
    assert.equal(payment.state, 'failed');
    assert.equal(payment.reason?.code, 'refused');
  }
  for (let pushes = 0; pushes < 3; pushes++) {
    const pushed = await push(tiketi, showingId);
    assert.equal(pushed.payment.state, 'pending');
    await cancelOnPhone(tiketi, pushed);
  }
  assertTooSoon(await tryToPush(tiketi, showingId), 10 * 60 - 6);
});

test('what refuses a push too soon is what the view announced', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  await cancelOnPhone(tiketi, await tiketi.customer.pay(bookingId));
  const announced = (await tiketi.customer.see(bookingId)).payment?.retryAfter;
  const refused = await tiketi.customer.tryToPay(bookingId, { gateway: 'daraja', phone: PHONE });
  assert.equal(problemOf(refused).retryAfter, announced);
});

test('RATE_LIMITS=off: no limit per phone or address, and no too_many_holds', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  tiketi.simulator.change({ sameAmountSeconds: 0 });
  const showingId = await tiketi.addShowing();
  for (let pushes = 0; pushes < 12; pushes++) {
    await cancelOnPhone(tiketi, await push(tiketi, showingId));
  }
  for (let holds = 0; holds < 5; holds++) await tiketi.customer.book(showingId, 1, { phone: PHONE });
  const lookup = { reference: 'ZZZZZZZZ', phone: PHONE };
  for (let tries = 0; tries < 10; tries++)
    assert.equal((await tiketi.customer.ask('POST', '/api/v1/bookings/lookups', lookup)).status, 404);
});

type Pushed = Awaited<ReturnType<typeof push>>;

/** No waiting between pushes: neither ours nor the gateway's own for the same amount. */
async function openQuick(t: Parameters<typeof openTiketi>[0]) {
  const tiketi = await openTiketi(t, NO_WAIT_BETWEEN);
  tiketi.simulator.change({ sameAmountSeconds: 0 });
  return tiketi;
}

/** Each time a new booking, so that only the phone is what is the same. */
async function push({ customer }: Tiketi, showingId: number, quantity = 1) {
  const { bookingId } = await customer.book(showingId, quantity);
  return customer.pay(bookingId);
}

async function tryToPush({ customer }: Tiketi, showingId: number, quantity = 1, phone = PHONE) {
  const { bookingId } = await customer.book(showingId, quantity);
  return customer.tryToPay(bookingId, { gateway: 'daraja', phone });
}

async function cancelOnPhone({ customer, phone, pass }: Tiketi, { booking }: Pushed) {
  const watch = await customer.watch(booking.bookingId);
  phone.cancel();
  await pass(CALLBACK_MS);
  await watch.until(view => view.payment?.state === 'failed');
  watch.socket.disconnect();
}

function assertTooSoon(answer: Answer, seconds: number) {
  assert.equal(answer.status, 429);
  assert.equal(problemOf(answer).code, 'retry_too_soon');
  assert.equal(answer.headers['retry-after'], String(Math.ceil(seconds)));
}
