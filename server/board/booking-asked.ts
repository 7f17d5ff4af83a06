import type { Context } from 'koa';
import type { SignedIn } from '../box-office/sessions.ts';
import { atVenue, signedIn } from '../box-office/signed-in.ts';
import { ProblemError } from '../http/problem.ts';
import { query } from '../model/entities.ts';
import { type Parts, seeingNow } from '../parts.ts';
import { seeOfficeBooking } from './see-office-booking.ts';

/** The booking of the path, for somebody of its venue: at another's it is forbidden. */
export async function bookingAsked(ctx: Context, parts: Parts) {
  const staff: SignedIn = await signedIn(ctx, parts, 'cashier');
  const booking = await query(parts.database.read())
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .select(['booking.id as bookingId', 'reference', 'showing.id as showingId', 'showing.venue as venueId'])
    .select(['quantity', 'amount', 'booking.currency'])
    .where('booking.id', '=', String(ctx.params.bookingId))
    .executeTakeFirst();
  if (!booking) throw new ProblemError('not_found', { detail: 'There is no such booking' });
  atVenue(staff, booking.venueId);
  return { ...booking, staff };
}

/** Everything about it, as it stands now. */
export async function sendOfficeBooking(ctx: Context, parts: Parts, bookingId: string): Promise<void> {
  const em = parts.database.read();
  ctx.body = { booking: await seeOfficeBooking(em, bookingId, seeingNow(parts), parts.config.mail !== null) };
}
