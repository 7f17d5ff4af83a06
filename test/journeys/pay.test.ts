import assert from 'node:assert/strict';
import * as v from 'valibot';
import { PaymentAnswer } from '../../shared/views.ts';
import { PHONE, problemOf } from '../support/customer.ts';
import { testOnEachStore } from '../support/stores.ts';
import { openTiketi } from '../support/tiketi.ts';

const CALLBACK_MS = 2_000; // More than the simulated gateway takes from the end of a prompt to its callback.

testOnEachStore('pays: the booking confirms itself, with its receipt and a ticket for each place', async (t, store) => {
  const { customer, phone, pass, simulator, addShowing } = await openTiketi(t, {}, { store });
  const booking = await customer.book(await addShowing(), 2);
  const watch = await customer.watch(booking.bookingId);
  const { payment } = await customer.pay(booking.bookingId);
  assert.equal(payment.state, 'pending');
  assert.equal(payment.phone, '2547•••••678');
  phone.enterPin();
  await pass(CALLBACK_MS);
  const confirmed = await watch.untilState('confirmed');
  assert.equal(confirmed.tickets.length, 2);
  assert.equal(new Set(confirmed.tickets.map(ticket => ticket.ticketCode)).size, 2);
  assert.equal(confirmed.payment?.receiptNumber, simulator.ledger.debits[0]?.receiptNumber);
  assert.deepEqual(
    simulator.ledger.debits.map(debit => debit.amount),
    [1_000],
  );
  assert.deepEqual(
    watch.seen.map(view => view.version),
    watch.seen.map(view => view.version).toSorted((a, b) => a - b),
  );
});

testOnEachStore(
  'cancels on the phone, is told so, may retry when M-Pesa allows it and not before, and then pays',
  async (t, store) => {
    const { customer, phone, pass, clock, addShowing } = await openTiketi(t, {}, { store });
    const booking = await customer.book(await addShowing());
    const watch = await customer.watch(booking.bookingId);
    await customer.pay(booking.bookingId);
    phone.cancel();
    await pass(CALLBACK_MS);
    const failed = await watch.until(view => view.payment?.state === 'failed');
    assert.equal(failed.state, 'held');
    assert.equal(failed.payment?.reason?.code, 'cancelled_by_customer');
    const retryAfter = Date.parse(failed.payment?.retryAfter ?? '');
    assert.equal(retryAfter, Date.parse(failed.payment?.startedAt ?? '') + 120_000);

    const early = await customer.tryToPay(booking.bookingId, { gateway: 'daraja', phone: PHONE });
    assert.equal(early.status, 429);
    assert.equal(problemOf(early).code, 'retry_too_soon');
    assert.equal(early.headers['retry-after'], String((retryAfter - +clock.now()) / 1_000));

    await pass(retryAfter - +clock.now());
    await customer.pay(booking.bookingId);
    phone.enterPin();
    await pass(CALLBACK_MS);
    await watch.untilState('confirmed');
  },
);

testOnEachStore('has too little money: the reason is told, the places stay held', async (t, store) => {
  const { customer, phone, pass, simulator, addShowing } = await openTiketi(t, {}, { store });
  const booking = await customer.book(await addShowing());
  const watch = await customer.watch(booking.bookingId);
  await customer.pay(booking.bookingId);
  phone.of(PHONE).balance = 10;
  phone.enterPin();
  await pass(CALLBACK_MS);
  const failed = await watch.until(view => view.payment?.state === 'failed');
  assert.equal(failed.payment?.reason?.code, 'insufficient_funds');
  assert.equal(failed.state, 'held');
  assert.equal(simulator.ledger.debits.length, 0);
});

testOnEachStore('enters a wrong PIN, then pays', async (t, store) => {
  const { customer, phone, pass, addShowing } = await openTiketi(t, {}, { store });
  const booking = await customer.book(await addShowing());
  const watch = await customer.watch(booking.bookingId);
  await customer.pay(booking.bookingId);
  phone.enterPin('9999');
  await pass(CALLBACK_MS);
  const failed = await watch.until(view => view.payment?.state === 'failed');
  assert.equal(failed.payment?.reason?.code, 'wrong_pin');
  await pass(120_000);
  await customer.pay(booking.bookingId);
  phone.enterPin();
  await pass(CALLBACK_MS);
  const confirmed = await watch.untilState('confirmed');
  assert.equal(confirmed.payment?.state, 'paid', 'the paid payment is shown, not the failed one');
});

