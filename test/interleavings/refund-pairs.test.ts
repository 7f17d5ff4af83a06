import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bookAndPaid,
  bookAndPay,
  check,
  decide,
  deliver,
  deliverResult,
  enterPin,
  giveBackElsewhere,
  owe,
  slowly,
} from './doors.ts';
import { inManyOrders } from './in-many-orders.ts';

const REVERSAL = '/mpesa/reversal/v1/request';

const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort();

test('refund × refund: a booking that two people give back at once is owed once', async () => {
  const endings = await inManyOrders(async stage => {
    const bookingId = await bookAndPaid(stage);
    const giveBack = () => decide(stage, 'refunds', { bookingId });
    assert.deepEqual(statuses(await stage.atOnce(giveBack, giveBack)), [201, 409]);
  });
  assert.deepEqual([...endings], ['refunded (paid), refund due']);
});

test('sending × sending: two presses make one request, and the money goes back once', async () => {
  const endings = await inManyOrders(async stage => {
    const refundId = await owe(stage);
    const send = () => decide(stage, `refunds/${refundId}/requests`);
    assert.deepEqual(statuses(await stage.atOnce(send, send)), [202, 409]);
    assert.equal(stage.requests(REVERSAL), 1);
    await deliverResult(stage);
    await stage.time.quiet();
    assert.equal(stage.simulator.ledger.reversals.length, 1);
  });
  assert.deepEqual([...endings], ['refunded (paid), refund done']);
});

test('sending × result: the result may be there before the request is answered', async () => {
  const endings = await inManyOrders(async stage => {
    const refundId = await owe(stage);
    const [sent, told] = await stage.atOnce(
      () => decide(stage, `refunds/${refundId}/requests`),
      () => deliverResult(stage),
    );
    assert.deepEqual([sent.status, told.status], [202, 200]);
  });
  assert.deepEqual([...endings], ['refunded (paid), refund done']);
});

test('sending × sending again after a failure: the late answer of the first is not the second’s', async () => {
  const endings = await inManyOrders(async stage => {
    const refundId = await owe(stage);
    stage.simulator.faults.arm({ fault: 'reversal-insufficient', phone: null, times: 1 });
    stage.delayNextAnswer(10);
    const send = () => decide(stage, `refunds/${refundId}/requests`);
    await stage.atOnce(send, async () => {
      await deliverResult(stage);
      while (stage.tell() !== 'refunded (paid), refund failed') await stage.turn('it is being read');
      assert.equal((await send()).status, 202);
    });
    await deliverResult(stage, 2);
    await stage.time.quiet();
    assert.equal(stage.simulator.ledger.reversals.length, 1);
  });
  assert.deepEqual([...endings], ['refunded (paid), refund done']);
});

test('refund × reversal: money that somebody else gave back at the gateway is not owed as well', async () => {
  const endings = await inManyOrders(async stage => {
    const bookingId = await bookAndPaid(stage);
    giveBackElsewhere(stage);
    const [refund, reversal] = await stage.atOnce(
      () => decide(stage, 'refunds', { bookingId }),
      () => decide(stage, 'receipts/1/reversals', {}),
    );
    assert.deepEqual([refund.status, reversal.status], refund.status === 201 ? [201, 200] : [409, 200]);
  });
  assert.deepEqual([...endings].sort(), ['refunded (reversed)', 'refunded (reversed), refund done']);
});

test('result × reversal: our own refund and the note that the money is gone are one', async () => {
  const endings = await inManyOrders(async stage => {
    const refundId = await owe(stage);
    giveBackElsewhere(stage);
    assert.equal((await decide(stage, `refunds/${refundId}/requests`)).status, 202);
    const [told, noted] = await stage.atOnce(
      () => deliverResult(stage),
      () => slowly(stage, 2, () => decide(stage, 'receipts/1/reversals', {})),
    );
    assert.deepEqual([told.status, noted.status], [200, 200]);
  });
  assert.deepEqual([...endings], ['refunded (reversed), refund done']);
});

test('sending × reversal: a refund that is on its way when the money turns out to be gone ends as done', async () => {
  const endings = await inManyOrders(async stage => {
    const refundId = await owe(stage);
    giveBackElsewhere(stage);
    const [sent] = await stage.atOnce(
      () => decide(stage, `refunds/${refundId}/requests`),
      () => decide(stage, 'receipts/1/reversals', {}),
    );
    assert.equal(stage.requests(REVERSAL), sent.status === 202 ? 1 : 0);
    await stage.pass(2_000);
    assert.equal(stage.simulator.ledger.reversals.length, 1);
  });
  assert.deepEqual([...endings], ['refunded (reversed), refund done']);
});

test('refund × late callback: the number of the money comes while it is being given back', async () => {
  const endings = await inManyOrders(async stage => {
    const bookingId = await bookAndPay(stage);
    await stage.pass(30_000);
    await enterPin(stage);
    assert.equal((await check(stage, bookingId)).status, 202);
    assert.equal(stage.tell(), 'confirmed (paid)');
    await stage.atOnce(
      () => decide(stage, 'refunds', { bookingId }),
      () => deliver(stage),
    );
    await stage.time.quiet();
    const [receipt] = stage.disk.query<{ number: string }>('select number from receipt')();
    assert.equal(receipt?.number, stage.simulator.ledger.debits[0]?.receiptNumber);
  });
  assert.deepEqual([...endings], ['refunded (paid), refund due']);
});

test('closing × late callback: money that a person dealt with outside is not counted as well', async () => {
  const endings = await inManyOrders(async stage => {
    await bookAndPay(stage);
    await enterPin(stage);
    await deliver(stage, body => body.replace(/"CheckoutRequestID":"[^"]*"/, '"CheckoutRequestID":"ws_CO_x"'));
    await stage.time.quiet();
    const [closed] = await stage.atOnce(
      () => decide(stage, 'receipts/1/resolutions', { as: 'closed' }),
      () => deliver(stage),
    );
    assert.equal(stage.tell(), closed.status === 200 ? 'held (pending)' : 'confirmed (paid)');
  });
  assert.deepEqual([...endings].sort(), ['confirmed (paid)', 'held (pending)']);
});
