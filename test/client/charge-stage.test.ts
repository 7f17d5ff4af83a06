import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChargeStageName, chargeStage, isUnsettled } from '../../client/charge/charge-stage.ts';
import { WITH_CHARGES } from '../../client/kit/dictionary-of-charges.ts';
import { wordsFrom } from '../../client/kit/words.ts';
import type { Stage } from '../../client/payment/payment-stage.ts';
import { isPossible } from '../../client/payment/payment-stage.ts';
import { stageWords } from '../../client/payment/stage-words.ts';
import { CHARGE_STATES, type ChargeView, PAYMENT_STATES, type PaymentView } from '../../shared/views.ts';
import { aCharge, aPayment, later, NOW } from './views.ts';

const now = new Date(NOW);
const paid = (change: Partial<PaymentView> = {}) => ({ payment: aPayment({ gateway: 'pesapal', ...change }) });
const due = { amount: { amount: 1_500_000, currency: 'TZS' }, state: 'due', reason: 'late_payment' } as const;
const page = { redirectUrl: 'https://pay.pesapal.com/x' };

/** Every stage with a charge that is in it: what it says, and what it lets one do now. */
const STAGES: [string, Partial<ChargeView>, Partial<Stage<ChargeStageName>>, string][] = [
  ['open, nothing asked yet', { payment: null }, { name: 'charge_open', turn: 'yours' }, 'pay'],
  ['prompt on the phone', { payment: aPayment() }, { name: 'prompt', turn: 'yours' }, ''],
  ['the provider’s page being made', paid({ state: 'started' }), { name: 'page_opening', turn: 'providers' }, ''],
  ['the provider’s page', paid(page), { name: 'hosted_page', turn: 'yours', endsAt: new Date(later(80)) }, ''],
  ['the provider’s page for 20 s', paid({ ...page, startedAt: later(-20) }), { name: 'hosted_page' }, 'check'],
  [
    'the page over, silence',
    paid({ ...page, startedAt: later(-99), promptEndsAt: later(-9) }),
    { name: 'silent' },
    'check',
  ],
  ['unknown', paid({ state: 'unknown' }), { name: 'unsure', turn: 'providers' }, ''],
  ['failed', paid({ state: 'failed' }), { name: 'failed', turn: 'failed' }, 'pay'],
  ['failed, retry in 1 s', paid({ state: 'failed', retryAfter: later(1) }), { name: 'failed' }, ''],
  [
    'too much at once',
    paid({ state: 'failed', reason: { code: 'amount_not_allowed', text: '' } }),
    { name: 'charge_too_much', turn: 'failed' },
    '',
  ],
  ['looked at by staff', paid({ reason: { code: 'under_review', text: '' } }), { name: 'review' }, ''],
  ['paid', { state: 'paid', ...paid({ state: 'paid' }) }, { name: 'charge_paid', turn: 'done' }, ''],
  ['paid twice', { state: 'paid', ...paid({ state: 'paid' }), refunds: [due] }, { name: 'charge_paid' }, ''],
  ['cancelled', { state: 'cancelled', payment: null }, { name: 'charge_cancelled', turn: 'done' }, ''],
  ['cancelled, open', { state: 'cancelled', ...paid() }, { name: 'charge_cancelled_unresolved' }, ''],
  ['cancelled, paid late', { state: 'cancelled', refunds: [due] }, { name: 'refund_due', turn: 'providers' }, ''],
  ['refund under way', { state: 'refunded', refunds: [{ ...due, state: 'requested' }] }, { name: 'refund_due' }, ''],
  ['refunded', { state: 'refunded', refunds: [{ ...due, state: 'done' }] }, { name: 'refunded', turn: 'done' }, ''],
];

for (const [what, charge, expected, possible] of STAGES)
  test(`a charge, ${what}: ${expected.name}, with ${possible || 'nothing'} to do`, () => {
    const stage = chargeStage(aCharge(charge), now);
    assert.partialDeepStrictEqual(stage, expected);
    assert.equal(whatIsPossible(stage), possible);
  });

test('every stage that a charge can be in stands in the table, and says something in both languages', () => {
  const names = new Set(STAGES.map(([, , { name }]) => name));
  for (const state of CHARGE_STATES)
    for (const payment of [null, ...PAYMENT_STATES.map(one => aPayment({ state: one }))]) {
      const charge = aCharge({ state, payment });
      const stage = chargeStage(charge, now);
      assert.ok(names.has(stage.name));
      for (const language of ['en', 'sw'] as const) {
        const { title, sentences } = stageWords(charge, stage, wordsFrom(WITH_CHARGES, language, 'Africa/Nairobi'));
        assert.doesNotMatch([title, ...sentences].join(' '), /undefined|\{/);
        assert.ok(title && sentences.length > 0);
      }
    }
});

test('nobody is ever offered to pay a charge while money may be on its way', () => {
  for (const state of CHARGE_STATES)
    for (const paymentState of ['started', 'unknown', 'pending'] as const)
      for (const seconds of [-1_000, -60, 0]) {
        const payment = aPayment({ state: paymentState, startedAt: later(seconds), promptEndsAt: later(seconds + 90) });
        assert.equal(chargeStage(aCharge({ state, payment }), now).payFrom, null);
      }
});

test('a charge is unsettled while it is open or a payment may still come', () => {
  assert.ok(isUnsettled(aCharge({ payment: aPayment({ state: 'failed' }) })));
  assert.ok(isUnsettled(aCharge({ state: 'cancelled' })));
  assert.ok(!isUnsettled(aCharge({ state: 'paid', payment: aPayment({ state: 'paid' }) })));
});

function whatIsPossible({ payFrom, checkFrom }: Stage): string {
  const doings = { pay: payFrom, check: checkFrom };
  return Object.entries(doings)
    .filter(([, from]) => isPossible(from, now))
    .map(([name]) => name)
    .join(' ');
}
