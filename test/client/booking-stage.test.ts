import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUnsettled, type Stage, stageOf } from '../../client/booking/booking-stage.ts';
import { isPossible } from '../../client/payment/payment-stage.ts';
import { BOOKING_STATES, type BookingView, PAYMENT_STATES } from '../../shared/views.ts';
import { aBooking, aPayment, later, NOW } from './views.ts';

const now = new Date(NOW);
const due = { amount: { amount: 450_000, currency: 'KES' }, state: 'due', reason: 'late_payment' } as const;

/** Every stage with a booking that is in it: what it says, and what it lets one do now. */
const STAGES: [string, Partial<BookingView>, Partial<Stage>, string][] = [
  ['held, nothing asked yet', {}, { name: 'hold', turn: 'yours' }, 'pay cancel'],
  ['held, the time just over', { heldUntil: later(0) }, { name: 'hold_over', turn: 'providers' }, ''],
  ['request leaving', { payment: aPayment({ state: 'started' }) }, { name: 'prompt', turn: 'yours' }, ''],
  ['prompt on the phone', { payment: aPayment() }, { name: 'prompt', turn: 'yours' }, ''],
  ['prompt for 20 s', { payment: aPayment({ startedAt: later(-20) }) }, { name: 'prompt' }, 'check'],
  [
    'provider’s own page being made',
    { payment: aPayment({ gateway: 'pesapal', state: 'started', promptEndsAt: null }) },
    { name: 'page_opening', turn: 'providers' },
    '',
  ],
  [
    'provider’s own page',
    { payment: aPayment({ gateway: 'pesapal', redirectUrl: 'https://pay.pesapal.com/x' }) },
    { name: 'hosted_page', turn: 'yours' },
    'cancel',
  ],
  [
    'provider’s own page for 20 s',
    { payment: aPayment({ gateway: 'pesapal', redirectUrl: 'https://pay.pesapal.com/x', startedAt: later(-20) }) },
    { name: 'hosted_page', endsAt: new Date(later(80)) },
    'check cancel',
  ],
  [
    'provider’s own page over',
    {
      payment: aPayment({
        gateway: 'pesapal',
        redirectUrl: 'https://pay.pesapal.com/x',
        startedAt: later(-100),
        promptEndsAt: later(0),
      }),
    },
    { name: 'silent', turn: 'providers' },
    'check',
  ],
  [
    'prompt over, silence',
    { payment: aPayment({ startedAt: later(-100), promptEndsAt: later(-10) }) },
    { name: 'silent', turn: 'providers' },
    'check',
  ],
  ['unknown', { payment: aPayment({ state: 'unknown' }) }, { name: 'unsure', turn: 'providers' }, ''],
  ['failed, may retry', { payment: aPayment({ state: 'failed' }) }, { name: 'failed', turn: 'failed' }, 'pay cancel'],
  [
    'failed, may retry in 1 s',
    { payment: aPayment({ state: 'failed', retryAfter: later(1) }) },
    { name: 'failed', payFrom: new Date(later(1)) },
    'cancel',
  ],
  [
    'failed, may retry this instant',
    { payment: aPayment({ state: 'failed', retryAfter: later(0) }) },
    { name: 'failed' },
    'pay cancel',
  ],
  [
    'failed for too much at once',
    { payment: aPayment({ state: 'failed', reason: { code: 'amount_not_allowed', text: '' } }) },
    { name: 'failed', payFrom: null },
    'cancel',
  ],
  ['failed, hold over', { heldUntil: later(-1), payment: aPayment({ state: 'failed' }) }, { name: 'hold_over' }, ''],
  [
    'looked at by staff',
    { payment: aPayment({ reason: { code: 'under_review', text: '' } }) },
    { name: 'review', turn: 'providers' },
    '',
  ],
  ['a part paid at a till', { payment: aPayment({ state: 'paid' }) }, { name: 'review' }, ''],
  ['paid', { state: 'confirmed', payment: aPayment({ state: 'paid' }) }, { name: 'confirmed', turn: 'done' }, ''],
  ['lapsed', { state: 'lapsed' }, { name: 'lapsed', turn: 'failed' }, 'book'],
  [
    'lapsed after a failed payment',
    { state: 'lapsed', payment: aPayment({ state: 'failed' }) },
    { name: 'lapsed' },
    'book',
  ],
  [
    'lapsed, payment open, 10 minutes not over',
    { state: 'lapsed', payment: aPayment({ startedAt: later(-600), promptEndsAt: later(-599) }) },
    { name: 'lapsed_unresolved', turn: 'providers' },
    'check',
  ],
  [
    'lapsed, payment open, 10 minutes over',
    { state: 'lapsed', payment: aPayment({ startedAt: later(-700), promptEndsAt: later(-600) }) },
    { name: 'lapsed_unresolved' },
    'check book',
  ],
  [
    'lapsed, payment unknown',
    { state: 'lapsed', payment: aPayment({ state: 'unknown', promptEndsAt: null, startedAt: later(-599) }) },
    { name: 'lapsed_unresolved' },
    'check',
  ],
  ['lapsed, paid late', { state: 'lapsed', refunds: [due] }, { name: 'refund_due', turn: 'providers' }, ''],
  ['cancelled', { state: 'cancelled' }, { name: 'cancelled', turn: 'done' }, 'book'],
  ['cancelled, open', { state: 'cancelled', payment: aPayment() }, { name: 'cancelled_unresolved' }, ''],
  ['refund under way', { state: 'refunded', refunds: [{ ...due, state: 'requested' }] }, { name: 'refund_due' }, ''],
  ['refunded', { state: 'refunded', refunds: [{ ...due, state: 'done' }] }, { name: 'refunded', turn: 'done' }, 'book'],
  ['reversed by the gateway', { state: 'refunded' }, { name: 'refunded' }, 'book'],
];

