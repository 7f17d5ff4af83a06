import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { storeStray } from '../../server/payment/receive-callback.ts';
import { byCallback, byQuery, failed, paid, TOTAL, tell } from '../support/evidence.ts';
import { assertInvariants } from '../support/invariants.ts';
import { openCore } from '../support/money-core.ts';

const STRANGE = { trackingId: 'ws_CO_strange', requestId: 'strange' };

/** A prompt is open on the phone; everything afterwards must still add up. */
async function pending(t: TestContext, settings: Record<string, string> = {}) {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off', ...settings } });
  const showing = await core.addShowing();
  const { booking, payment } = await core.bookAndPay(showing);
  return {
    ...core,
    booking,
    payment,
    showing,
    async expect(story: string) {
      assert.equal(tell(await core.see(booking)), story);
      await assertInvariants(core.database.read());
    },
  };
}

test('a success whose ids, amount and receipt fit settles at once', async t => {
  const { settle, payment, expect } = await pending(t);
  const fitting = byCallback(paid('A1'), { trackingId: 'ws_CO_1', requestId: 'm-1' });
  assert.deepEqual(await settle(payment, fitting), { verdict: 'settled', why: null });
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
});

test('I16 another amount or currency: quarantined, the receipt written down unallocated, the payment left as it is for a person', async t => {
  for (const other of [TOTAL - 100, TOTAL + 100]) {
    const { settle, payment, expect } = await pending(t);
    assert.equal((await settle(payment, byCallback(paid('A1', other)))).verdict, 'quarantined');
    await expect(`held, pending under review, A1 unallocated ${other}`);
  }
  const { settle, payment, expect } = await pending(t);
  const shillings = {
    outcome: 'paid',
    receiptNumber: 'A1',
    amount: { amount: TOTAL, currency: 'TZS' },
    paidAt: null,
  } as const;
  assert.equal((await settle(payment, byCallback(shillings))).verdict, 'quarantined');
  await expect('held, pending under review, A1 unallocated 100000');
});

test('I16 other ids than the payment has: a success is quarantined with its receipt, a failure changes nothing', async t => {
  const { settle, payment, expect, see, booking } = await pending(t);
  assert.equal((await settle(payment, byCallback(failed(), STRANGE))).verdict, 'quarantined');
  await expect('held, pending');
  assert.equal((await settle(payment, byCallback(paid('A1'), STRANGE))).verdict, 'quarantined');
  await expect('held, pending under review, A1 unallocated 100000');
  assert.equal((await see(booking)).audit.filter(line => line.happening === 'callback_quarantined').length, 2);
});

test('I16 half-right ids do not fit: both must be the payment’s', async t => {
  const { settle, payment, expect } = await pending(t);
  const half = { trackingId: 'ws_CO_1', requestId: 'strange' };
  assert.equal((await settle(payment, byCallback(paid('A1'), half))).verdict, 'quarantined');
  await expect('held, pending under review, A1 unallocated 100000');
});

test('I16 the ids of another payment, for one whose push was never answered: quarantined', async t => {
  const { hold, start, settle, see, showing, expect } = await pending(t);
  const other = await hold(showing);
  const { paymentId } = await start(other, '254712000002');
  const theirs = { trackingId: 'ws_CO_1', requestId: 'm-1' };
  assert.equal((await settle(paymentId, byCallback(paid('A1'), theirs))).verdict, 'quarantined');
  assert.equal(tell(await see(other)), 'held, started under review, A1 unallocated 100000');
  await expect('held, pending');
});

test('the answer to the push was lost: a callback under the right token brings the gateway’s ids, and queries can use them', async t => {
  const { hold, gateway, pay, settle, see, showing, pass } = await pending(t, { DARAJA_QUERIES_PER_MINUTE: '600' });
  gateway.push = () => ({ answer: 'unknown', why: 'timeout' });
  const other = await hold(showing);
  const payment = await pay(other, '254712000002');
  assert.equal(tell(await see(other)), 'held, unknown');
  await settle(payment, byCallback({ outcome: 'going', why: 'result 4999' }, STRANGE));
  gateway.answer = ids => (ids.trackingId === STRANGE.trackingId ? paid(null, null) : failed());
  await pass(45_000);
  assert.equal(tell(await see(other)), 'confirmed with 2 tickets, paid, no number applied 100000');
});

test('a success without amount or receipt number proves nothing: the gateway is asked at once', async t => {
  for (const incomplete of [paid(null), paid('A1', null)]) {
    const { settle, payment, expect, gateway, pass } = await pending(t);
    gateway.answer = () => paid(null, null);
    await pass(30_000 - 1_000); // The first check at 25 s is too early to be believed.
    assert.equal(gateway.asked.length, 1);
    assert.equal((await settle(payment, byCallback(incomplete))).verdict, 'ignored');
    await expect('held, pending');
    await pass(1_000 + 60_000);
    await expect('confirmed with 2 tickets, paid, no number applied 100000');
  }
});

