import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PesapalFaultName, pesapalFaultCalled } from '../../server/simulator/pesapal/faults.ts';
import { eventually } from '../support/eventually.ts';
import { REQUEST } from './scripted-pesapal.ts';
import { AMOUNT, magic, meet, PHONE } from './simulated-pesapal.ts';

const WAITING = { outcome: 'going', why: 'not paid yet' };
const API = '/pesapalv3/api';
const ORDERS = `${API}/Transactions/SubmitOrderRequest`;
const STATUSES = `${API}/Transactions/GetTransactionStatus`;
const CANCELLINGS = `${API}/Transactions/CancelOrder`;
const TOKENS = `${API}/Auth/RequestToken`;
const REGISTRATIONS = `${API}/URLSetup/RegisterIPN`;
const LISTS = `${API}/URLSetup/GetIpnList`;

for (const [pesapalTokenSeconds, tokens] of [
  [300, 3],
  [3_600, 3],
] as const)
  test(`a token of ${pesapalTokenSeconds} seconds is used for four minutes and no longer, as the shorter promise has it`, async t => {
    const { order, clock, asked } = await meet(t, { pesapalTokenSeconds });
    const { ask } = await order();
    for (const _ of [1, 2, 3, 4]) {
      clock.move(2 * 60_000);
      assert.deepEqual(await ask(), WAITING);
    }
    assert.equal(asked(TOKENS), tokens);
  });

for (const pesapalBadTokenStatus of [200, 401, 500] as const)
  test(`a token that is refused under HTTP ${pesapalBadTokenStatus} is renewed once, and nobody notices`, async t => {
    const { order, simulator, asked } = await meet(t, { pesapalBadTokenStatus });
    const { ask } = await order();
    simulator.parts.pesapal.tokens.clear();
    assert.deepEqual(await ask(), WAITING);
    assert.equal(asked(TOKENS), 2);
  });

test('the notification URL is registered with the first order and never again, though each registration is a new id', async t => {
  const { order, asked, simulator, notificationUrl } = await meet(t, { ipnListEmpty: true });
  await order();
  await order(PHONE, { paymentId: 'b'.repeat(32) });
  assert.equal(asked(REGISTRATIONS), 1);
  const [registered] = simulator.parts.pesapal.notificationUrls.values();
  assert.deepEqual([registered?.url, registered?.method], [notificationUrl, 'POST']);
  assert.equal(asked(LISTS), 0, 'the list proves nothing: it has been seen to be empty');
});

test('a notification URL that is none is refused, and nothing is ordered', async t => {
  const { collect, asked } = await meet(t, {}, { notificationUrl: 'no url at all' });
  const collected = await collect();
  assert.equal(collected.answer === 'refused' && collected.reason, 'gateway_unavailable');
  assert.equal(asked(ORDERS), 0);
});

test('the same payment ordered again is the same order for the first amount, on the same page', async t => {
  const { order, simulator } = await meet(t);
  const first = await order();
  const again = await order(PHONE, { amount: { amount: 3_000_000, currency: 'TZS' } });
  assert.deepEqual([again.ids, again.redirectUrl], [first.ids, first.redirectUrl]);
  assert.deepEqual(
    simulator.pesapal.orders().map(({ amount }) => amount),
    [20_000],
  );
});

const REFUSED: [fault: PesapalFaultName, reason: string, code: string][] = [
  ['pesapal-refused-parameters', 'refused', 'invalid_api_request_parameters'],
  ['pesapal-refused-limit', 'amount_not_allowed', 'amount_exceeds_default_limit'],
  ['pesapal-refused-test-limit', 'amount_not_allowed', 'maximum_amount_limit_exceeded'],
  ['pesapal-refused-test-account', 'refused', 'TEST_TRANSACTIONS_EXCEEDED'],
  ['pesapal-refused-unlisted', 'refused', 'something_that_no_list_mentions'],
  ['pesapal-refused-ipn-id', 'gateway_unavailable', 'InvalidIpnId'],
];
for (const [fault, reason, code] of REFUSED)
  test(`${fault} is a refusal, although HTTP says 200`, async t => {
    const { collect, simulator } = await meet(t);
    const collected = await collect(magic(fault));
    assert.deepEqual(collected, { answer: 'refused', reason, code, retry: { after: 'no' } });
    assert.deepEqual(simulator.pesapal.orders(), []);
  });

