import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { preferredLanguage } from '../../shared/language.ts';
import { BookingRequest, LookupRequest } from '../../shared/requests.ts';
import { clientAddress } from '../http/client-address.ts';
import { ProblemError } from '../http/problem.ts';
import { readIdempotencyKey, readJson } from '../http/read-body.ts';
import { type Parts, seeingNow } from '../parts.ts';
import { seeBooking } from '../view/booking-view.ts';
import { findBooking } from './find-booking.ts';
import { holdPlaces } from './hold-places.ts';

/** Holding places, and finding one's booking again. */
export function bookingRoutes(router: Router, parts: Parts): void {
  router.post('/api/v1/bookings', ctx => book(ctx, parts));
  router.post('/api/v1/bookings/lookups', ctx => lookUp(ctx, parts));
}

async function book(ctx: Context, parts: Parts) {
  await parts.limits.count('bookings', clientAddress(ctx.req, parts.config.trustedProxies));
  const key = readIdempotencyKey(ctx);
  const request = await readJson(ctx, BookingRequest);
  request.language ??= preferredLanguage(ctx.acceptsLanguages());
  const bookingId = await parts.database.write(em => holdPlaces(em, parts, request, key));
  parts.wakeRelay();
  ctx.status = 201;
  ctx.set('Location', `/bookings/${bookingId}`);
  ctx.body = { booking: await seeBooking(parts.database.read(), bookingId, seeingNow(parts)) };
}

/** The booking as it stands now; its version is the ETag, so asking again costs nothing while nothing changed. */
export async function sendBooking(ctx: Context, parts: Parts, bookingId: string, status: 200 | 202) {
  const booking = await seeBooking(parts.database.read(), bookingId, seeingNow(parts));
  if (!booking) throw new ProblemError('not_found', { detail: 'There is no such booking' });
  ctx.status = status;
  ctx.set('Cache-Control', 'private, no-cache');
  if (ctx.method === 'GET') ctx.set('ETag', `"${booking.version}"`);
  if (ctx.method === 'GET' && ctx.fresh) ctx.status = 304;
  else ctx.body = booking;
}

async function lookUp(ctx: Context, parts: Parts) {
  await parts.limits.count('lookups', clientAddress(ctx.req, parts.config.trustedProxies));
  const request = await readJson(ctx, LookupRequest);
  const bookingId = await findBooking(parts.database.read(), parts.vault, request);
  if (!bookingId) throw new ProblemError('not_found', { detail: 'No booking has this reference and phone number' });
  ctx.body = { bookingId };
}
