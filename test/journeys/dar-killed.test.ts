import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { PaymentAnswer } from '../../shared/views.ts';
import { PHONE_TZ } from '../gateway/behaviours/pesapal.ts';
import { eventually } from '../support/eventually.ts';
import { type OwnProcess, ownProcess } from '../support/own-process.ts';

test('in Dar es Salaam: the server is killed while the page is open, and started again: still right', async t => {
  const killed = await ownProcess(t);
  const { bookingId } = await bookInDar(killed);
  const payment = await pay(killed, bookingId);
  assert.equal(payment.state, 'pending');
  await killed.kill();
  payOnPage(killed);
  const { callbacks } = killed.simulator.parts;
  await eventually(() => callbacks.some(({ status }) => status === 'failed')); // Nobody was there.
  await killed.start();
  const watch = await killed.customer.watch(bookingId);
  const confirmed = await watch.untilState('confirmed');
  assert.equal(confirmed.payment?.receiptNumber, killed.simulator.ledger.debits[0]?.receiptNumber);
  assert.equal(killed.simulator.parts.pesapal.registrations, 1);
});

test('in Dar es Salaam: the server is killed before its order is answered: it is ordered again, word for word, and has its page', async t => {
  const killed = await ownProcess(t);
  const { bookingId } = await bookInDar(killed);
  killed.simulator.parts.pesapal.faults.arm({ fault: 'pesapal-answer-hangs', phone: null, times: 1 });
  const paying = pay(killed, bookingId).catch(() => 'cut off');
  await eventually(() => killed.simulator.pesapal.orders().length === 1);
  await killed.kill();
  assert.equal(await paying, 'cut off');
  await killed.start();
  const watch = await killed.customer.watch(bookingId);
  const { payment } = await watch.until(view => view.payment?.state === 'pending');
  const [order, ...more] = killed.simulator.pesapal.orders();
  assert.deepEqual(more, []);
  assert.equal(payment?.redirectUrl?.endsWith(order?.trackingId ?? '?'), true);
  payOnPage(killed);
  await watch.untilState('confirmed');
});

async function bookInDar({ customer }: OwnProcess) {
  const showing = (await customer.showings()).find(({ gateways }) => gateways.includes('pesapal'));
  assert.ok(showing);
  return customer.book(showing.showingId);
}

async function pay({ customer }: OwnProcess, bookingId: string) {
  const answer = await customer.tryToPay(bookingId, { gateway: 'pesapal', phone: PHONE_TZ });
  return v.parse(PaymentAnswer, answer.body).payment;
}

function payOnPage({ simulator }: OwnProcess) {
  const order = simulator.pesapal.orders().at(-1);
  assert.ok(order && simulator.pesapal.pay(order, { network: 'mpesa', account: PHONE_TZ }));
  const phone = simulator.phones.find(PHONE_TZ);
  assert.ok(phone && simulator.enterPin(phone, '1234'));
}
