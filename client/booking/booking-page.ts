import { html, type TemplateResult } from 'lit-html';
import { systemClock } from '../../shared/clock.ts';
import type { BookingView } from '../../shared/views.ts';
import type { Trouble } from '../kit/api.ts';
import { bookingLine, openConnection } from '../kit/connection.ts';
import { kept } from '../kit/device.ts';
import { startPage } from '../kit/page.ts';
import { pagePresence } from '../kit/presence.ts';
import { rememberBooking } from '../kit/remembered-bookings.ts';
import { createServerClock } from '../kit/server-clock.ts';
import { troublePage } from '../kit/trouble-page.ts';
import type { Words } from '../kit/words.ts';
import { type BookingDesk, BookingDoings } from './booking-doings.ts';
import { BookingExtras } from './booking-extras.ts';
import type { BookingPageState } from './booking-page-state.ts';
import { stageOf } from './booking-stage.ts';
import { bookingView } from './booking-view.ts';
import { createBookingFetch } from './fetch-booking.ts';
import { StageTeller } from './stage-teller.ts';
import { watchBooking } from './watch-booking.ts';

const TICK_MS = 1_000; // The countdowns.

/** `/bookings/:bookingId`: one booking, from the hold to the door. */
class BookingPage implements BookingDesk {
  readonly #clock = createServerClock(systemClock);
  readonly #page = startPage(words => this.#body(words));
  readonly #teller = new StageTeller();
  readonly #extras = new BookingExtras(() => this.draw());
  readonly #doings = new BookingDoings(this);
  readonly #watch = watchBooking(
    {
      line: bookingLine(openConnection()),
      fetchBooking: createBookingFetch(),
      clock: systemClock,
      serverClock: this.#clock,
      presence: pagePresence,
    },
    location.pathname.split('/').at(-1) ?? '',
    { show: booking => this.#show(booking), hear: trouble => this.#hear(trouble) },
  );
  #booking: BookingView | null = null;
  /** Why nothing was heard, and since when. */
  #silence: { trouble: Trouble; since: Date } | null = null;

  start(): void {
    this.draw();
    void this.#watch.askNow(); // A plain GET is here before any socket.
    void this.#extras.loadVenues();
    setInterval(() => this.draw(), TICK_MS);
  }

  state(): BookingPageState | null {
    const booking = this.#booking;
    if (!booking) return null;
    const now = this.#clock.now();
    return {
      booking,
      stage: stageOf(booking, now),
      venue: this.#extras.venueOf(booking),
      form: this.#doings.form,
      trouble: this.#doings.trouble,
      check: this.#doings.check,
      silentSince: this.#silence?.since ?? null,
      posterUrl: this.#extras.posterUrl,
      qrPictures: this.#extras.qrPictures,
      now,
    };
  }

  words(): Words {
    return this.#page.words;
  }

  draw(): void {
    this.#teller.before();
    this.#page.draw();
    const state = this.state();
    if (state) this.#teller.tell(state, this.words());
  }

  take(booking: BookingView): void {
    this.#watch.take(booking);
  }

  askNow(): Promise<void> {
    return this.#watch.askNow();
  }

  #body(words: Words): TemplateResult {
    const state = this.state();
    if (state) return bookingView(state, words, this.#doings);
    if (!this.#silence) return html`<p class="frame py-8 text-dust">${words.say('loading')}</p>`;
    return troublePage(this.#silence.trouble, 'problem_not_found', words, this.#clock.now(), () => void this.askNow());
  }

  #show(booking: BookingView): void {
    const isFirst = this.#booking === null;
    this.#booking = booking;
    this.#doings.trouble = null; // It was about the version before.
    rememberBooking(kept, booking);
    this.draw();
    if (isFirst) void this.#extras.loadPoster(booking);
    if (booking.tickets.length > 0) void this.#extras.drawQrs(booking);
  }

  #hear(trouble: Trouble | null): void {
    this.#silence = trouble && { trouble, since: this.#silence?.since ?? this.#clock.now() };
    this.draw();
  }
}

new BookingPage().start();
