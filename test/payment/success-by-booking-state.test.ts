import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { byCallback, byQuery, failed, paid, tell } from '../support/evidence.ts';
import { assertInvariants } from '../support/invariants.ts';
import { openCore } from '../support/money-core.ts';

const HOUR = 3_600_000;

/** A prompt is open for two places at a showing in three hours. */
async function pending(t: TestContext, capacity = 50) {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off' } });
  const showing = await core.addShowing({ capacity });
  const { booking, payment } = await core.bookAndPay(showing);
  return {
    ...core,
    booking,
    payment,
    showing,
    /** The hold ends, and the janitor lets go of its places. */
    async lapse() {
      await core.pass(HOUR);
      assert.equal((await core.see(booking)).booking.state, 'lapsed');
    },
    callOff: () => core.change(`update showing set cancelledAt = ${+core.clock.now()} where id = ${showing}`),
    cancel: () => core.change(`update booking set state = 'cancelled' where id = '${booking}'`),
    async succeed(receipt = 'A1', of = payment) {
      await core.settle(of, byCallback(paid(receipt)));
    },
    async expect(story: string) {
      assert.equal(tell(await core.see(booking)), story);
      await assertInvariants(core.database.read());
    },
  };
}

test('held: confirmed, and its held places are sold ones', async t => {
  const { succeed, expect, booking, see } = await pending(t);
  await succeed();
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
  const { showing } = await see(booking);
  assert.deepEqual([showing.held, showing.sold], [0, 2]);
});

test('held while the film begins: confirmed', async t => {
  const { clock, succeed, expect, change, showing } = await pending(t);
  await change(`update showing set startsAt = ${+clock.now()} where id = ${showing}`);
  await succeed();
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
});

test('lapsed, and places are free: they are taken again', async t => {
  const { lapse, succeed, expect, booking, see } = await pending(t);
  await lapse();
  await succeed();
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
  const { audit, showing } = await see(booking);
  assert.deepEqual(audit.at(-1)?.details, { placesTakenAgain: true });
  assert.deepEqual([showing.held, showing.sold], [0, 2]);
});

test('I1 lapsed, and too few places are left: a refund is due', async t => {
  for (const others of [1, 2]) {
    const { lapse, succeed, expect, hold, showing } = await pending(t, 2);
    await lapse();
    await hold(showing, others);
    await succeed();
    await expect('lapsed, paid, A1 refund_due 100000, late_payment 100000');
  }
});

test('lapsed, and the film has begun: a refund is due, though the places are free and the money was early', async t => {
  const { lapse, clock, settle, payment, expect } = await pending(t);
  const early = new Date(+clock.now() + 60_000);
  await lapse();
  clock.move(2 * HOUR);
  await settle(payment, byCallback({ ...paid('A1'), paidAt: early } as ReturnType<typeof paid>));
  await expect('lapsed, paid, A1 refund_due 100000, late_payment 100000');
});

test('lapsed, and the film begins in a moment: still confirmed', async t => {
  const { lapse, clock, succeed, expect } = await pending(t);
  await lapse();
  clock.move(2 * HOUR - 1);
  await succeed();
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
});

test('the showing was called off, the booking held or lapsed: a refund is due', async t => {
  const held = await pending(t);
  await held.callOff();
  await held.succeed();
  await held.expect('held, paid, A1 refund_due 100000, showing_cancelled 100000');
  const lapsed = await pending(t);
  await lapsed.lapse();
  await lapsed.callOff();
  await lapsed.succeed();
  await lapsed.expect('lapsed, paid, A1 refund_due 100000, showing_cancelled 100000');
});

test('the booking was cancelled: a refund is due, even with all places free', async t => {
  const { cancel, succeed, expect, change, showing } = await pending(t);
  await cancel();
  await change(`update showing set held = 0 where id = ${showing}`);
  await succeed();
  await expect('cancelled, paid, A1 refund_due 100000, booking_cancelled 100000');
});

test('I5 confirmed by another payment: this one is paid too, and its money is due back', async t => {
  const { booking, clock, pay, succeed, expect } = await pending(t);
  clock.move(130_000);
  const second = await pay(booking, '254712000002');
  await succeed('B2', second);
  await succeed('A1');
  await expect(
    'confirmed with 2 tickets, paid, paid, B2 applied 100000, A1 refund_due 100000, duplicate_payment 100000',
  );
});

test('I5 another receipt number on a paid payment is money paid twice: a refund is due', async t => {
  const { succeed, expect } = await pending(t);
  await succeed('A1');
  await succeed('B2');
  await succeed('B2');
  await succeed('A1');
  await expect('confirmed with 2 tickets, paid, A1 applied 100000, B2 refund_due 100000, duplicate_payment 100000');
});

test('I5 a receipt without a number takes the first number that comes; the second number is money paid twice', async t => {
  const { succeed, settle, payment, clock, expect } = await pending(t);
  clock.move(60_000);
  await settle(payment, byQuery(paid(null, null)));
  await succeed('A1');
  await succeed('B2');
  await expect('confirmed with 2 tickets, paid, A1 applied 100000, B2 refund_due 100000, duplicate_payment 100000');
});

test('I5 money that was due back without a number stays one sum when its number comes', async t => {
  const { cancel, change, showing, settle, payment, clock, succeed, expect } = await pending(t);
  await cancel();
  await change(`update showing set held = 0 where id = ${showing}`);
  clock.move(60_000);
  await settle(payment, byQuery(paid(null, null)));
  await succeed('A1');
  await expect('cancelled, paid, A1 refund_due 100000, booking_cancelled 100000');
});

test('I5 a payment that failed and is paid after another one confirmed the booking: its money is due back', async t => {
  const { booking, settle, payment, clock, pay, succeed, expect } = await pending(t);
  await settle(payment, byCallback(failed()));
  clock.move(130_000);
  const second = await pay(booking);
  await succeed('B2', second);
  await succeed('A1');
  await expect(
    'confirmed with 2 tickets, paid, paid, B2 applied 100000, A1 refund_due 100000, duplicate_payment 100000',
  );
});
