import { html, type TemplateResult } from 'lit-html';
import { systemClock } from '../../shared/clock.ts';
import { type BookingView, type GatewayName, MovieAnswer, VenuesAnswer, type VenueView } from '../../shared/views.ts';
import { type Answered, call, type Trouble } from '../kit/api.ts';
import { bookingLine, openConnection } from '../kit/connection.ts';
import { kept, rememberedText } from '../kit/device.ts';
import { openDialog } from '../kit/dialog.ts';
import { focusFirstProblem } from '../kit/fields.ts';
import { announce } from '../kit/live-region.ts';
import { startPage } from '../kit/page.ts';
import { pagePresence } from '../kit/presence.ts';
import { rememberBooking } from '../kit/remembered-bookings.ts';
import { createServerClock } from '../kit/server-clock.ts';
import { troublePage } from '../kit/trouble-page.ts';
import type { Words } from '../kit/words.ts';
import { askForCheck, askForPayment, cancelBooking } from './ask-booking.ts';
import type { BookingPageState, PayForm, QrPicture } from './booking-page-state.ts';
import { stageOf } from './booking-stage.ts';
import { bookingView } from './booking-view.ts';
import { createBookingFetch } from './fetch-booking.ts';
import { isPayable, payPhoneProblem, troubleProblem } from './pay-form.ts';
import { StageTeller } from './stage-teller.ts';
import { type BookingWatch, watchBooking } from './watch-booking.ts';

const TICK_MS = 1_000; // The countdowns.
const CHECKED_FOR_MS = 10_000; // Asking the gateway more often brings nothing: it allows a few questions a minute.

/** `/bookings/:bookingId`: one booking, from the hold to the door. */
class BookingPage {
  readonly #bookingId = location.pathname.split('/').at(-1) ?? '';
  readonly #clock = createServerClock(systemClock);
  readonly #page = startPage(words => this.#body(words));
  readonly #teller = new StageTeller();
  readonly #qrPictures = new Map<string, QrPicture>();
  #watch: BookingWatch | null = null;
  #booking: BookingView | null = null;
  #venues: VenueView[] = [];
  #posterUrl: string | null = null;
  #form: PayForm = { phone: rememberedText('phone'), phoneWasLeft: false, asking: null };
  #trouble: Trouble | null = null;
  #check: BookingPageState['check'] = 'possible';
  #unheard: { trouble: Trouble; since: Date } | null = null;

  start(): void {
    this.#page.draw();
    const parts = { clock: systemClock, serverClock: this.#clock, presence: pagePresence };
    this.#watch = watchBooking(
      { ...parts, line: bookingLine(openConnection()), fetchBooking: createBookingFetch() },
      this.#bookingId,
      { show: booking => this.#show(booking), hear: trouble => this.#hear(trouble) },
    );
    void this.#loadVenues();
    setInterval(() => this.#draw(), TICK_MS);
  }

  #actions = {
    typePhone: (phone: string) => this.#changeForm({ phone, phoneWasLeft: false }),
    leavePhone: () => this.#changeForm({ phoneWasLeft: this.#form.phone !== '' }),
    pay: (form: Element, gateway: GatewayName) => this.#pay(form, gateway),
    check: () => void this.#checkNow(),
    askToCancel: () => openDialog('cancel'),
    cancel: () => void this.#act(cancelBooking),
  };

  #body(words: Words): TemplateResult {
    const state = this.#state();
    if (state) return bookingView(state, words, this.#actions);
    const askAgain = () => void this.#watch?.askNow();
    if (this.#unheard)
      return troublePage(this.#unheard.trouble, 'problem_not_found', words, this.#clock.now(), askAgain);
    return html`<p class="frame py-8 text-dust">${words.say('loading')}</p>`;
  }

  #state(): BookingPageState | null {
    const booking = this.#booking;
    if (!booking) return null;
    const now = this.#clock.now();
    return {
      booking,
      stage: stageOf(booking, now),
      venue: this.#venues.find(({ venueId }) => venueId === booking.showing.venueId),
      form: this.#form,
      trouble: this.#trouble,
      check: this.#check,
      silentSince: this.#unheard?.since ?? null,
      posterUrl: this.#posterUrl,
      qrPictures: this.#qrPictures,
      now,
    };
  }

  #draw(): void {
    this.#teller.before();
    this.#page.draw();
    const state = this.#state();
    if (state) this.#teller.tell(state, this.#page.words);
  }

  #show(booking: BookingView): void {
    const isFirst = this.#booking === null;
    this.#booking = booking;
    this.#trouble = null; // It was about the version before.
    rememberBooking(kept, booking);
    this.#draw();
    if (isFirst) void this.#loadPoster(booking.showing.movieId);
    if (booking.tickets.length > 0) void this.#drawQrs(booking);
  }

  /** Time passes without an answer only while `#unheard` stands. */
  #hear(trouble: Trouble | null): void {
    this.#unheard = trouble && { trouble, since: this.#unheard?.since ?? this.#clock.now() };
    this.#draw();
  }

  #changeForm(change: Partial<PayForm>): void {
    this.#form = { ...this.#form, ...change };
    if ('phone' in change) this.#trouble = null;
    this.#draw();
  }

  async #pay(form: Element, gateway: GatewayName): Promise<void> {
    this.#changeForm({ phoneWasLeft: true });
    const state = this.#state();
    if (!state || this.#form.asking || !isPayable(state)) return;
    if (payPhoneProblem(state, this.#page.words)) return focusFirstProblem(form);
    this.#changeForm({ asking: gateway });
    await this.#act(booking => askForPayment(booking, gateway, this.#form.phone));
    this.#changeForm({ asking: null });
    focusFirstProblem(form);
  }

  async #checkNow(): Promise<void> {
    if (this.#check !== 'possible') return;
    this.#check = 'asking';
    await this.#act(askForCheck);
    this.#check = 'asked';
    this.#draw();
    systemClock.after(CHECKED_FOR_MS, () => {
      this.#check = 'possible';
      this.#draw();
    });
  }

  /** Asks the server for something; whatever it says, what is shown afterwards is the booking as it stands. */
  async #act(ask: (booking: BookingView) => Promise<Answered<BookingView>>): Promise<void> {
    if (!this.#booking) return;
    this.#trouble = null;
    this.#draw();
    const answer = await ask(this.#booking);
    if ('value' in answer) return this.#watch?.take(answer.value);
    await this.#watch?.askNow();
    this.#trouble = answer.trouble;
    const state = this.#state();
    if (state) announce(troubleProblem(state, this.#page.words));
    this.#draw();
  }

  async #loadVenues(): Promise<void> {
    const answer = await call('/venues', VenuesAnswer);
    if ('trouble' in answer) return void systemClock.after(CHECKED_FOR_MS, () => void this.#loadVenues());
    this.#venues = answer.value.venues;
    this.#draw();
  }

  async #loadPoster(movieId: number): Promise<void> {
    const answer = await call(`/movies/${movieId}`, MovieAnswer);
    if ('value' in answer) this.#posterUrl = answer.value.movie.imageUrl;
    this.#draw();
  }

  async #drawQrs({ tickets }: BookingView): Promise<void> {
    const { drawQr } = await import('./ticket-qr.ts');
    for (const { ticketCode } of tickets) this.#qrPictures.set(ticketCode, drawQr(ticketCode));
    this.#draw();
  }
}

new BookingPage().start();
