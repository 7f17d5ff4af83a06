import * as v from 'valibot';
import { BookingView } from '../../shared/views.ts';
import type { Kept } from './kept.ts';

const BOOKINGS_KEPT = 5;
const KEPT_AFTER_START_MS = 24 * 3_600_000; // Who asks for a refund the day after still finds it.

const Remembered = v.object({
  ...v.pick(BookingView, ['bookingId', 'reference', 'state', 'quantity']).entries,
  ...v.pick(BookingView.entries.showing, ['title', 'startsAt', 'timeZone', 'venue']).entries,
});
export type RememberedBooking = v.InferOutput<typeof Remembered>;
const Remembereds = v.array(Remembered);

/** The bookings seen on this device, newest first, until a day after their showing began. */
export function rememberedBookings(kept: Kept, now: Date): RememberedBooking[] {
  const oldest = now.getTime() - KEPT_AFTER_START_MS;
  return (kept.read('bookings', Remembereds) ?? []).filter(({ startsAt }) => Date.parse(startsAt) > oldest);
}

export function rememberBooking(kept: Kept, { showing, ...booking }: BookingView): void {
  const remembered = v.parse(Remembered, { ...booking, ...showing });
  const others = (kept.read('bookings', Remembereds) ?? []).filter(other => other.bookingId !== booking.bookingId);
  kept.write('bookings', [remembered, ...others].slice(0, BOOKINGS_KEPT));
}

export function forgetBooking(kept: Kept, bookingId: string): void {
  const others = (kept.read('bookings', Remembereds) ?? []).filter(other => other.bookingId !== bookingId);
  kept.write('bookings', others);
}
