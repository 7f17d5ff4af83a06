import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { PaymentRequest } from '../../shared/requests.ts';
import type { BookingView, PaymentView } from '../../shared/views.ts';
import { sendBooking } from '../booking/routes.ts';
import { clientAddress } from '../http/client-address.ts';
import { ProblemError } from '../http/problem.ts';
import { readIdempotencyKey, readJson } from '../http/read-body.ts';
import { query } from '../model/entities.ts';
import { UNRESOLVED } from '../model/payment.ts';
import { atMost, type Parts, seeingNow } from '../parts.ts';
import { seeBooking, seePayment } from '../view/booking-view.ts';
import { askGateway, isWorthAsking } from './ask-gateway.ts';
import { askIfStale } from './ask-if-stale.ts';
import { cancelBooking } from './cancel-booking.ts';
import { pushPayment } from './push-payment.ts';
import { startPayment } from './start-payment.ts';

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
  await askIfStale(parts, bookingId);
  await sendBooking(ctx, parts, bookingId, 200);
}

async function pay(ctx: Context, parts: Parts) {
  await parts.limits.count('payments', clientAddress(ctx.req, parts.config.trustedProxies));
  const key = readIdempotencyKey(ctx);
  const request = await readJson(ctx, PaymentRequest);
  const bookingId = String(ctx.params.bookingId);
  const { paymentId, callbackToken } = await parts.database.write(em =>
    startPayment(em, parts, bookingId, request, key),
  );
  parts.wakeRelay();
  if (callbackToken) await atMost(parts, 'push', pushPayment(parts, paymentId, callbackToken), ANSWER_WITHIN_MS);
  ctx.status = 202;
  ctx.body = await seeStarted(parts, bookingId, paymentId);
}

async function seeStarted(
  parts: Parts,
  bookingId: string,
  paymentId: string,
): Promise<{ payment: PaymentView; booking: BookingView }> {
  const em = parts.database.read();
  const [payment, booking] = [
    await seePayment(em, paymentId, seeingNow(parts)),
    await seeBooking(em, bookingId, seeingNow(parts)),
  ];
  if (!payment || !booking) throw new ProblemError('not_found');
  return { payment, booking };
}

async function checkNow(ctx: Context, parts: Parts) {
  await parts.limits.count('checks', clientAddress(ctx.req, parts.config.trustedProxies));
  const bookingId = String(ctx.params.bookingId);
  const em = parts.database.read();
  const open = await query(em)
    .selectFrom('payment')
    .select('id')
    .where('booking', '=', bookingId)
    .where('state', 'in', UNRESOLVED)
    .orderBy('startedAt', 'desc')
    .executeTakeFirst();
  if (open && (await isWorthAsking(em, parts, open.id)))
    await atMost(parts, 'check', askGateway(parts, open.id), ANSWER_WITHIN_MS);
  await sendBooking(ctx, parts, bookingId, 202);
}

async function cancel(ctx: Context, parts: Parts) {
  const bookingId = String(ctx.params.bookingId);
  await parts.database.write(em => cancelBooking(em, bookingId, parts.clock.now()));
  parts.wakeRelay();
  await sendBooking(ctx, parts, bookingId, 200);
}