test('an id that was forgotten is registered anew, once, and the order passes', async t => {
  const { order, asked, memory } = await meet(t);
  await order();
  const [before] = memory.kept.values();
  await order(magic('pesapal-ipn-forgotten'), { paymentId: 'b'.repeat(32) });
  assert.equal(asked(REGISTRATIONS), 2);
  assert.notEqual([...memory.kept.values()][0], before);
});

test('what happens on the page moves the order, and asking tells it', async t => {
  const { order, simulator, advance } = await meet(t);
  const { redirectUrl, order: open, ask, ids } = await order();
  assert.equal(new URL(redirectUrl ?? '').searchParams.get('OrderTrackingId'), ids.trackingId);
  assert.deepEqual(await ask(), WAITING, 'nobody has opened it');
  simulator.pesapal.pay(open, { network: 'mpesa', account: PHONE });
  assert.deepEqual(await ask(), WAITING, 'a prompt is open on the phone');
  const owner = simulator.phones.find(PHONE);
  assert.ok(owner && simulator.enterPin(owner, '1234'));
  await advance(2_000);
  const outcome = await ask();
  assert.equal(outcome.outcome, 'paid');
});

test('a pending status looks like an error, under 500 and payment_details_not_found, and is none', async t => {
  const { order, pesapal } = await meet(t);
  const { ask, ids } = await order();
  assert.deepEqual(await ask(), WAITING);
  assert.deepEqual(await pesapal.ask({ ...ids, trackingId: 'nobody-knows' }), WAITING, 'an unknown one looks the same');
});

for (const network of ['mpesa', 'mixx', 'airtel', 'halopesa', 'card'] as const)
  test(`paid by ${network}: title case, a clock in East Africa and an error of nulls, and all digits of its code`, async t => {
    const { pay, simulator } = await meet(t);
    const { ask } = await pay(PHONE, network, network === 'card' ? '4761739001010010' : PHONE);
    const [debit] = simulator.ledger.debits;
    const { receiptNumber, at } = debit ?? assert.fail('nothing was taken');
    const paidAt = new Date(Math.floor(at.getTime() / 1_000) * 1_000);
    assert.deepEqual(await ask(), { outcome: 'paid', receiptNumber, amount: AMOUNT, paidAt });
  });

test('a card that was charged in dollars is told in dollars', async t => {
  const { pay } = await meet(t);
  const { ask } = await pay(PHONE, 'card', '5200000000000114');
  const outcome = await ask();
  assert.deepEqual(outcome.outcome === 'paid' && outcome.amount, { amount: 800, currency: 'USD' });
});

const FAILED: [fault: PesapalFaultName, reason: string, code: string][] = [
  ['pesapal-cancelled', 'cancelled_by_customer', 'request_terminated_by_user'],
  ['pesapal-funds', 'insufficient_funds', 'insufficient_funds'],
  ['pesapal-expired', 'expired', 'request_timed_out'],
  ['pesapal-card-declined', 'refused', '2'],
  ['pesapal-silent', 'refused', '2'],
];
for (const [fault, reason, code] of FAILED)
  test(`${fault}: ${pesapalFaultCalled(fault).sentence}`, async t => {
    const { pay } = await meet(t);
    const { ask } = await pay(magic(fault));
    assert.deepEqual(await ask(), { outcome: 'failed', reason, code, retry: { after: 'now' } });
  });

