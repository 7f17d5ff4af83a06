import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { PaymentRequest } from '../../shared/requests.ts';
import type { PaymentView } from '../../shared/views.ts';
import { sendBooking } from '../booking/routes.ts';
import { clientAddress } from '../http/client-address.ts';
import { ProblemError } from '../http/problem.ts';
import { readIdempotencyKey, readJson } from '../http/read-body.ts';
import { bookingOf, type PaidFor } from '../model/paid-for.ts';
import { atMost, type Parts, seeingNow } from '../parts.ts';
import { seeBooking } from '../view/booking-view.ts';
import { seePayment } from '../view/payment-view.ts';
import { askIfStale } from './ask-if-stale.ts';
import { askNow } from './ask-now.ts';
import { cancelBooking } from './cancel-booking.ts';
import { cancelOpenOrder } from './cancel-order.ts';
import { pushPayment } from './push-payment.ts';
import { type StartedPayment, startPayment } from './start-payment.ts';

const ANSWER_WITHIN_MS = 5_000; // What takes the gateway longer reaches the browser by push.

/** Seeing a booking with its payment, paying, cancelling and asking. */
export function paymentRoutes(router: Router, parts: Parts): void {
  router.get('/api/v1/bookings/:bookingId', ctx => see(ctx, parts));
  router.post('/api/v1/bookings/:bookingId/payments', ctx => pay(ctx, parts));
  router.post('/api/v1/bookings/:bookingId/checks', ctx => checkNow(ctx, parts));
  router.delete('/api/v1/bookings/:bookingId', ctx => cancel(ctx, parts));
}

async function see(ctx: Context, parts: Parts) {
  const bookingId = String(ctx.params.bookingId);
  await askIfStale(parts, bookingOf(bookingId));
  await sendBooking(ctx, parts, bookingId, 200);
}

async function pay(ctx: Context, parts: Parts) {
  await parts.limits.count('payments', clientAddress(ctx.req, parts.config.trustedProxies));
  const key = readIdempotencyKey(ctx);
  const request = await readJson(ctx, PaymentRequest);
  const bookingId = String(ctx.params.bookingId);
  const payment = await payFor(parts, bookingOf(bookingId), request, key);
  const booking = await seeBooking(parts.database.read(), bookingId, seeingNow(parts));
  if (!booking) throw new ProblemError('not_found');
  ctx.status = 202;
  ctx.body = { payment, booking };
}

/** Starts a payment and gives its gateway a moment to answer; what comes later is pushed. */
export async function payFor(
  parts: Parts,
  paidFor: PaidFor,
  request: PaymentRequest,
  key: string,
): Promise<PaymentView> {
  await cancelOpenOrder(parts, paidFor, request.gateway);
  return sendStarted(parts, await parts.database.write(em => startPayment(em, parts, paidFor, request, key)));
}

/** The rest of it, once the payment is committed. */
export async function sendStarted(parts: Parts, { paymentId, isNew }: StartedPayment): Promise<PaymentView> {
  parts.wakeRelay();
  if (isNew) await atMost(parts, 'push', pushPayment(parts, paymentId), ANSWER_WITHIN_MS);
  const payment = await seePayment(parts.database.read(), paymentId, seeingNow(parts));
  if (!payment) throw new ProblemError('not_found');
  return payment;
}

async function checkNow(ctx: Context, parts: Parts) {
  await parts.limits.count('checks', clientAddress(ctx.req, parts.config.trustedProxies));
  const bookingId = String(ctx.params.bookingId);
  await atMost(parts, 'check', askNow(parts, bookingOf(bookingId)), ANSWER_WITHIN_MS);
  await sendBooking(ctx, parts, bookingId, 202);
}

/** An order that is open at a gateway's page is taken back first: while that is refused, it may still be paid. */
async function cancel(ctx: Context, parts: Parts) {
  const bookingId = String(ctx.params.bookingId);
  await cancelOpenOrder(parts, bookingOf(bookingId));
  await parts.database.write(em => cancelBooking(em, bookingId, parts.clock.now()));
  parts.wakeRelay();
  await sendBooking(ctx, parts, bookingId, 200);
}
