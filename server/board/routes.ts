import type { Router } from '@koa/router';
import type { Context } from 'koa';
import * as v from 'valibot';
import { addMs } from '../../shared/clock.ts';
import { SearchText } from '../../shared/office/booking.ts';
import { NumericId } from '../../shared/requests.ts';
import { atVenue, signedIn } from '../box-office/signed-in.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import type { Parts } from '../parts.ts';
import { seeBoardShowings } from '../view/board-view.ts';
import { bookingAsked, sendOfficeBooking } from './booking-asked.ts';
import { cancel, move, refund, reprint, resend, sendMailAgain } from './booking-doings.ts';
import { search } from './search.ts';

const OFFICE = '/api/v1/box-office';
const MOVE_WITHIN_MS = 14 * 24 * 3_600_000; // Whoever wants a later showing than that buys a new ticket.

/** Finding bookings, and what can be done with one. The board itself comes by socket. */
export function boardRoutes(router: Router, parts: Parts): void {
  router.get(`${OFFICE}/search`, ctx => find(ctx, parts));
  router.get(`${OFFICE}/bookings/:bookingId`, ctx => see(ctx, parts));
  router.get(`${OFFICE}/bookings/:bookingId/moves`, ctx => seeMoves(ctx, parts));
  router.post(`${OFFICE}/bookings/:bookingId/moves`, ctx => move(ctx, parts));
  router.post(`${OFFICE}/bookings/:bookingId/payments`, ctx => resend(ctx, parts));
  router.post(`${OFFICE}/bookings/:bookingId/reprints`, ctx => reprint(ctx, parts));
  router.post(`${OFFICE}/bookings/:bookingId/mails`, ctx => sendMailAgain(ctx, parts));
  router.post(`${OFFICE}/bookings/:bookingId/cancellations`, ctx => cancel(ctx, parts));
  router.post(`${OFFICE}/bookings/:bookingId/refunds`, ctx => refund(ctx, parts));
}

async function find(ctx: Context, parts: Parts) {
  const { clock, database, vault } = parts;
  const staff = await signedIn(ctx, parts, 'cashier');
  const venueId = v.safeParse(NumericId, Number(ctx.query.venueId ?? staff.venueId ?? Number.NaN));
  if (!venueId.success) throw new ProblemError('not_found', { detail: 'Name a venue: ?venueId=' });
  atVenue(staff, venueId.output);
  const text = v.safeParse(SearchText, ctx.query.text ?? '');
  if (!text.success) throw invalid('invalid_body', 'text', 'Up to 80 letters');
  const now = clock.now();
  const found = await search(database.read(), vault, { venueId: venueId.output, text: text.output, now });
  ctx.body = { now: now.toISOString(), found };
}

async function see(ctx: Context, parts: Parts) {
  const { bookingId } = await bookingAsked(ctx, parts);
  await sendOfficeBooking(ctx, parts, bookingId);
}

/** The showings to which it could go, the soonest first. */
async function seeMoves(ctx: Context, parts: Parts) {
  const booking = await bookingAsked(ctx, parts);
  const now = parts.clock.now();
  const rows = { venueId: booking.venueId, from: now, until: addMs(now, MOVE_WITHIN_MS) };
  const showings = await seeBoardShowings(parts.database.read(), rows);
  const fits = showings.filter(
    one =>
      one.showingId !== booking.showingId &&
      !one.cancelled &&
      one.left >= booking.quantity &&
      one.price.currency === booking.currency &&
      one.price.amount * booking.quantity === booking.amount,
  );
  ctx.body = { showings: fits.map(({ venueId: _, ...showing }) => showing) };
}
