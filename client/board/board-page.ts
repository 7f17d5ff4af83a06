import { html, type TemplateResult } from 'lit-html';
import { systemClock } from '../../shared/clock.ts';
import { type Found, SearchAnswer } from '../../shared/office/booking.ts';
import type { Office, OfficePage, OpenPage } from '../box-office/page.ts';
import { boardView } from './board-view.ts';
import { Finder } from './finder.ts';
import { FINDER_ID, finderView } from './finder-view.ts';
import { type BoardWatch, watchBoard } from './watch-board.ts';
import { BOARD_SENTENCES } from './words.ts';

export const BOARD_PAGE: OfficePage = {
  path: '/box-office/board',
  title: 'page_board',
  role: 'cashier',
  open: office => new BoardPage(office),
};

/** Tonight as it happens, and the way to every booking. */
class BoardPage implements OpenPage {
  readonly #office: Office;
  readonly #venueId: number;
  readonly #timeZone: string;
  readonly #watch: BoardWatch;
  readonly #finder: Finder;
  readonly #stopTicking: () => void;

  constructor(office: Office) {
    this.#office = office;
    this.#venueId = office.venue?.venueId ?? 0;
    this.#timeZone = office.venue?.timeZone ?? 'Africa/Nairobi';
    this.#finder = new Finder({ clock: systemClock, ask: text => this.#search(text), changed: () => this.#heard() });
    this.#watch = watchBoard({ clock: systemClock, serverClock: office.clock, socket: office.socket }, this.#venueId, {
      changed: () => office.draw(),
      refused: trouble => office.tell(office.sentence(trouble), 'bad'),
    });
    this.#stopTicking = office.everySecond(() => office.draw());
  }

  view(): TemplateResult {
    const words = this.#office.wordsOf(BOARD_SENTENCES);
    const { trouble } = this.#finder;
    const doings = {
      finder: this.#finder,
      open: (found: Found) => this.#open(found),
      enter: () => void this.#enter(),
    };
    const where = {
      timeZone: this.#timeZone,
      now: this.#office.clock.now(),
      problem: trouble ? this.#office.sentence(trouble) : '',
    };
    return html`
      <h1 class="sr-only">${words.say('page_board')}</h1>
      ${finderView(doings, where, words)}
      <div class="board" data-stale=${this.#office.isStale}>${boardView(this.#watch.memory, { timeZone: this.#timeZone, now: where.now }, words)}</div>`;
  }

  key({ key }: KeyboardEvent): boolean {
    if (key === '/') return this.#focusFinder();
    if (key !== 'Escape' || this.#finder.text === '') return false;
    this.#clear();
    return true;
  }

  scanned(code: string): void {
    void this.#finder.scan(code).then(() => this.#enter());
  }

  close(): void {
    this.#watch.stop();
    this.#finder.stop();
    this.#stopTicking();
  }

  #search(text: string) {
    const path = `/box-office/search?venueId=${this.#venueId}&text=${encodeURIComponent(text)}`;
    return this.#office.api.get(path, SearchAnswer);
  }

  #heard() {
    const { found, text } = this.#finder;
    this.#office.draw();
    const { say } = this.#office.wordsOf(BOARD_SENTENCES);
    if (text !== '' && found !== null) this.#office.say(say('resultsCount', { count: found.length }));
  }

  async #enter() {
    const chosen = await this.#finder.choose();
    if (chosen) this.#open(chosen);
  }

  #open({ kind, id }: Found) {
    if (kind === 'booking') this.#office.go(`/box-office/bookings/${id}`);
    else open(`/charges/${id}`, '_blank', 'noopener');
  }

  #focusFinder(): boolean {
    const field = this.#field();
    field?.focus();
    field?.select();
    return true;
  }

  #clear() {
    const field = this.#field();
    if (field) field.value = '';
    this.#finder.clear();
  }

  #field(): HTMLInputElement | null {
    const field = document.getElementById(FINDER_ID);
    return field instanceof HTMLInputElement ? field : null;
  }
}