for (const ipnBody of ['json', 'form'] as const)
  test(`a notification by POST, as ${ipnBody}, names the payment and is acknowledged in the right words`, async t => {
    const { pay, advance, heard, pesapal, simulator } = await meet(t, { ipnBody });
    const { ids } = await pay();
    await advance(2_000);
    const notice = pesapal.readNotice?.({ query: '', body: heard[0]?.body ?? '' });
    assert.deepEqual([notice?.trackingId, notice?.paymentId], [ids.trackingId, REQUEST.paymentId]);
    assert.deepEqual(
      simulator.parts.callbacks.map(({ acknowledged }) => acknowledged),
      [true],
    );
  });

test('a notification by GET does the same', async t => {
  const { order, simulator, heard, pesapal } = await meet(t);
  const { order: open, ids } = await order();
  open.notificationUrl.method = 'GET';
  await simulator.pesapal.notify(open);
  assert.equal(heard[0]?.method, 'GET');
  const notice = pesapal.readNotice?.({ query: new URL(heard[0]?.url ?? '').search, body: '' });
  assert.deepEqual([notice?.trackingId, notice?.paymentId], [ids.trackingId, REQUEST.paymentId]);
  assert.equal(simulator.parts.callbacks[0]?.acknowledged, true);
});

const NOTIFIED: [fault: PesapalFaultName, notified: number][] = [
  ['pesapal-notified-four-times', 4],
  ['pesapal-notified-again', 2],
  ['pesapal-notified-late', 1],
  ['pesapal-not-notified', 0],
  ['pesapal-notified-early', 1],
  ['pesapal-forged', 3],
];
for (const [fault, notified] of NOTIFIED)
  test(`${fault}: ${pesapalFaultCalled(fault).sentence} Whoever asks is told, however often it was notified`, async t => {
    const { pay, advance, heard, pesapal, simulator } = await meet(t);
    const { ask, ids } = await pay(magic(fault));
    for (const ms of [2_000, 60_000, 600_000]) await advance(ms);
    assert.equal(heard.length, notified);
    assert.ok(
      simulator.parts.callbacks.every(({ acknowledged }) => acknowledged),
      'none is sent again',
    );
    const named = heard.map(({ body }) => pesapal.readNotice?.({ query: '', body: body ?? '' })?.trackingId);
    const forged = fault === 'pesapal-forged' ? 1 : 0;
    assert.equal(named.filter(id => id !== ids.trackingId).length, forged, 'of a forged one nobody knows the order');
    assert.equal((await ask()).outcome, 'paid');
  });

test('what is told as failed first and completed later is both, in this order', async t => {
  const { pay, advance } = await meet(t);
  const { ask } = await pay(magic('pesapal-failed-first'));
  assert.equal((await ask()).outcome, 'failed');
  await advance(30_000);
  assert.equal((await ask()).outcome, 'paid');
});

test('money of which Pesapal knows late is told late', async t => {
  const { pay, advance } = await meet(t);
  const { ask } = await pay(magic('pesapal-late'));
  assert.deepEqual(await ask(), WAITING);
  await advance(25 * 60_000);
  assert.equal((await ask()).outcome, 'paid');
});

test('an order is cancelled once, and money that was on its way is still told', async t => {
  const { pay, advance, cancel } = await meet(t);
  const { ask, ids } = await pay(magic('pesapal-after-cancel'));
  assert.deepEqual(await cancel(ids), { answer: 'cancelled' });
  assert.deepEqual(await ask(), WAITING);
  assert.deepEqual(await cancel(ids), { answer: 'refused', why: 'cannot be cancelled' });
  await advance(5_000);
  assert.equal((await ask()).outcome, 'paid');
});

test('a paid order is not cancelled', async t => {
  const { pay, cancel } = await meet(t);
  const { ids } = await pay();
  assert.deepEqual(await cancel(ids), { answer: 'refused', why: 'cannot be cancelled' });
});

