import { html, nothing, type TemplateResult } from 'lit-html';
import { systemClock } from '../../shared/clock.ts';
import { BookingView, MoviesAnswer, VenuesAnswer } from '../../shared/views.ts';
import { Finder } from '../booking/finder.ts';
import { call } from '../kit/api.ts';
import { kept, rememberedText } from '../kit/device.ts';
import { dialog, findDialog, openDialog } from '../kit/dialog.ts';
import { footerOf, type Page, startPage } from '../kit/page.ts';
import { pagePresence } from '../kit/presence.ts';
import { forgetBooking, rememberBooking, rememberedBookings } from '../kit/remembered-bookings.ts';
import { createServerClock } from '../kit/server-clock.ts';
import type { Words } from '../kit/words.ts';
import { Programme } from './programme.ts';
import { recentBookings } from './recent-bookings.ts';
import { storefrontView } from './storefront-view.ts';
import { watchProgramme } from './watch-programme.ts';
import { type ShowingWatch, watchShowings } from './watch-showings.ts';

const REDRAW_EVERY_MS = 30_000; // Showings that have begun leave the page.

/** `/`: what is on, and the ways back to a booking. */
class Storefront {
  readonly #clock = createServerClock(systemClock);
  readonly #programme = new Programme(kept, () => this.#clock.now());
  readonly #page: Page;
  readonly #finder: Finder;
  #watch: ShowingWatch | null = null;
  #isUnreachable = false;
  #version = 0;

  constructor() {
    this.#page = startPage(
      words => this.#body(words),
      words => this.#footer(words),
    );
    this.#finder = new Finder(rememberedText('phone'), this.#page.draw, () => this.#clock.now());
  }

  async start(): Promise<void> {
    this.#page.draw();
    this.#openFinderByAddress();
    await Promise.all([this.#loadProgramme(), this.#loadVenues(), this.#refreshBookings()]);
    setInterval(this.#page.draw, REDRAW_EVERY_MS);
    pagePresence.onReturn(() => void Promise.all([this.#loadProgramme(), this.#refreshBookings()]));
    await this.#watchPlaces();
  }

  #body(words: Words): TemplateResult {
    const now = this.#clock.now();
    document.title = `${words.say('whatsOn')} – Tiketi`;
    return html`
      ${recentBookings(rememberedBookings(kept, now), words, now, id => this.#forget(id))}
      ${this.#isUnreachable ? this.#unreachable(words) : nothing}
      ${this.#programme.isLoaded ? storefrontView(this.#programme, words, this.#choices) : this.#loading(words)}
      ${dialog('finder', words.say('findMine'), this.#finder.view(words), words)}`;
  }

  #choices = {
    chooseVenue: (venueId: number) => this.#redrawAfter(() => this.#programme.chooseVenue(venueId)),
    chooseDay: (day: string) => this.#redrawAfter(() => this.#programme.chooseDay(day)),
  };

  #redrawAfter(change: () => void): void {
    change();
    this.#watch?.lookAt(this.#programme.lookedAt());
    this.#page.draw();
  }

  async #loadProgramme(): Promise<void> {
    const answer = await call('/movies', MoviesAnswer);
    this.#isUnreachable = 'trouble' in answer;
    if ('value' in answer) {
      this.#clock.hear(answer.now); // Not what stands in the answer: that may be one which the browser had kept.
      this.#version = answer.value.version;
    }
    this.#redrawAfter(() => 'value' in answer && this.#programme.takeMovies(answer.value.movies));
  }

  async #loadVenues(): Promise<void> {
    const answer = await call('/venues', VenuesAnswer);
    this.#redrawAfter(() => 'value' in answer && this.#programme.takeVenues(answer.value.venues));
  }

  /** What this device remembers of a booking may be old: a payment can be through by now. */
  async #refreshBookings(): Promise<void> {
    const bookings = rememberedBookings(kept, this.#clock.now()).filter(({ state }) => state === 'held');
    const answers = await Promise.all(bookings.map(({ bookingId }) => call(`/bookings/${bookingId}`, BookingView)));
    for (const answer of answers) if ('value' in answer) rememberBooking(kept, answer.value);
    if (answers.length > 0) this.#page.draw();
  }

  /** The socket comes after the first picture: nobody needs it to see what is on. */
  async #watchPlaces(): Promise<void> {
    const { openConnection, programmeLine, showingLine } = await import('../kit/connection.ts');
    const socket = openConnection();
    const refresh = () => this.#loadProgramme();
    const parts = { line: showingLine(socket), refresh, clock: systemClock, presence: pagePresence };
    this.#watch = watchShowings(parts, availability => {
      this.#programme.takeAvailability(availability);
      this.#page.draw();
    });
    this.#watch.lookAt(this.#programme.lookedAt());
    watchProgramme(programmeLine(socket), systemClock, { version: () => this.#version, load: refresh });
  }

  #forget(bookingId: string): void {
    forgetBooking(kept, bookingId);
    this.#page.draw();
  }

  #openFinderByAddress(): void {
    const openIfAsked = () => location.hash === '#find' && openDialog('finder');
    findDialog('finder')?.addEventListener('close', () => history.replaceState(null, '', location.pathname));
    addEventListener('hashchange', openIfAsked);
    openIfAsked();
  }

  #footer(words: Words): TemplateResult {
    return footerOf(
      words,
      this.#programme.takesCharges ? html`<a class="link" href="/pay">${words.say('payAmount')}</a>` : nothing,
    );
  }

  #loading({ say }: Words): TemplateResult {
    return html`<p class="frame py-8 text-dust">${this.#isUnreachable ? '' : say('loading')}</p>`;
  }

  #unreachable({ say }: Words): TemplateResult {
    return html`
      <div class="frame mt-6">
        <p class="card flex flex-wrap items-center justify-between gap-4">
          ${say('noProgramme')}
          <button class="button-second" type="button" @click=${() => this.#loadProgramme()}>${say('tryAgain')}</button>
        </p>
      </div>`;
  }
}

void new Storefront().start();
