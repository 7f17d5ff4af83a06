import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  book,
  bookAndPay,
  cancel,
  check,
  deliver,
  enterPin,
  goRound,
  pay,
  saysCancelled,
  silenceQueries,
  tryToBook,
} from './doors.ts';
import { inManyOrders } from './in-many-orders.ts';
import { OTHER_PHONE, PHONE } from './stage.ts';

const MINUTE_MS = 60_000;
const PUSH = '/mpesa/stkpush/v1/processrequest';
const QUERY = '/mpesa/stkpushquery/v1/query';

test('callback × callback: the same one twice counts once', async () => {
  const endings = await inManyOrders(async stage => {
    await bookAndPay(stage);
    await enterPin(stage);
    const answers = await stage.atOnce(
      () => deliver(stage),
      () => deliver(stage),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
  });
  assert.deepEqual([...endings], ['confirmed (paid)']);
});

test('callback × callback: money beats the "cancelled" that comes with it, whoever is first', async () => {
  const endings = await inManyOrders(async stage => {
    await bookAndPay(stage);
    await enterPin(stage);
    await stage.atOnce(
      () => deliver(stage),
      () => deliver(stage, saysCancelled),
    );
  });
  assert.deepEqual([...endings], ['confirmed (paid)']);
});

test('callback × query: both tell of the same money, and it is counted once', async () => {
  const endings = await inManyOrders(async stage => {
    const booking = await bookAndPay(stage);
    await stage.pass(30_000);
    await enterPin(stage);
    await stage.atOnce(
      () => deliver(stage),
      () => check(stage, booking),
    );
  });
  assert.deepEqual([...endings], ['confirmed (paid)']);
});

test('callback × expiry: whoever is first, the places are sold to the one who paid', async () => {
  const endings = await inManyOrders(async stage => {
    await bookAndPay(stage);
    await enterPin(stage);
    silenceQueries(stage);
    await stage.pass(11 * MINUTE_MS);
    await stage.atOnce(
      () => deliver(stage),
      () => goRound(stage),
    );
  });
  assert.deepEqual([...endings], ['confirmed (paid)']);
});

test('callback × expiry × somebody who wants the places: sold once, and the other is refunded or sent away', async () => {
  const endings = await inManyOrders(async stage => {
    await bookAndPay(stage);
    await enterPin(stage);
    silenceQueries(stage);
    await stage.pass(11 * MINUTE_MS);
    stage.disk.change('update showing set capacity = 2');
    await stage.atOnce(
      () => deliver(stage),
      () => goRound(stage),
      () => tryToBook(stage),
    );
  });
  assert.deepEqual([...endings].sort(), ['confirmed (paid)', 'lapsed (paid); held']);
});

test('query × expiry: the janitor’s own question and the customer’s are one, and the answer is not lost', async () => {
  const endings = await inManyOrders(async stage => {
    const booking = await bookAndPay(stage);
    await enterPin(stage);
    await stage.pass(11 * MINUTE_MS);
    await stage.atOnce(
      () => check(stage, booking),
      () => goRound(stage),
    );
    assert.equal(stage.requests(QUERY), 1);
  });
  assert.deepEqual([...endings], ['confirmed (paid)']);
});

test('callback × cancel: a late success finds a booking that is given up, or is there before it', async () => {
  const endings = await inManyOrders(async stage => {
    const booking = await bookAndPay(stage);
    await enterPin(stage);
    await stage.pass(4 * MINUTE_MS); // No prompt can be open any more: cancelling is allowed.
    const [, cancelled] = await stage.atOnce(
      () => deliver(stage),
      () => cancel(stage, booking),
    );
    assert.ok([200, 409].includes(cancelled.status));
    assert.equal(stage.tell(), cancelled.status === 200 ? 'cancelled (paid)' : 'confirmed (paid)');
  });
  assert.deepEqual([...endings].sort(), ['cancelled (paid)', 'confirmed (paid)']);
});

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

test('check × janitor: the gateway is asked once', async () => {
  await inManyOrders(async stage => {
    const booking = await bookAndPay(stage);
    await stage.pass(31_000);
    await stage.atOnce(
      () => check(stage, booking),
      () => goRound(stage),
    );
    assert.equal(stage.requests(QUERY), 1);
  });
});
