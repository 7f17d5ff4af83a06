import * as v from 'valibot';
import type { Clock, Stop } from '../../shared/clock.ts';
import { BookingAnswer, type BookingView } from '../../shared/views.ts';
import { type Answered, NO_ANSWER, type Trouble } from '../kit/api.ts';
import { keepAsking, type Line } from '../kit/keep-asking.ts';
import type { Presence } from '../kit/presence.ts';
import type { ServerClock } from '../kit/server-clock.ts';
import { isUnsettled } from './booking-stage.ts';

/** The socket, as far as one booking is concerned. What comes out of it is unchecked. */
export interface BookingLine extends Line {
  watch(bookingId: string): Promise<unknown>;
  onChange(then: (booking: unknown) => void): Stop;
}

export interface BookingWatchParts {
  line: BookingLine;
  /** A plain GET; null when nothing is newer than what was fetched before. */
  fetchBooking(bookingId: string): Promise<Answered<BookingView> | null>;
  clock: Clock;
  serverClock: ServerClock;
  presence: Presence;
}

export interface BookingWatcher {
  /** A newer version than the one shown. */
  show(booking: BookingView): void;
  /** How the last question went: null when it was answered. */
  hear(trouble: Trouble | null): void;
}

export interface BookingWatch {
  /** Takes a view that came another way, with the answer to a payment say. */
  take(booking: BookingView): void;
  askNow(): Promise<void>;
  stop: Stop;
}

const Refusal = v.object({ problem: v.object({ code: v.string() }) });

/** Keeps the newest version of a booking on the screen, whatever the network does. */
export function watchBooking(parts: BookingWatchParts, bookingId: string, watcher: BookingWatcher): BookingWatch {
  const { line, fetchBooking, serverClock } = parts;
  let shown: BookingView | null = null;

  function take(booking: BookingView) {
    watcher.hear(null);
    if (shown && booking.version < shown.version) return; // It was overtaken on the way.
    serverClock.hear(booking.now);
    if (booking.version === shown?.version) return;
    shown = booking;
    watcher.show(booking);
  }

  const settle = (answer: Answered<BookingView>) =>
    'value' in answer ? take(answer.value) : watcher.hear(answer.trouble);
  const stopHearing = line.onChange(booking => settle(readBooking({ booking })));
  const asking = keepAsking({
    ...parts,
    overLine: async () => settle(readBooking(await line.watch(bookingId))),
    async overHttp() {
      const answer = await fetchBooking(bookingId);
      if (answer) settle(answer);
      else watcher.hear(null);
    },
    isUnsettled: () => shown === null || isUnsettled(shown),
  });
  const stop = () => {
    stopHearing();
    asking.stop();
  };
  return { take, askNow: asking.askNow, stop };
}

function readBooking(answer: unknown): Answered<BookingView> {
  const parsed = v.safeParse(BookingAnswer, answer);
  if (parsed.success) return { value: parsed.output.booking, now: parsed.output.booking.now };
  const refusal = v.safeParse(Refusal, answer);
  return { trouble: refusal.success ? { ...NO_ANSWER, code: refusal.output.problem.code } : NO_ANSWER };
}
