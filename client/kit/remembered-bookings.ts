import * as v from 'valibot';
import { BookingView } from '../../shared/views.ts';
import type { Kept } from './kept.ts';

const BOOKINGS_KEPT = 5;
const KEPT_AFTER_START_MS = 24 * 3_600_000; // Who asks for a refund the day after still finds it.

const { bookingId, reference, state, quantity, showing } = BookingView.entries;
const { title, startsAt, timeZone, venue } = showing.entries;
const Remembered = v.object({ bookingId, reference, state, quantity, title, startsAt, timeZone, venue });
export type RememberedBooking = v.InferOutput<typeof Remembered>;
const Remembereds = v.array(Remembered);

/** The bookings seen on this device, newest first, until a day after their showing began. */
export function rememberedBookings(kept: Kept, now: Date): RememberedBooking[] {
  const oldest = now.getTime() - KEPT_AFTER_START_MS;
  return allKept(kept).filter(({ startsAt }) => Date.parse(startsAt) > oldest);
}

export function rememberBooking(kept: Kept, booking: BookingView): void {
  kept.write('bookings', [shortOf(booking), ...allBut(kept, booking.bookingId)].slice(0, BOOKINGS_KEPT));
}

export function forgetBooking(kept: Kept, bookingId: string): void {
  kept.write('bookings', allBut(kept, bookingId));
}

const allKept = (kept: Kept) => kept.read('bookings', Remembereds) ?? [];
const allBut = (kept: Kept, bookingId: string) => allKept(kept).filter(other => other.bookingId !== bookingId);

/** Enough to recognise it in a list. */
function shortOf({ bookingId, reference, state, quantity, showing }: BookingView): RememberedBooking {
  const { title, startsAt, timeZone, venue } = showing;
  return { bookingId, reference, state, quantity, title, startsAt, timeZone, venue };
}
