import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import * as v from 'valibot';
import { BookingAnswer, PaymentAnswer } from '../../shared/views.ts';
import { type Answer, PHONE, problemOf } from '../support/customer.ts';
import { openTiketi } from '../support/tiketi.ts';

const CALLBACK_MS = 2_000; // More than the simulated gateway takes from the end of a prompt to its callback.
const PUSH = '/mpesa/stkpush/v1/processrequest';

test('the places are not enough: 409 says how many are left, of those neither held nor sold', async t => {
  const { customer, phone, pass, addShowing } = await openTiketi(t);
  const showingId = await addShowing({ capacity: 5 });
  const { bookingId } = await customer.book(showingId, 2);
  const watch = await customer.watch(bookingId);
  await customer.pay(bookingId);
  phone.enterPin();
  await pass(CALLBACK_MS);
  await watch.untilState('confirmed');
  await customer.book(showingId, 1);
  const three = await customer.tryToBook({ showingId, quantity: 3 });
  assert.equal(three.status, 409);
  assert.equal(problemOf(three).code, 'sold_out');
  assert.equal(problemOf(three).placesLeft, 2);
  await customer.book(showingId, 2);
  assert.equal(problemOf(await customer.tryToBook({ showingId, quantity: 1 })).placesLeft, 0);
});

test('S19 ten places are a booking, eleven are too many, however few are left', async t => {
  const { customer, addShowing } = await openTiketi(t);
  const showingId = await addShowing({ capacity: 10 });
  const eleven = await customer.tryToBook({ showingId, quantity: 11 });
  assert.equal(eleven.status, 422);
  assert.equal(problemOf(eleven).code, 'too_many_places');
  await customer.book(showingId, 10);
});

test('a phone number is understood however people write it', async t => {
  const { customer, addShowing } = await openTiketi(t, { RATE_LIMITS: 'off' });
  const showingId = await addShowing();
  const spellings = [
    ...['0712345678', '0712 345 678', '0712-345-678', '0712.345.678', '(0712) 345 678', ' 0712345678 ', '712345678'],
    ...['+254712345678', '+254 712 345 678', '254712345678', '254 712 345678', '+254 (0) 712 345678', '2540712345678'],
    ...['0712\u00a0345\u00a0678', '0712–345–678', '０７１２３４５６７８', '٠٧١٢٣٤٥٦٧٨'],
  ];
  for (const phone of spellings)
    assert.equal((await customer.book(showingId, 1, { phone })).phone, '2547•••••678', phone);
  assert.equal(
    (await customer.book(showingId, 1, { phone: '0112 345 678' })).phone,
    '2541•••••678',
    'the newer numbers',
  );
  for (const phone of ['', '  ', null]) assert.equal((await customer.book(showingId, 1, { phone })).phone, null);
});

test('what cannot be a mobile of the venue’s country is an invalid phone', async t => {
  const { customer, addShowing } = await openTiketi(t);
  const showingId = await addShowing();
  const bad = ['071234567', '07123456789', '+255712345678', '0202345678', '+44712345678', '0812345678', 'hello', '0'];
  for (const phone of bad) {
    const refused = await customer.tryToBook({ showingId, quantity: 1, phone });
    assert.equal(refused.status, 422, phone);
    assert.equal(problemOf(refused).code, 'invalid_phone', phone);
    assert.deepEqual(
      problemOf(refused).errors?.map(error => error.path),
      ['phone'],
    );
  }
});

test('a showing that has begun can be neither booked nor paid for: 410', async t => {
  const { customer, pass, clock, addShowing } = await openTiketi(t);
  const showingId = await addShowing({ startsAt: new Date(+clock.now() + 60_000) });
  const { bookingId } = await customer.book(showingId);
  await pass(60_000);
  const late = await customer.tryToBook({ showingId, quantity: 1 });
  const payment = await customer.tryToPay(bookingId, { gateway: 'daraja', phone: PHONE });
  for (const refused of [late, payment]) {
    assert.equal(refused.status, 410);
    assert.equal(problemOf(refused).code, 'showing_over');
  }
});

test('S19 three unpaid holds of one phone are enough; one that ends makes room for another', async t => {
  const { customer, addShowing } = await openTiketi(t);
  const showingId = await addShowing();
  const spellings = ['0712345678', '+254712345678', '712 345 678'];
  const [first] = await Promise.all(spellings.map(phone => customer.book(showingId, 1, { phone })));
  const fourth = await customer.tryToBook({ showingId, quantity: 1, phone: '0712-345-678' });
  assert.equal(fourth.status, 429);
  assert.equal(problemOf(fourth).code, 'too_many_holds');
  await customer.book(showingId, 1, { phone: '0712345679' });
  await customer.book(showingId, 1);
  await customer.ask('DELETE', `/api/v1/bookings/${first?.bookingId}`);
  await customer.book(showingId, 1, { phone: '0712345678' });
});

test('while a prompt may be open nothing else is sent: not for the booking, not to the phone', async t => {
  const { customer, simulator, addShowing } = await openTiketi(t);
  const showingId = await addShowing();
  const [one, other] = [await customer.book(showingId), await customer.book(showingId)];
  await customer.pay(one.bookingId);
  const refusals = [
    await customer.tryToPay(one.bookingId, { gateway: 'daraja', phone: '0712345679' }),
    await customer.tryToPay(other.bookingId, { gateway: 'daraja', phone: '0712 345 678' }),
    await customer.ask('DELETE', `/api/v1/bookings/${one.bookingId}`),
  ];
  for (const refused of refusals) {
    assert.equal(refused.status, 409);
    assert.equal(problemOf(refused).code, 'payment_in_progress');
  }
  assert.equal(simulator.parts.requests[PUSH], 1);
});

