import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book, cancel, deliver, goRound, pay } from './doors.ts';
import { inManyOrders } from './in-many-orders.ts';
import { OTHER_PHONE, PHONE } from './stage.ts';

const MINUTE_MS = 60_000;
const PUSH = '/mpesa/stkpush/v1/processrequest';

test('pay × pay: two presses on one booking make one push', async () => {
  await inManyOrders(async stage => {
    const booking = await book(stage);
    const answers = await stage.atOnce(
      () => pay(stage, booking),
      () => pay(stage, booking, OTHER_PHONE),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 409]);
    assert.equal(stage.requests(PUSH), 1);
  });
});

test('pay × pay: the same press twice is one payment, and both hear of it', async () => {
  await inManyOrders(async stage => {
    const booking = await book(stage);
    const press = () => pay(stage, booking, PHONE, 'the-same-key-twice');
    const answers = await stage.atOnce(press, press);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [202, 202],
    );
    assert.equal(stage.requests(PUSH), 1);
    assert.equal(stage.tell(), 'held (pending)');
  });
});

test('pay × pay: two bookings on one phone make one push', async () => {
  await inManyOrders(async stage => {
    const bookings = [await book(stage), await book(stage)] as const;
    const answers = await stage.atOnce(
      () => pay(stage, bookings[0]),
      () => pay(stage, bookings[1]),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 409]);
    assert.equal(stage.requests(PUSH), 1);
  });
});

test('pay × callback: the callback may be there before the push is answered', async () => {
  const endings = await inManyOrders(async stage => {
    const booking = await book(stage);
    stage.simulator.faults.arm({ fault: 'answer-after-callback', phone: null, times: 1 });
    const delivered = async () => {
      while (stage.letters.length === 0) await stage.turn('the gateway has nothing to say yet');
      return deliver(stage);
    };
    await stage.atOnce(() => pay(stage, booking), delivered);
  });
  assert.deepEqual([...endings], ['confirmed (paid)']);
});

test('pay × expiry: a push only goes out for places that are held', async () => {
  const endings = await inManyOrders(async stage => {
    const booking = await book(stage);
    await stage.pass(10 * MINUTE_MS - 1);
    const round = async () => {
      await stage.turn('a millisecond passes');
      await stage.pass(1);
      return goRound(stage);
    };
    const [paid] = await stage.atOnce(() => pay(stage, booking), round);
    assert.equal(stage.requests(PUSH), paid.status === 202 ? 1 : 0);
  });
  assert.deepEqual([...endings].sort(), ['held (pending)', 'lapsed']);
});

test('pay × cancel: either the push goes out or the places go back', async () => {
  const endings = await inManyOrders(async stage => {
    const booking = await book(stage);
    const [paid, cancelled] = await stage.atOnce(
      () => pay(stage, booking),
      () => cancel(stage, booking),
    );
    assert.deepEqual([paid.status, cancelled.status], paid.status === 202 ? [202, 409] : [409, 200]);
    assert.equal(stage.requests(PUSH), paid.status === 202 ? 1 : 0);
  });
  assert.deepEqual([...endings].sort(), ['cancelled', 'held (pending)']);
});
