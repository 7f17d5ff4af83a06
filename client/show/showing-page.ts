import { html, type TemplateResult } from 'lit-html';
import { systemClock } from '../../shared/clock.ts';
import { PLACES_MAX } from '../../shared/limits.ts';
import { MovieAnswer, type MovieView, ShowingView, VenuesAnswer, type VenueView } from '../../shared/views.ts';
import { call, type Trouble } from '../kit/api.ts';
import { openConnection, showingLine } from '../kit/connection.ts';
import { rememberedText } from '../kit/device.ts';
import { focusFirstProblem, paysFrom } from '../kit/fields.ts';
import { announce } from '../kit/live-region.ts';
import { startPage } from '../kit/page.ts';
import { pagePresence } from '../kit/presence.ts';
import { createServerClock } from '../kit/server-clock.ts';
import { troublePage } from '../kit/trouble-page.ts';
import { PLACES_FEW, type Words } from '../kit/words.ts';
import { type BookingForm, type FormProblems, formProblems, hasProblem } from './booking-form.ts';
import { holdPlaces } from './hold-places.ts';
import { showingView } from './showing-view.ts';
import { type Availability, watchShowings } from './watch-showings.ts';

const REDRAW_EVERY_MS = 10_000; // The last minutes before it starts.

/** `/showings/:id`: one showing, and the form that holds places at it. */
class ShowingPage {
  readonly #showingId = Number(location.pathname.split('/').at(-1));
  readonly #clock = createServerClock(systemClock);
  readonly #page = startPage(words => this.#body(words));
  #showing: ShowingView | null = null;
  #movie: MovieView | null = null;
  #venues: VenueView[] = [];
  #missing: Trouble | null = null;
  #form: BookingForm = {
    quantity: 1,
    customerName: rememberedText('customerName'),
    phone: rememberedText('phone'),
    email: rememberedText('email'),
    phoneWasLeft: false,
    isSending: false,
    trouble: null,
  };

  async start(): Promise<void> {
    this.#page.draw();
    await Promise.all([this.#loadShowing(), this.#loadVenues()]);
    this.#watchPlaces();
    setInterval(this.#page.draw, REDRAW_EVERY_MS);
    addEventListener('pageshow', () => this.#change({ isSending: false })); // Back again, out of the browser's memory.
  }

  #actions = {
    type: (change: Partial<BookingForm>) => this.#change({ ...change, trouble: null }),
    typePhone: (phone: string) => this.#change({ phone, phoneWasLeft: false, trouble: null }),
    leavePhone: () => this.#change({ phoneWasLeft: true }),
    step: (by: number) => this.#step(by),
    submit: (form: Element) => this.#submit(form),
  };

  #body(words: Words): TemplateResult {
    const now = this.#clock.now();
    if (!this.#showing && this.#missing)
      return troublePage(this.#missing, 'notFoundShowing', words, now, () => void this.#loadShowing());
    if (!this.#showing) return html`<p class="frame py-8 text-dust">${words.say('loading')}</p>`;
    document.title = `${this.#showing.title} – Tiketi`;
    const problems = this.#problems(this.#showing, words);
    const venue = this.#venues.find(({ venueId }) => venueId === this.#showing?.venueId);
    const known = { showing: this.#showing, movie: this.#movie, venue };
    return showingView({ ...known, form: this.#form, problems, now }, words, this.#actions);
  }

  #problems(showing: ShowingView, words: Words): FormProblems {
    return formProblems(this.#form, showing, paysFrom(showing.price.currency), words, this.#clock.now());
  }

  #change(change: Partial<BookingForm>): void {
    this.#form = { ...this.#form, ...change };
    this.#page.draw();
  }

  #step(by: number): void {
    const quantity = Math.min(Math.max((this.#form.quantity || 0) + by, 1), PLACES_MAX);
    const field = document.querySelector<HTMLInputElement>('#quantity');
    if (field) field.value = String(quantity);
    this.#change({ quantity, trouble: null });
  }

  async #submit(form: Element): Promise<void> {
    if (!this.#showing || this.#form.isSending) return;
    this.#change({ phoneWasLeft: true, trouble: null }); // What was refused before may be possible now.
    if (hasProblem(this.#problems(this.#showing, this.#page.words))) return this.#pointOut(form);
    this.#change({ isSending: true });
    const answer = await holdPlaces(this.#showingId, this.#form);
    if ('value' in answer) return location.assign(`/bookings/${answer.value.booking.bookingId}`);
    this.#takeTrouble(answer.trouble);
    this.#pointOut(form);
  }

  #takeTrouble(trouble: Trouble): void {
    if (trouble.placesLeft !== null && this.#showing)
      this.#showing = { ...this.#showing, placesLeft: trouble.placesLeft };
    this.#change({ isSending: false, trouble });
  }

  #pointOut(form: Element): void {
    const problems = this.#showing ? Object.values(this.#problems(this.#showing, this.#page.words)) : [];
    announce(problems.find(sentence => sentence !== '') ?? '');
    focusFirstProblem(form);
  }

  async #loadShowing(): Promise<void> {
    const answer = await call(`/showings/${this.#showingId}`, ShowingView);
    this.#missing = 'trouble' in answer ? answer.trouble : null;
    if ('value' in answer) {
      if (answer.value.version >= (this.#showing?.version ?? 0)) this.#showing = answer.value; // Pushed places may have come first.
      this.#clock.hear(answer.now);
    }
    this.#page.draw();
    if ('value' in answer && !this.#movie) await this.#loadMovie(answer.value.movieId);
  }

  async #loadMovie(movieId: number): Promise<void> {
    const answer = await call(`/movies/${movieId}`, MovieAnswer);
    if ('value' in answer) this.#movie = answer.value.movie;
    this.#page.draw();
  }

  async #loadVenues(): Promise<void> {
    const answer = await call('/venues', VenuesAnswer);
    if ('value' in answer) this.#venues = answer.value.venues;
    this.#page.draw();
  }

  #watchPlaces(): void {
    const refresh = () => this.#loadShowing();
    const parts = { line: showingLine(openConnection()), refresh, clock: systemClock, presence: pagePresence };
    watchShowings(parts, availability => this.#takeAvailability(availability)).lookAt([this.#showingId]);
  }

  #takeAvailability(availability: Availability): void {
    const { showingId, version, placesLeft, cancelled } = availability;
    if (!this.#showing || showingId !== this.#showingId || version <= this.#showing.version) return;
    this.#showing = { ...this.#showing, ...availability };
    if (cancelled) announce(this.#page.words.say('showingCancelled'));
    else if (placesLeft <= PLACES_FEW) announce(this.#page.words.placesLeft(placesLeft));
    this.#page.draw();
  }
}

void new ShowingPage().start();