test('I5 a receipt number that was counted for another payment is quarantined, and stays where it was', async t => {
  const { settle, payment, expect, bookAndPay, see, showing } = await pending(t);
  await settle(payment, byCallback(paid('A1')));
  const other = await bookAndPay(showing, '254712000002');
  assert.equal((await settle(other.payment, byCallback(paid('A1')))).verdict, 'quarantined');
  assert.equal(tell(await see(other.booking)), 'held, pending under review');
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
});

test('I5 a receipt number that was set aside is counted by the evidence that fits, once, and the review is over', async t => {
  const { settle, payment, expect } = await pending(t);
  await settle(payment, byCallback(paid('A1', TOTAL - 100)));
  await settle(payment, byCallback(paid('A1')));
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
  assert.equal((await settle(payment, byCallback(paid('A1')))).verdict, 'ignored');
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
});

test('I5 a number that was set aside while another receipt’s number was pending is that receipt’s, once the evidence fits', async t => {
  const { settle, payment, expect, clock } = await pending(t);
  clock.move(60_000);
  await settle(payment, byQuery(paid(null, null)));
  await settle(payment, byCallback(paid('A1', TOTAL - 100)));
  await expect('confirmed with 2 tickets, paid, no number applied 100000, A1 unallocated 99900');
  await settle(payment, byCallback(paid('A1')));
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
});

test('I5 a receipt number that was set aside under one payment is counted for the other, if that one fits', async t => {
  const { settle, payment, expect, bookAndPay, see, showing } = await pending(t);
  const other = await bookAndPay(showing, '254712000002');
  await settle(other.payment, byCallback(paid('A1'), STRANGE));
  assert.equal(tell(await see(other.booking)), 'held, pending under review, A1 unallocated 100000');
  await settle(payment, byCallback(paid('A1')));
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
  assert.equal(tell(await see(other.booking)), 'held, pending under review');
});

test('I4 a frozen payment: queries and failures settle it no more, nothing else may be started, the fitting success does', async t => {
  const { settle, payment, expect, clock, start, booking, see, gateway, pass } = await pending(t);
  await settle(payment, byCallback(paid('A1', 1)));
  gateway.answer = () => paid(null, null);
  await pass(120_000);
  assert.deepEqual(gateway.asked, [], 'nobody even asks');
  assert.equal((await settle(payment, byQuery(paid(null, null)))).verdict, 'ignored');
  assert.equal((await settle(payment, byQuery(failed()))).verdict, 'ignored');
  assert.equal((await settle(payment, byCallback(failed()))).verdict, 'ignored');
  await expect('held, pending under review, A1 unallocated 1');
  clock.move(300_000);
  await assert.rejects(start(booking, '254712000002'), { code: 'payment_in_progress' });
  await settle(payment, byCallback(paid('B2')));
  assert.equal((await see(booking)).payment?.frozen, false);
  await expect('confirmed with 2 tickets, paid, A1 unallocated 1, B2 applied 100000');
});

test('money that does not fit a paid payment is written down, and the payment stays paid', async t => {
  const { settle, payment, expect } = await pending(t);
  await settle(payment, byCallback(paid('A1')));
  await settle(payment, byCallback(paid('B2', 1)));
  await expect('confirmed with 2 tickets, paid, A1 applied 100000, B2 unallocated 1');
});

test('I9 failure by callback is definite; a success afterwards counts all the same', async t => {
  const { settle, payment, expect, booking, see } = await pending(t);
  assert.equal((await settle(payment, byCallback(failed('1032')))).verdict, 'settled');
  assert.equal((await settle(payment, byCallback(failed('1')))).verdict, 'ignored');
  const { payment: row } = await see(booking);
  assert.deepEqual([row?.reason, row?.live, row?.nextCheckAt], ['cancelled_by_customer', false, null]);
  await expect('held, failed');
  await settle(payment, byCallback(paid('A1')));
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
  assert.equal((await see(booking)).payment?.reason, null);
});

test('a contradiction: "failed" about money that we hold changes nothing and is written down', async t => {
  const { settle, payment, expect, booking, see } = await pending(t);
  await settle(payment, byCallback(paid('A1')));
  for (const evidence of [byCallback(failed()), byQuery(failed())])
    assert.equal((await settle(payment, evidence)).verdict, 'ignored');
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
  const lines = (await see(booking)).audit.filter(line => line.happening === 'contradiction');
  assert.deepEqual(
    lines.map(line => line.actor),
    ['callback', 'query'],
  );
});

test('what comes under wrong tokens: no more than a thousand of it is kept, and nobody is asked because of it', async t => {
  const { parts, read, gateway, payment, store, janitor } = await pending(t);
  await store(payment, byCallback(failed()));
  const stray = () =>
    storeStray(parts, { gateway: 'daraja', body: Buffer.from('{}'), sourceAddress: '127.0.0.1' }, 'wrong token');
  await Promise.all(Array.from({ length: 1_100 }, stray));
  await janitor();
  const [kept] = await read<{ strays: number; ours: number }>(
    'select count(*) filter (where payment is null) as strays, count(payment) as ours from callback',
  );
  assert.deepEqual(kept, { strays: 1_000, ours: 1 });
  assert.deepEqual(gateway.asked, []);
});
