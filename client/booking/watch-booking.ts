import * as v from 'valibot';
import { BookingAnswer, BookingView } from '../../shared/views.ts';
import { type Watch, type Watcher, type WatchParts, watchNewest } from '../kit/watch-newest.ts';
import { isUnsettled } from './booking-stage.ts';

export type BookingWatchParts = WatchParts<BookingView>;
export type BookingWatcher = Watcher<BookingView>;
export type BookingWatch = Watch<BookingView>;

const BOOKING = {
  pushed: BookingView,
  answered: v.pipe(
    BookingAnswer,
    v.transform(({ booking }) => booking),
  ),
  isUnsettled,
};

/** Keeps the newest version of a booking on the screen, whatever the network does. */
export function watchBooking(parts: BookingWatchParts, bookingId: string, watcher: BookingWatcher): BookingWatch {
  return watchNewest(parts, BOOKING, bookingId, watcher);
}