test('a paid booking is neither paid again nor cancelled', async t => {
  const { customer, phone, pass, addShowing } = await openTiketi(t);
  const { bookingId } = await customer.book(await addShowing());
  const watch = await customer.watch(bookingId);
  await customer.pay(bookingId);
  phone.enterPin();
  await pass(CALLBACK_MS);
  await watch.untilState('confirmed');
  const again = await customer.tryToPay(bookingId, { gateway: 'daraja', phone: '0712345679' });
  const cancelled = await customer.ask('DELETE', `/api/v1/bookings/${bookingId}`);
  for (const refused of [again, cancelled]) {
    assert.equal(refused.status, 409);
    assert.equal(problemOf(refused).code, 'already_paid');
  }
  assert.equal((await customer.see(bookingId)).state, 'confirmed');
});

test('a hold that has lapsed is neither paid nor cancelled', async t => {
  const { customer, pass, simulator, addShowing } = await openTiketi(t);
  const { bookingId } = await customer.book(await addShowing());
  await pass(10 * 60_000);
  const payment = await customer.tryToPay(bookingId, { gateway: 'daraja', phone: PHONE });
  const cancelled = await customer.ask('DELETE', `/api/v1/bookings/${bookingId}`);
  for (const refused of [payment, cancelled]) {
    assert.equal(refused.status, 409);
    assert.equal(problemOf(refused).code, 'hold_lapsed');
  }
  assert.equal(simulator.parts.requests[PUSH], undefined);
});

test('a gateway that does not take the venue’s currency is not offered there', async t => {
  const { customer } = await openTiketi(t);
  const inShillingsOfTanzania = (await customer.showings()).find(showing => showing.price.currency === 'TZS');
  assert.ok(inShillingsOfTanzania);
  assert.ok(!inShillingsOfTanzania.gateways.includes('daraja'));
  const { bookingId } = await customer.book(inShillingsOfTanzania.showingId);
  const refused = await customer.tryToPay(bookingId, { gateway: 'daraja', phone: '+255712345678' });
  assert.equal(refused.status, 422);
  assert.equal(problemOf(refused).code, 'gateway_not_offered');
});

test('twenty requests with one key and one body make one booking, even at the same moment', async t => {
  const { customer, addShowing } = await openTiketi(t);
  const showingId = await addShowing();
  const key = randomUUID();
  const body = { showingId, quantity: 2, customerName: 'Amina', phone: '0712345678' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => customer.tryToBook(body, key)));
  answers.push(await customer.tryToBook({ phone: '0712345678', customerName: 'Amina', quantity: 2, showingId }, key));
  assert.deepEqual(new Set(answers.map(bookedBy)).size, 1);
  assert.equal(await placesLeft(customer, showingId), 48);
});

test('a key that was used for another body is refused, whoever comes first', async t => {
  const { customer, addShowing } = await openTiketi(t);
  const showingId = await addShowing();
  const key = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => customer.tryToBook({ showingId, quantity: 1 + (at % 2) }, key)),
  );
  const [booked, refused] = [
    answers.filter(({ status }) => status === 201),
    answers.filter(({ status }) => status === 409),
  ];
  assert.equal(booked.length, 10);
  assert.equal(refused.length, 10);
  assert.ok(refused.every(answer => problemOf(answer).code === 'idempotency_key_reused'));
  assert.equal(new Set(booked.map(bookedBy)).size, 1);
});

test('a repeat gets its booking as it stands now, not as it once was', async t => {
  const { customer, pass, addShowing } = await openTiketi(t);
  const key = randomUUID();
  const body = { showingId: await addShowing(), quantity: 1 };
  const first = await customer.tryToBook(body, key);
  await pass(10 * 60_000);
  const again = await customer.tryToBook(body, key);
  assert.equal(bookedBy(again), bookedBy(first));
  assert.equal(v.parse(BookingAnswer, again.body).booking.state, 'lapsed');
});

test('twenty presses of Pay with one key are one payment and one prompt, long after too', async t => {
  const { customer, phone, pass, simulator, addShowing } = await openTiketi(t);
  const { bookingId } = await customer.book(await addShowing());
  const key = randomUUID();
  const wish = { gateway: 'daraja', phone: PHONE };
  const answers = await Promise.all(Array.from({ length: 20 }, () => customer.tryToPay(bookingId, wish, key)));
  const watch = await customer.watch(bookingId);
  phone.enterPin();
  await pass(CALLBACK_MS);
  await watch.untilState('confirmed');
  answers.push(await customer.tryToPay(bookingId, wish, key));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]));
  const payments = answers.map(({ body }) => v.parse(PaymentAnswer, body).payment);
  assert.equal(new Set(payments.map(payment => payment.paymentId)).size, 1);
  assert.equal(payments.at(-1)?.state, 'paid', 'as it stands now');
  assert.equal(simulator.parts.requests[PUSH], 1);
  const other = await customer.tryToPay(bookingId, { gateway: 'daraja', phone: '0712345679' }, key);
  assert.equal(other.status, 409);
  assert.equal(problemOf(other).code, 'idempotency_key_reused');
});

function bookedBy(answer: Answer): string {
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return v.parse(BookingAnswer, answer.body).booking.bookingId;
}

async function placesLeft(customer: { ask: (method: 'GET', path: string) => Promise<Answer> }, showingId: number) {
  const { body } = await customer.ask('GET', `/api/v1/showings/${showingId}`);
  return (body as { placesLeft: number }).placesLeft;
}