testOnEachStore('lets the prompt time out: the phone could not be reached', async (t, store) => {
  const { customer, pass, addShowing } = await openTiketi(t, {}, { store });
  const booking = await customer.book(await addShowing());
  const watch = await customer.watch(booking.bookingId);
  await customer.pay(booking.bookingId);
  await pass(60_000);
  await pass(CALLBACK_MS);
  const failed = await watch.until(view => view.payment?.state === 'failed');
  assert.equal(failed.payment?.reason?.code, 'phone_unreachable');
});

testOnEachStore('loses the socket during the prompt, comes back and is shown what happened', async (t, store) => {
  const { customer, phone, pass, addShowing } = await openTiketi(t, {}, { store });
  const booking = await customer.book(await addShowing());
  const cut = await customer.watch(booking.bookingId);
  const { booking: paying } = await customer.pay(booking.bookingId);
  await cut.until(view => view.version === paying.version);
  cut.socket.disconnect();
  phone.enterPin();
  await pass(CALLBACK_MS);
  const elsewhere = await customer.watch(booking.bookingId);
  await elsewhere.untilState('confirmed');
  assert.ok(!cut.seen.some(view => view.state === 'confirmed'), 'nothing came over the cut socket');
});

testOnEachStore('presses Pay twice with one intention: one payment, one prompt', async (t, store) => {
  const { customer, simulator, addShowing } = await openTiketi(t, {}, { store });
  const booking = await customer.book(await addShowing());
  const key = 'one-intention-to-pay';
  const press = (phone: string) => customer.tryToPay(booking.bookingId, { gateway: 'daraja', phone }, key);
  const phones = [PHONE, '0712 345 678'];
  const answers = await Promise.all(phones.map(press));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 409], 'the same key with another body is refused');
  const first = answers.findIndex(({ status }) => status === 202);
  const again = await press(phones[first] ?? '');
  assert.deepEqual(
    v.parse(PaymentAnswer, again.body).payment.paymentId,
    v.parse(PaymentAnswer, answers[first]?.body).payment.paymentId,
  );
  assert.equal(simulator.parts.requests['/mpesa/stkpush/v1/processrequest'], 1);
});

testOnEachStore('fifty presses of Pay with fifty intentions open one prompt', async (t, store) => {
  const { customer, simulator, addShowing } = await openTiketi(t, {}, { store });
  const booking = await customer.book(await addShowing());
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => customer.tryToPay(booking.bookingId, { gateway: 'daraja', phone: PHONE })),
  );
  assert.equal(answers.filter(answer => answer.status === 202).length, 1);
  assert.ok(answers.every(answer => answer.status === 202 || problemOf(answer).code === 'payment_in_progress'));
  assert.equal(simulator.parts.requests['/mpesa/stkpush/v1/processrequest'], 1);
});

testOnEachStore(
  'comes back later: the booking is found by its reference and phone, and by nothing less',
  async (t, store) => {
    const { customer, addShowing } = await openTiketi(t, {}, { store });
    const booking = await customer.book(await addShowing(), 1, { phone: '0712 345 678' });
    const look = (reference: string, phone: string) =>
      customer.ask('POST', '/api/v1/bookings/lookups', { reference, phone });
    assert.deepEqual((await look(booking.reference.toLowerCase(), '+254712345678')).body, {
      bookingId: booking.bookingId,
    });
    assert.equal((await look(booking.reference, '0712 345 679')).status, 404);
    assert.equal((await look('ZZZZZZZZ', '0712 345 678')).status, 404);
    await look(booking.reference, '0712 345 670');
    await look(booking.reference, '0712 345 671');
    const sixth = await look(booking.reference, '0712 345 678');
    assert.equal(problemOf(sixth).code, 'too_many_requests');
  },
);

testOnEachStore(
  'cancels an unpaid booking: the places come back; with a prompt open it must be closed first',
  async (t, store) => {
    const { customer, phone, pass, addShowing } = await openTiketi(t, {}, { store });
    const showing = await addShowing({ capacity: 2 });
    const booking = await customer.book(showing);
    await customer.pay(booking.bookingId);
    const refused = await customer.ask('DELETE', `/api/v1/bookings/${booking.bookingId}`);
    assert.equal(problemOf(refused).code, 'payment_in_progress');
    const watch = await customer.watch(booking.bookingId);
    phone.cancel();
    await pass(CALLBACK_MS);
    await watch.until(view => view.payment?.state === 'failed');
    const cancelled = await customer.ask('DELETE', `/api/v1/bookings/${booking.bookingId}`);
    assert.equal(cancelled.status, 200);
    await watch.untilState('cancelled');
    await customer.book(showing, 2);
  },
);
