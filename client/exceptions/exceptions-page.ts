import { html, type TemplateResult } from 'lit-html';
import type { Stop } from '../../shared/clock.ts';
import {
  type ExceptionAction,
  ExceptionChange,
  type ExceptionDetails,
  ExceptionsAnswer,
  type ExceptionView,
} from '../../shared/office/exceptions.ts';
import { isAtLeast } from '../../shared/office/people.ts';
import type { Office, OfficePage, OpenPage } from '../box-office/page.ts';
import { Books } from './books.ts';
import { Deciding } from './deciding.ts';
import { detailsView, LETTERS, mayDo } from './details-view.ts';
import { ExceptionList } from './exception-list.ts';
import { createExceptionsApi, type ExceptionsApi } from './exceptions-api.ts';
import { atRiskView, type ExceptionWords, exceptionRow, listView, movedSentence } from './list-view.ts';
import { EXCEPTION_SENTENCES } from './words.ts';

export const EXCEPTIONS_PAGE: OfficePage = {
  path: '/box-office/exceptions',
  title: 'page_exceptions',
  role: 'supervisor',
  open: office => new ExceptionsPage(office),
};

/** Everything that the rules leave to people: what it is, what happened, what happens by itself, and what can be done. */
class ExceptionsPage implements OpenPage {
  readonly #office: Office;
  readonly #api: ExceptionsApi;
  readonly #list = new ExceptionList();
  readonly #books: Books;
  readonly #deciding: Deciding;
  readonly #stops: Stop[];
  #open: string | null = null;
  #evidence: ExceptionDetails['exception']['evidence'] | null = null;
  #chosen = 0;
  #problem = '';

  constructor(office: Office) {
    this.#office = office;
    this.#api = createExceptionsApi(office.api);
    this.#books = new Books(office, this.#api);
    this.#deciding = new Deciding(office, this.#api);
    this.#stops = [
      office.socket.on('exception:changed', ExceptionChange, change => this.#hear(change)),
      office.socket.onOpen(() => void this.#watch()),
      office.everySecond(() => this.#books.tick()),
    ];
    if (!office.socket.isOpen()) void this.#load();
  }

  view(): TemplateResult {
    const words = this.#words;
    const { say } = words;
    const all = this.#list.all;
    return html`
      ${atRiskView(all ?? [], words)} ${this.#books.view(words)}
      ${all === null ? html`<p>${this.#problem || say('loadingList')}</p>` : this.#rows(all, words)}
      ${this.#deciding.view(words)} ${this.#books.dialog(words)}`;
  }

  key({ key }: KeyboardEvent): boolean {
    if (key === 'ArrowDown') return this.#choose(this.#at + 1);
    if (key === 'ArrowUp') return this.#choose(this.#at - 1);
    if (key === 'Escape') return this.#open !== null && this.#toggle(this.#open);
    const chosen = this.#list.all?.[this.#at];
    if (!chosen) return false;
    if (key === 'Enter') return this.#toggle(chosen.exceptionId);
    const action = mayDo(chosen, this.#decides).find(one => LETTERS[one] === key.toLowerCase());
    if (action) this.#start(chosen, action);
    return action !== undefined;
  }

  close() {
    for (const stop of this.#stops) stop();
  }

  get #words(): ExceptionWords {
    return this.#office.wordsOf(EXCEPTION_SENTENCES);
  }

  get #decides(): boolean {
    return isAtLeast(this.#office.staff.role, 'manager');
  }

  #rows(all: readonly ExceptionView[], words: ExceptionWords): TemplateResult {
    const rows = all.map(one => this.#row(one, words));
    return listView(rows, this.#office.isStale, words);
  }

  #row(one: ExceptionView, words: ExceptionWords): TemplateResult {
    const isOpen = one.exceptionId === this.#open;
    const place = { one, timeZone: this.#timeZoneOf(one), now: this.#office.clock.now() };
    const details = isOpen
      ? detailsView(
          { ...place, evidence: this.#evidence, decides: this.#decides },
          action => this.#start(one, action),
          words,
        )
      : null;
    const row = { ...place, withVenue: this.#office.staff.venueId === null, isOpen, details };
    return exceptionRow(row, () => void this.#toggle(one.exceptionId), words);
  }

  #timeZoneOf({ venueId }: ExceptionView): string {
    const venue = this.#office.venues.find(one => one.venueId === venueId) ?? this.#office.venue;
    return venue?.timeZone ?? 'Africa/Nairobi';
  }

  /** Where the focus is, or was. */
  get #at(): number {
    const focused = document.activeElement?.getAttribute('data-exception');
    const found = this.#list.all?.findIndex(({ exceptionId }) => exceptionId === (focused ?? this.#open)) ?? -1;
    return found >= 0 ? found : this.#chosen;
  }

  #choose(at: number): boolean {
    const rows = document.querySelectorAll<HTMLElement>('[data-exception]');
    this.#chosen = Math.min(Math.max(at, 0), Math.max(rows.length - 1, 0));
    rows[this.#chosen]?.focus();
    return rows.length > 0;
  }

  #toggle(exceptionId: string): true {
    this.#chosen = this.#at;
    this.#open = this.#open === exceptionId ? null : exceptionId;
    this.#evidence = null;
    this.#office.draw();
    void this.#loadEvidence();
    return true;
  }

  async #loadEvidence() {
    const open = this.#open;
    if (open === null) return;
    const answer = await this.#api.details(open);
    if (open !== this.#open || !('value' in answer)) return; // What has left the list goes with the next message.
    this.#evidence = answer.value.exception.evidence;
    this.#office.draw();
  }

  #start(one: ExceptionView, action: ExceptionAction) {
    void this.#deciding.start(one, action);
  }

  async #watch() {
    const answer = await this.#office.socket.ask('exceptions:watch', {}, ExceptionsAnswer);
    this.#take(answer);
  }

  /** Where no socket opens. */
  async #load() {
    this.#take(await this.#api.list());
  }

  #take(answer: Awaited<ReturnType<ExceptionsApi['list']>>) {
    if ('value' in answer) this.#list.start(answer.value.now, answer.value.exceptions);
    else this.#problem = this.#office.sentence(answer.trouble);
    this.#office.draw();
    this.#books.touch();
    void this.#loadEvidence();
  }

  #hear(change: ExceptionChange) {
    const moved = this.#list.hear(change);
    const told = movedSentence(moved, this.#words);
    if (told !== '') this.#office.say(told);
    if (moved.arrived.length > 0) this.#office.ring('attention');
    if (this.#open !== null && !this.#list.find(this.#open)) this.#open = null;
    this.#office.draw();
    this.#books.touch();
    if (change.exceptions.some(({ exceptionId }) => exceptionId === this.#open)) void this.#loadEvidence();
  }
}