test('a refund is accepted, accepted again, and done when the payment says reversed', async t => {
  const { pay, advance, refund, simulator } = await meet(t);
  const { ask } = await pay();
  const accepted = { answer: 'accepted', conversationId: null };
  assert.deepEqual(await refund(), accepted);
  assert.equal((await ask()).outcome, 'paid', 'accepted is not done');
  assert.deepEqual(await refund(), accepted, 'received already');
  await advance(5_000);
  const [debit] = simulator.ledger.debits;
  assert.deepEqual(await ask(), { outcome: 'reversed', receiptNumber: debit?.receiptNumber });
  assert.equal(simulator.ledger.reversals.length, 1);
});

test('a refund of another amount than was captured is refused', async t => {
  const { pay, refund, simulator } = await meet(t);
  await pay();
  const refused = { answer: 'refused', code: 'invalid_amount', retry: { after: 'no' } };
  assert.deepEqual(await refund(undefined, AMOUNT.amount / 2), refused);
  assert.deepEqual(await refund('NOBODY4711'), refused);
  assert.equal(simulator.ledger.reversals.length, 0);
});

for (const fault of ['pesapal-answer-html', 'pesapal-answer-reset', 'pesapal-answer-empty'] as const)
  test(`${fault}: ${pesapalFaultCalled(fault).sentence}`, async t => {
    const { collect, simulator } = await meet(t);
    assert.equal((await collect(magic(fault))).answer, 'unknown');
    const again = await collect(magic(fault));
    const [order, ...more] = simulator.pesapal.orders();
    assert.deepEqual(more, []);
    assert.equal(again.answer === 'accepted' && again.ids.trackingId, order?.trackingId);
  });

const UNSAID: [fault: PesapalFaultName, why: object[]][] = [
  ['pesapal-status-html', Array(3).fill({ why: 'HTTP 502' })],
  ['pesapal-status-rate', Array(2).fill({ why: 'HTTP 429', slowDown: true })],
  ['pesapal-status-reset', [{}]],
  ['pesapal-status-slow', Array(2).fill({ why: 'not paid yet' })],
  ['pesapal-status-token', []],
];
for (const [fault, unsaid] of UNSAID)
  test(`${fault}: ${pesapalFaultCalled(fault).sentence} Until then it is still going`, async t => {
    const { pay } = await meet(t);
    const { ask } = await pay(magic(fault));
    for (const told of unsaid) {
      const outcome = await ask();
      assert.deepEqual(outcome, { ...outcome, outcome: 'going', ...told });
    }
    assert.equal((await ask()).outcome, 'paid');
  });

test('what is never answered is unknown when its time is over: an order, and a question', async t => {
  const { collect, pay, clock, asked, simulator, cancel } = await meet(t);
  const over = async <T>(calling: Promise<T>, path: string) => {
    const before = asked(path);
    await eventually(() => asked(path) > before);
    await new Promise(setImmediate);
    clock.move(20_000);
    return calling;
  };
  await collect(magic('pesapal-pays'), { paymentId: 'b'.repeat(32) }); // A token and a URL, so that the next is one call.
  assert.deepEqual(await over(collect(magic('pesapal-answer-hangs')), ORDERS), { answer: 'unknown', why: 'timeout' });
  simulator.parts.pesapal.faults.arm({ fault: 'pesapal-status-hangs', phone: null, times: 1 });
  const { ask } = await pay();
  assert.deepEqual(await over(ask(), STATUSES), { outcome: 'going', why: 'timeout' });
  assert.equal((await ask()).outcome, 'paid');
  const held = await collect(magic('pesapal-cancel-hangs'), { paymentId: 'c'.repeat(32) });
  assert.ok(held.answer === 'accepted');
  assert.deepEqual(await over(cancel(held.ids), CANCELLINGS), { answer: 'unknown', why: 'timeout' });
});
