import { request } from 'undici';
import * as v from 'valibot';
import { watchBooking } from '../../client/booking/watch-booking.ts';
import { type Answered, NO_ANSWER } from '../../client/kit/api.ts';
import type { Presence } from '../../client/kit/presence.ts';
import { createServerClock } from '../../client/kit/server-clock.ts';
import { watchShowings } from '../../client/show/watch-showings.ts';
import { systemClock } from '../../shared/clock.ts';
import { BookingView, ShowingView } from '../../shared/views.ts';
import type { Connection } from './connection.ts';

const HERE: Presence = { isHere: () => true, onReturn: () => () => {} };

/** What a page shows of one thing, version after version. */
export interface Shown {
  version: number;
  versions: number;
  /** Showed an older version after a newer one. */
  wentBack: boolean;
}

/** One browser's page: the product's own code, on a connection that is lighter than the one it has in a browser. */
export class Page {
  readonly #url: string;
  readonly #connection: Connection;
  readonly showing: Shown = nothing();
  /** A page is about one booking at most. */
  booking: { id: string; shown: Shown } | null = null;
  /** What came older than what was shown, and was not. */
  overtaken = 0;

  constructor(url: string, connection: Connection, showingId: number) {
    this.#url = url;
    this.#connection = connection;
    const refresh = async () => {
      const answer = await this.#fetch(`/showings/${showingId}`, ShowingView);
      if ('value' in answer) this.#showPlaces(answer.value);
    };
    const line = {
      ...this.#line('showing:changed'),
      watch: (id: number) => connection.ask('showing:watch', { showingId: id }),
      unwatch() {},
    };
    watchShowings({ line, refresh, clock: systemClock, presence: HERE }, places => this.#showPlaces(places)).lookAt([
      showingId,
    ]);
  }

  watchBooking(bookingId: string): void {
    const shown = nothing();
    this.booking = { id: bookingId, shown };
    const line = {
      ...this.#line('booking:changed'),
      watch: (id: string) => this.#connection.ask('booking:watch', { bookingId: id }),
    };
    const fetchNewest = (id: string) => this.#fetch(`/bookings/${id}`, BookingView);
    const parts = { line, fetchNewest, clock: systemClock, serverClock: createServerClock(systemClock) };
    const watcher = { show: ({ version }: BookingView) => show(shown, version), hear: () => {} };
    void watchBooking({ ...parts, presence: HERE }, bookingId, watcher).askNow();
  }

  /** As the pages of the programme have it. */
  #showPlaces({ version }: { version: number }) {
    if (version > this.showing.version) show(this.showing, version);
    else if (version < this.showing.version) this.overtaken++;
  }

  #line(event: string) {
    const connection = this.#connection;
    return {
      isOpen: () => connection.isOpen(),
      onOpen(then: () => void) {
        connection.onOpen(then);
        return () => {};
      },
      onChange(then: (message: unknown) => void) {
        connection.on(event, then);
        return () => {};
      },
    };
  }

  async #fetch<T extends { version: number }>(path: string, schema: v.GenericSchema<unknown, T>): Promise<Answered<T>> {
    try {
      const { statusCode, body } = await request(`${this.#url}/api/v1${path}`);
      const content: unknown = await body.json();
      return statusCode === 200 ? { value: v.parse(schema, content), now: '' } : { trouble: NO_ANSWER };
    } catch {
      return { trouble: NO_ANSWER };
    }
  }
}

function nothing(): Shown {
  return { version: 0, versions: 0, wentBack: false };
}

function show(shown: Shown, version: number) {
  if (version <= shown.version) shown.wentBack = true;
  shown.version = version;
  shown.versions++;
}
