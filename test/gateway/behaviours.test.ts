import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import { STORE } from '../support/stores.ts';
import { CONFIRMED, NOTHING_TAKEN } from './behaviours/ending.ts';
import { ROWS } from './behaviours/rows.ts';
import { openScene } from './behaviours/scene.ts';

const PAUSE_MS = 120_000; // Gateways take the same amount from the same phone for a mistake for so long.

for (const row of ROWS) {
  const { name: gateway } = row;

  test(`${gateway}: money confirms the booking, with its receipt and a ticket for each place`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    const payment = await scene.play(row.accepts);
    assert.equal(payment.state, 'pending');
    const [debit] = scene.tiketi.simulator.ledger.debits;
    assert.equal(debit && debit.amount * 100, 2 * row.price);
    assert.equal((await scene.see()).payment?.receiptNumber, debit?.receiptNumber);
    await scene.ends(CONFIRMED);
  });

  test(`${gateway}: a refusal fails at once, keeps the places, and says why; the next try may follow at once`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    const refused = await scene.play(row.refuses);
    assert.equal(refused.state, 'failed');
    assert.equal(refused.reason?.code, row.refuses.reason);
    await scene.ends({ booking: 'held', payments: ['failed'], ...NOTHING_TAKEN });
    await scene.play(row.accepts);
    await scene.ends({ ...CONFIRMED, payments: ['failed', 'paid'] });
  });

  test(`${gateway}: an answer that is lost is no refusal: the payment is unknown, and its money confirms the booking`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    const { state, redirectUrl } = await scene.play(row.losesAnswer);
    assert.deepEqual([state, redirectUrl], ['unknown', null]);
    await scene.ends(CONFIRMED);
  });

  test(`${gateway}: where the request itself was lost the places go back, and nothing that nobody knows is called failed`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    const { state } = await scene.play(row.losesRequest);
    assert.equal(state, 'unknown');
    const { payment } = row.losesRequest;
    const worklist = payment === 'unknown' ? ['unknown_outcome'] : [];
    await scene.ends({ ...NOTHING_TAKEN, booking: 'lapsed', payments: [payment], worklist });
    assert.equal(await scene.placesLeft(), 50);
  });

  const { reportsFirst } = row;
  if (!('none' in reportsFirst))
    test(`${gateway}: a report that comes before the answer counts, and the answer takes nothing back`, async t => {
      const scene = await openScene(t, row);
      await scene.book();
      const { state } = await scene.play(reportsFirst);
      if (STORE === 'sqlite') assert.equal(state, 'paid'); // With many writers the answer may be written down before the report is read.
      await scene.ends(CONFIRMED);
    });

  test(`${gateway}: a report that comes four times counts once`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    await scene.play(row.reportsTwice);
    assert.ok(scene.tiketi.simulator.parts.callbacks.length >= 4);
    await scene.ends(CONFIRMED);
  });

  test(`${gateway}: where no report ever comes, asking finds the money`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    await scene.play(row.reportsNothing);
    assert.deepEqual(scene.tiketi.simulator.parts.callbacks, []);
    await scene.ends(CONFIRMED);
  });

  test(`${gateway}: told and asked in any order, it ends the same`, async t => {
    const scene = await openScene(t, row, { CHECK_AFTER_SECONDS: '3600', RATE_LIMITS: 'off' });
    const told = () => row.tells(scene);
    const asked = () => scene.check();
    const { debits } = scene.tiketi.simulator.ledger;
    for (const steps of [[told], [asked], [told, asked], [asked, told], [told, told, asked], [asked, asked, told]]) {
      await scene.book();
      await scene.play(row.reportsByHand);
      for (const step of steps) await step();
      await scene.ends({ ...CONFIRMED, debits: debits.map(() => 'applied') });
      const { payment } = await scene.see();
      if (steps.includes(told)) assert.equal(payment?.receiptNumber, debits.at(-1)?.receiptNumber);
      await scene.pass(PAUSE_MS);
    }
  });

  test(`${gateway}: who declines on the phone is told so, keeps the places, and can pay after the pause`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    await scene.play(row.declined);
    const { payment } = await scene.see();
    assert.equal(payment?.reason?.code, 'cancelled_by_customer');
    await scene.ends({ booking: 'held', payments: ['failed'], ...NOTHING_TAKEN });
    assert.equal(problemOf(await scene.tryToPay()).code, 'retry_too_soon');
    await scene.pass(Date.parse(payment?.retryAfter ?? '') - +scene.tiketi.clock.now());
    await scene.play(row.accepts);
    await scene.ends({ ...CONFIRMED, payments: ['failed', 'paid'] });
  });

  test(`${gateway}: money that comes after a "failed" counts: money beats any no`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    await scene.play(row.failsFirst);
    assert.equal((await scene.see()).payment?.state, 'failed');
    await scene.pass(...row.failsFirst.later);
    await scene.ends(CONFIRMED);
  });

  test(`${gateway}: who pays again after a "failed" that was none owes nothing twice: the second money goes back`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    await scene.play(row.failsFirst);
    await scene.play(row.accepts, row.phones[1]);
    assert.equal((await scene.see()).state, 'confirmed');
    await scene.pass(...row.failsFirst.later);
    await scene.ends({
      ...CONFIRMED,
      payments: ['paid', 'paid'],
      receipts: ['applied', 'refund_due'],
      refunds: ['duplicate_payment due'],
      worklist: ['refund_due'],
      debits: ['refund due', 'applied'],
    });
  });

  test(`${gateway}: nobody pays: the places go back, and the reason is told`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    await scene.play(row.nobodyPays);
    await scene.ends({ booking: 'lapsed', payments: ['failed'], ...NOTHING_TAKEN });
    assert.equal((await scene.see()).payment?.reason?.code, row.nobodyPays.reason);
    assert.equal(await scene.placesLeft(), 50);
  });
}
