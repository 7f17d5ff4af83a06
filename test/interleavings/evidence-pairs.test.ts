import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bookAndPay,
  cancel,
  check,
  deliver,
  enterPin,
  goRound,
  saysCancelled,
  silenceQueries,
  slowly,
  tryToBook,
} from './doors.ts';
import { inManyOrders } from './in-many-orders.ts';

const MINUTE_MS = 60_000;
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
      () => slowly(stage, 2, () => deliver(stage)),
      () => goRound(stage),
    );
  });
  assert.deepEqual([...endings].sort(), ['confirmed (paid)', 'confirmed again (paid)']);
});

test('callback × expiry × somebody who wants the places: sold once, and the other is refunded or sent away', async () => {
  const endings = await inManyOrders(async stage => {
    await bookAndPay(stage);
    await enterPin(stage);
    silenceQueries(stage);
    await stage.pass(11 * MINUTE_MS);
    stage.disk.change('update showing set capacity = 2');
    await stage.atOnce(
      () => slowly(stage, 4, () => deliver(stage)),
      () => goRound(stage),
      () => slowly(stage, 5, () => tryToBook(stage)),
    );
  });
  assert.deepEqual([...endings].sort(), [
    'confirmed (paid)',
    'confirmed again (paid)',
    'lapsed (paid), refund due; held',
  ]);
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
  // Where the customer's question was first, the janitor lets the places go only after its answer.
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
    assert.equal(stage.tell(), cancelled.status === 200 ? 'cancelled (paid), refund due' : 'confirmed (paid)');
  });
  assert.deepEqual([...endings].sort(), ['cancelled (paid), refund due', 'confirmed (paid)']);
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