for (const [what, booking, expected, possible] of STAGES)
  test(`${what}: ${expected.name}, with ${possible || 'nothing'} to do`, () => {
    const stage = stageOf(aBooking(booking), now);
    assert.partialDeepStrictEqual(stage, expected);
    assert.equal(whatIsPossible(stage), possible);
  });

test('every stage that a booking can be in stands in the table', () => {
  const names = new Set(STAGES.map(([, , { name }]) => name));
  const payments = [null, ...PAYMENT_STATES.map(state => aPayment({ state }))];
  for (const state of BOOKING_STATES)
    for (const payment of payments) assert.ok(names.has(stageOf(aBooking({ state, payment }), now).name));
});

test('nobody is ever offered to pay while money may be on its way', () => {
  for (const state of BOOKING_STATES)
    for (const paymentState of ['started', 'unknown', 'pending'] as const)
      for (const seconds of [-1_000, -60, 0]) {
        const payment = aPayment({ state: paymentState, startedAt: later(seconds), promptEndsAt: later(seconds + 90) });
        assert.equal(stageOf(aBooking({ state, payment }), now).payFrom, null);
      }
});

test('a booking is unsettled while it is held or a payment may still come', () => {
  assert.ok(isUnsettled(aBooking()));
  assert.ok(isUnsettled(aBooking({ state: 'lapsed', payment: aPayment({ state: 'unknown' }) })));
  assert.ok(!isUnsettled(aBooking({ state: 'lapsed' })));
  assert.ok(!isUnsettled(aBooking({ state: 'confirmed', payment: aPayment({ state: 'paid' }) })));
});

function whatIsPossible(stage: Stage): string {
  const { payFrom, checkFrom, bookAgainFrom, mayCancel } = stage;
  const doings = { pay: payFrom, check: checkFrom, book: bookAgainFrom };
  const open = Object.entries(doings).filter(([, from]) => isPossible(from, now));
  return [...open.map(([name]) => name), ...(mayCancel ? ['cancel'] : [])].join(' ');
}
