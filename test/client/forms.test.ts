import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BookingPageState } from '../../client/booking/booking-page-state.ts';
import { stageOf } from '../../client/booking/booking-stage.ts';
import { doingProblem, isPayable, payPhoneProblem } from '../../client/booking/pay-form.ts';
import { NO_ANSWER } from '../../client/kit/api.ts';
import { createWords } from '../../client/kit/words.ts';
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

const paying = (change: Partial<BookingPageState>, view: Partial<BookingView> = {}): BookingPageState => ({
  booking: aBooking(view),
  stage: stageOf(aBooking(view), now),
  venue: undefined,
  form: { phone: '0712 345 678', phoneWasLeft: true, asking: null },
  trouble: null,
  check: 'possible',
  silentSince: null,
  posterUrl: null,
  qrPictures: new Map(),
  now,
  ...change,
});

test('paying needs a number', () => {
  const form = { phone: ' ', phoneWasLeft: true, asking: null };
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

test('a trouble is told once: under the number, or below the form', () => {
  const about = (code: string) => paying({ trouble: { ...NO_ANSWER, code } });
  assert.equal(doingProblem(about('invalid_phone'), words), '');
  assert.notEqual(payPhoneProblem(about('invalid_phone'), words), '');
  assert.notEqual(doingProblem(about('payment_in_progress'), words), '');
  assert.equal(payPhoneProblem(about('payment_in_progress'), words), '');
});
