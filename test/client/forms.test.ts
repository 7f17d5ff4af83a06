import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stageOf } from '../../client/booking/booking-stage.ts';
import { NO_ANSWER } from '../../client/kit/api.ts';
import { createWords } from '../../client/kit/words.ts';
import { doingProblem, isPayable, payPhoneProblem, untouched } from '../../client/payment/pay-form.ts';
import type { PayingState } from '../../client/payment/paying-state.ts';
import { type BookingForm, formProblems, hasProblem } from '../../client/show/booking-form.ts';
import type { BookingView } from '../../shared/views.ts';
import { aBooking, aPayment, aShowing, later, NOW } from './views.ts';

const words = createWords('en', 'Africa/Nairobi');
const now = new Date(NOW);
const TYPED: BookingForm = {
  quantity: 2,
  customerName: '',
  phone: '',
  phoneWasLeft: true,
  email: '',
  isSending: false,
  trouble: null,
};

const booking = (change: Partial<BookingForm>, placesLeft = 200) =>
  formProblems({ ...TYPED, ...change }, aShowing({ placesLeft }), 'KE', words, now);

test('a booking needs neither name nor phone', () => assert.ok(!hasProblem(booking({}))));

for (const quantity of [0, 11, 2.5, Number.NaN])
  test(`${quantity} places cannot be booked`, () =>
    assert.equal(booking({ quantity }).quantity, 'Choose from 1 to 10 places.'));

test('fewer places than wanted is said under the number of places, as soon as it is known', () => {
  assert.equal(booking({ quantity: 3 }, 2).quantity, 'Only 2 places left. Choose fewer.');
  assert.equal(booking({ quantity: 3 }, 1).quantity, 'Only 1 place left. Choose fewer.');
});

test('what the server refuses is said under the field that it is about', () => {
  const refused = (code: string, fields: string[] = []) => booking({ trouble: { ...NO_ANSWER, code, fields } });
  assert.match(refused('invalid_phone').phone, /not a mobile number/);
  assert.match(refused('too_many_holds').phone, /already holds/);
  assert.match(refused('invalid_body', ['customerName']).customerName, /too long/);
  assert.match(refused('invalid_body', ['quantity']).quantity, /does not fit/);
  assert.match(refused('showing_over').form, /no longer be booked/);
  assert.match(refused('no_answer').form, /nothing happens twice/);
});

const paying = (change: Partial<PayingState>, view: Partial<BookingView> = {}): PayingState => {
  const booking = aBooking(view);
  return {
    payable: { ...booking, amount: booking.total },
    stage: stageOf(booking, now),
    form: { ...untouched('0712 345 678'), phoneWasLeft: true },
    trouble: null,
    check: 'possible',
    frame: 'loading',
    silentSince: null,
    timeZone: booking.showing.timeZone,
    now,
    ...change,
  };
};

test('paying needs a number', () => {
  const form = { ...untouched(' '), phoneWasLeft: true };
  assert.equal(payPhoneProblem(paying({ form }), words), 'Type the number that will pay.');
  assert.equal(payPhoneProblem(paying({}), words), '');
});

test('another try waits for the last payment’s instant, and for the one in the server’s refusal', () => {
  const failed = { payment: aPayment({ state: 'failed', retryAfter: later(30) }) };
  const refusal = (seconds: number) => ({ ...NO_ANSWER, code: 'retry_too_soon', retryAt: new Date(later(seconds)) });
  const at = (seconds: number) => ({ now: new Date(later(seconds)) });
  assert.ok(!isPayable(paying(at(29), failed)));
  assert.ok(isPayable(paying(at(30), failed)));
  assert.ok(!isPayable(paying({ ...at(30), trouble: refusal(60) }, failed)));
  assert.ok(isPayable(paying({ ...at(60), trouble: refusal(60) }, failed)));
  assert.ok(!isPayable(paying({ trouble: refusal(1) })));
});

test('with another number the next try need not wait, unless the server says so', () => {
  const failed = { payment: aPayment({ state: 'failed', retryAfter: later(30) }) };
  const typed = (phone: string) => ({ form: { ...untouched(phone), phoneWasLeft: true } });
  const refusal = { ...NO_ANSWER, code: 'retry_too_soon', retryAt: new Date(later(5)) };
  for (const same of ['0712 345 678', '+254 712 345 678', '712345678', '0712 345', ''])
    assert.ok(!isPayable(paying(typed(same), failed)), same);
  assert.ok(isPayable(paying(typed('0733 345 679'), failed)));
  assert.ok(!isPayable(paying({ ...typed('0733 345 679'), trouble: refusal }, failed)));
});

test('with another number, what is too much at once stays too much', () => {
  const failed = { payment: aPayment({ state: 'failed', reason: { code: 'amount_not_allowed', text: '' } }) };
  assert.ok(!isPayable(paying({ form: untouched('0733 345 679') }, failed)));
});

test('a trouble is told once: under the number, or below the form', () => {
  const about = (code: string) => paying({ trouble: { ...NO_ANSWER, code } });
  assert.equal(doingProblem(about('invalid_phone'), words), '');
  assert.notEqual(payPhoneProblem(about('invalid_phone'), words), '');
  assert.notEqual(doingProblem(about('payment_in_progress'), words), '');
  assert.equal(payPhoneProblem(about('payment_in_progress'), words), '');
});
