import type { Money } from './money.ts';
import type { ProblemCode } from './problem.ts';
import type { BookingView, ChargeView, ShowingView } from './views.ts';

/** Every watch is answered once: with what was asked for as it stands now, or with a problem. */
export type Answer<T> = T | { problem: { code: ProblemCode } };

/** The newest availability of a showing; a watcher whose version is not `fromVersion` may ask again, it is never older. */
export interface ShowingChange {
  showingId: number;
  fromVersion: number;
  version: number;
  placesLeft: number;
  cancelled: boolean;
  /** What a manager may have changed. */
  startsAt: string;
  screen: string;
  price: Money;
}

/** The programme's version, and within how long to fetch it: everybody at a moment of their own. */
export interface ProgrammeChange {
  version: number;
  withinMs: number;
}

/** Browser to server. */
export interface ClientEvents {
  'booking:watch': (wish: { bookingId: string }, answer: (a: Answer<{ booking: BookingView }>) => void) => void;
  'charge:watch': (wish: { chargeId: string }, answer: (a: Answer<{ charge: ChargeView }>) => void) => void;
  'showing:watch': (wish: { showingId: number }, answer: (a: Answer<{ showing: ShowingView }>) => void) => void;
  'programme:watch': (answer: (a: Answer<ProgrammeChange>) => void) => void;
  'showing:unwatch': (wish: { showingId: number }) => void;
}

/** Server to browser. */
export interface ServerEvents {
  'booking:changed': (booking: BookingView) => void;
  'charge:changed': (charge: ChargeView) => void;
  'showing:changed': (change: ShowingChange) => void;
  /** Something is planned, moved or called off; what, is for whoever asks for the movies again. */
  'programme:changed': (change: ProgrammeChange) => void;
}
