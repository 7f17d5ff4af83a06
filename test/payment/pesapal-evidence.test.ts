import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PesapalFaultName } from '../../server/simulator/pesapal/faults.ts';
import { CONFIRMED, type Ending, NOTHING_TAKEN } from '../gateway/behaviours/ending.ts';
import { newestOrder, openPage, PESAPAL } from '../gateway/behaviours/pesapal.ts';
import { openScene } from '../gateway/behaviours/scene.ts';
import { problemOf } from '../support/customer.ts';

const STATUSES = '/pesapalv3/api/Transactions/GetTransactionStatus';
const NOTICE = 2_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ASIDE = { tickets: [], refunds: [], booking: 'held', payments: ['pending under review'] } as const;

test('an order in shillings that a card paid in dollars waits for a person, with the dollars in the books', async t => {
  const scene = await openScene(t, PESAPAL);
  await scene.book();
  await scene.pay();
  const mastercard = { network: 'card', account: '5200000000000114' } as const;
  assert.ok(scene.tiketi.simulator.pesapal.pay(await openPage(scene), mastercard));
  await scene.pass(3_000, NOTICE);
  const listed = (await scene.office.manager.worklist()).find(({ receiptId }) => receiptId !== null);
  assert.deepEqual(listed?.amount, { amount: 1_600, currency: 'USD' });
  assert.equal(listed?.receiptNumber, scene.tiketi.simulator.ledger.debits[0]?.receiptNumber);
  const worklist = ['under_review', 'underpaid'];
  await scene.ends({ ...ASIDE, receipts: ['unallocated'], worklist, debits: ['unallocated'] });
  assert.equal((await scene.see()).payment?.reason?.code, 'under_review');
  assert.equal(problemOf(await scene.tryToPay(PESAPAL.phones[1])).code, 'payment_in_progress');
  assert.equal(problemOf(await scene.letGo()).code, 'payment_in_progress');
});

const ODD: [fault: PesapalFaultName, ending: Partial<Ending>][] = [
  ['pesapal-status-upper', CONFIRMED],
  ['pesapal-status-old', CONFIRMED],
  ['pesapal-status-strings', CONFIRMED],
  ['pesapal-status-extra', CONFIRMED],
  ['pesapal-status-amount', { ...ASIDE, receipts: ['unallocated'], worklist: ['under_review', 'underpaid'] }],
  ['pesapal-status-reference', { ...ASIDE, receipts: ['unallocated'], worklist: ['under_review', 'unmatched_money'] }],
  ['pesapal-status-order', { ...ASIDE, receipts: ['unallocated'], worklist: ['under_review', 'unmatched_money'] }],
  ['pesapal-status-without-code', { ...ASIDE, receipts: [], worklist: ['under_review'], debits: ['unknown'] }],
  ['pesapal-status-unlisted', { ...NOTHING_TAKEN, booking: 'held', payments: ['pending'], debits: ['unknown'] }],
  ['pesapal-status-pending', { ...NOTHING_TAKEN, booking: 'held', payments: ['pending'], debits: ['unknown'] }],
];
for (const [fault, ending] of ODD)
  test(`${fault}: it ends ${ending.payments?.join(' ')}`, async t => {
    const scene = await openScene(t, PESAPAL);
    await scene.book();
    await scene.play({ fault, does: 'pays', passes: [NOTICE] });
    await scene.ends(ending);
  });

test('a confirmation code that was counted before is never counted for another', async t => {
  const scene = await openScene(t, PESAPAL);
  await scene.book();
  await scene.play(PESAPAL.accepts);
  await scene.book();
  await scene.play({ fault: 'pesapal-status-others-code', does: 'pays', passes: [NOTICE] }, PESAPAL.phones[1]);
  await scene.ends({ ...ASIDE, receipts: [], worklist: ['under_review'], debits: ['applied', 'unknown'] });
});

const SLOW: PesapalFaultName[] = [
  'pesapal-status-slow',
  'pesapal-status-html',
  'pesapal-status-reset',
  'pesapal-status-token',
  'pesapal-status-rate',
  'pesapal-notified-early',
  'pesapal-notified-late',
];
for (const fault of SLOW)
  test(`${fault}: still going is not failed, and in the end it is confirmed`, async t => {
    const scene = await openScene(t, PESAPAL);
    await scene.book();
    await scene.play({ fault, does: 'pays', passes: [NOTICE] });
    assert.notEqual((await scene.see()).payment?.state, 'failed');
    await scene.pass(30_000, 30_000, MINUTE, MINUTE, MINUTE);
    await scene.ends(CONFIRMED);
  });

test('where no notification comes, questions follow the schedule, also when the hold is long over, for a week', async t => {
  const scene = await openScene(t, PESAPAL);
  await scene.book();
  await scene.play({ fault: 'pesapal-status-silence', does: 'pays', passes: [] });
  newestOrder(scene).notificationUrl.url = `${scene.tiketi.url}/nobody`;
  const asked = () => scene.tiketi.simulator.parts.requests[STATUSES] ?? 0;
  const within = async (...jumps: number[]) => {
    const before = asked();
    await scene.pass(...jumps);
    return asked() - before;
  };
  assert.equal(await within(19_000), 0);
  assert.equal(await within(12_000), 1, 'after 25 seconds');
  assert.equal(await within(...Array(28).fill(MINUTE / 2)), 6, 'six in a quarter of an hour');
  assert.ok((await within(...Array(7).fill(DAY))) >= 6, 'about daily');
  assert.equal(await within(DAY, DAY), 0, 'then a person must close it');
  assert.equal((await scene.see()).payment?.state, 'pending');
});

test('a payment that somebody at Pesapal takes back is noticed by asking too, when its notification was the last thing heard', async t => {
  const scene = await openScene(t, PESAPAL);
  await scene.book();
  await scene.play({ fault: 'pesapal-reversed', does: 'pays', passes: [NOTICE] });
  assert.equal((await scene.see()).state, 'confirmed');
  await scene.pass(MINUTE, NOTICE);
  const reversed = { booking: 'refunded', payments: ['reversed'], tickets: ['void', 'void'] } as const;
  await scene.ends({ ...reversed, worklist: [], refunds: [], debits: ['refunded'] });
});

test('money that came and went before anybody asked is as if it had never come', async t => {
  const scene = await openScene(t, PESAPAL);
  await scene.book();
  await scene.play({ fault: 'pesapal-not-notified', does: 'pays', passes: [] });
  assert.ok(scene.tiketi.simulator.pesapal.reverse(newestOrder(scene)));
  await scene.check();
  await scene.ends({ ...NOTHING_TAKEN, booking: 'held', payments: ['failed'], debits: ['refunded'] });
});

test('the first try on the page fails, the next one on the same page pays: the failure is told and overtaken', async t => {
  const scene = await openScene(t, PESAPAL);
  await scene.book();
  await scene.pay();
  const order = await openPage(scene);
  const { pesapal } = scene.tiketi.simulator;
  assert.ok(pesapal.pay(order, { network: 'airtel', account: scene.payer }));
  scene.tiketi.phone.cancel(scene.payer);
  await scene.pass(NOTICE);
  assert.equal((await scene.see()).payment?.state, 'failed');
  assert.ok(pesapal.pay(order, { network: 'airtel', account: scene.payer }));
  scene.tiketi.phone.enterPin('1234', scene.payer);
  await scene.pass(NOTICE);
  await scene.ends(CONFIRMED);
});
