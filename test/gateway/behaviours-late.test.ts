import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import { NOTE } from '../support/office.ts';
import { CONFIRMED, NOTHING_TAKEN } from './behaviours/ending.ts';
import type { Row } from './behaviours/row.ts';
import { ROWS } from './behaviours/rows.ts';
import { openScene, type Scene } from './behaviours/scene.ts';

const SHORT_HOLDS = { HOLD_MINUTES: '2', HOLD_CAP_MINUTES: '4' };

/** Paid in time, and the hold is over before anybody says so. */
async function payAndLapse(scene: Scene, row: Row, capacity: number): Promise<number> {
  const showing = await scene.addShowing(capacity);
  await scene.book(showing);
  await scene.play(row.reportsLate);
  assert.equal((await scene.see()).state, 'lapsed');
  return showing;
}

for (const row of ROWS) {
  const { name: gateway } = row;

  test(`${gateway}: money of which the first word comes when the hold is over takes the places again, if they are free`, async t => {
    const scene = await openScene(t, row, SHORT_HOLDS);
    await payAndLapse(scene, row, 2);
    assert.equal(await scene.placesLeft(), 2);
    await scene.pass(...row.reportsLate.later);
    await scene.ends(CONFIRMED);
    assert.equal(await scene.placesLeft(), 0);
  });

  test(`${gateway}: where the places are gone by then, late money is due back, and a manager sends it`, async t => {
    const scene = await openScene(t, row, SHORT_HOLDS);
    const showing = await payAndLapse(scene, row, 2);
    const { bookingId } = scene;
    await scene.book(showing);
    await scene.play(row.accepts, row.phones[1]);
    assert.equal((await scene.see()).state, 'confirmed', 'somebody else has them');
    scene.bookingId = bookingId;
    await scene.pass(...row.reportsLate.later);
    const owed = { booking: 'lapsed', payments: ['paid'], receipts: ['refund_due'], tickets: [] } as const;
    const due = { refunds: ['late_payment due'], worklist: ['refund_due'], debits: ['refund due', 'applied'] } as const;
    await scene.ends({ ...owed, ...due });
    await scene.sendRefund();
    await scene.pass(...row.refund.done.passes);
    await scene.ends({ refunds: ['late_payment done'], worklist: [], debits: ['refunded', 'applied'] });
  });

  test(`${gateway}: money of which nobody ever says a word is never called failed, and staff see it until they close it`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    const { paymentId } = await scene.play(row.staysSilent);
    await scene.signInAgain();
    const silent = { ...NOTHING_TAKEN, booking: 'lapsed', payments: ['pending'] } as const;
    await scene.ends({ ...silent, worklist: ['unknown_outcome'], debits: ['unknown'] });
    await scene.pass(1_000); // Of what came again it was told to ask once more.
    assert.match((await scene.office.manager.worklist())[0]?.next ?? '', /a person must close it/);
    await scene.office.manager.does('POST', `/payments/${paymentId}/closings`, { note: NOTE });
    assert.deepEqual(await scene.office.manager.worklist(), []);
  });

  test(`${gateway}: another amount than was asked for is set aside for a person, who says what it is`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    await scene.play(row.tellsOtherAmount);
    const aside = { payments: ['pending under review'], receipts: ['unallocated'], debits: ['unallocated'] } as const;
    await scene.ends({ ...NOTHING_TAKEN, ...aside, booking: 'held', worklist: ['under_review', 'underpaid'] });
    assert.equal(problemOf(await scene.tryToPay(row.phones[1])).code, 'payment_in_progress');
    await scene.resolve('refund');
    const owed = { payments: ['paid'], receipts: ['refund_due'], refunds: ['staff_decision due'] };
    await scene.ends({ ...owed, worklist: ['refund_due'], debits: ['refund due'] });
  });

  const { takesOtherCurrency } = row;
  if (!('none' in takesOtherCurrency))
    test(`${gateway}: another currency is set aside for a person as well`, async t => {
      const scene = await openScene(t, row);
      await scene.book();
      await scene.play(takesOtherCurrency);
      const aside = { payments: ['pending under review'], receipts: ['unallocated'], debits: ['unallocated'] } as const;
      await scene.ends({ ...NOTHING_TAKEN, ...aside, booking: 'held', worklist: ['under_review', 'underpaid'] });
    });

  const { takesBack } = row;
  if (!('none' in takesBack))
    test(`${gateway}: what was asked for is taken back before the booking is cancelled, and money that comes all the same is due back`, async t => {
      const scene = await openScene(t, row);
      await scene.book();
      await scene.play(takesBack);
      assert.equal((await scene.letGo()).status, 200);
      assert.equal((await scene.see()).payment?.reason?.code, 'cancelled_by_customer');
      assert.deepEqual([(await scene.see()).state, await scene.placesLeft()], ['cancelled', 50]);
      await scene.pass(...takesBack.later);
      const owed = { receipts: ['refund_due'], refunds: ['booking_cancelled due'], debits: ['refund due'] } as const;
      await scene.ends({ booking: 'cancelled', payments: ['paid'], tickets: [], worklist: ['refund_due'], ...owed });
    });

  test(`${gateway}: while it may still be paid a booking is not cancelled, and its money confirms it`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    await scene.play(row.keeps);
    assert.equal(problemOf(await scene.letGo()).code, 'payment_in_progress');
    await scene.ends({ booking: 'held', payments: ['pending'], ...NOTHING_TAKEN });
    await row.pays(scene);
    await scene.pass(...row.accepts.passes);
    await scene.ends(CONFIRMED);
  });
}
