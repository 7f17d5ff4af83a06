import { html, nothing, type TemplateResult } from 'lit-html';
import * as v from 'valibot';
import type { Stop } from '../../shared/clock.ts';
import type { ProgrammeMovie, ProgrammeShowing } from '../../shared/office/programme.ts';
import type { VenueView } from '../../shared/views.ts';
import type { Office, OfficePage, OpenPage } from '../box-office/page.ts';
import { CancelDialog } from './cancel-dialog.ts';
import { showDialog } from './form-state.ts';
import type { ProgrammeWords } from './form-view.ts';
import { MovieDialog } from './movie-dialog.ts';
import { logView, moviesView, venueView } from './movies-view.ts';
import { ProgrammeData } from './programme-data.ts';
import { ScheduleDialog } from './schedule-dialog.ts';
import { ShowingDialog } from './showing-dialog.ts';
import { showingsView } from './showings-view.ts';
import { VenueDialog } from './venue-dialog.ts';
import { PROGRAMME_SENTENCES, type ProgrammeKey } from './words.ts';

const TABS = ['showings', 'movies', 'venue', 'log'] as const;
type Tab = (typeof TABS)[number];

export const PROGRAMME_PAGE: OfficePage = {
  path: '/box-office/programme',
  title: 'page_programme',
  role: 'manager',
  open: office => new ProgrammePage(office),
};

interface Dialog {
  view(words: ProgrammeWords, putAway: () => void): TemplateResult;
}

/** Movies, showings and cinemas, as managers make them. What another one changes meanwhile appears by itself. */
class ProgrammePage implements OpenPage {
  readonly #office: Office;
  readonly #data: ProgrammeData | null;
  readonly #stops: Stop[];
  #tab: Tab = 'showings';
  #dialog: Dialog | null = null;

  constructor(office: Office) {
    this.#office = office;
    this.#data = office.venue && new ProgrammeData(office, office.venue);
    const load = () => void this.#data?.load();
    this.#stops = [office.socket.on('programme:changed', v.unknown(), load), office.socket.onOpen(load)];
    if (!office.socket.isOpen()) load();
  }

  view(): TemplateResult {
    const words = this.#office.wordsOf(PROGRAMME_SENTENCES);
    return html`
      <h1 class="mb-3 text-xl">${words.say('page_programme')}</h1>
      ${this.#data ? this.#content(this.#data, words) : this.#noVenue(words)}
      ${this.#dialog?.view(words, () => this.#putAway()) ?? nothing}`;
  }

  close() {
    for (const stop of this.#stops) stop();
  }

  #content(data: ProgrammeData, words: ProgrammeWords): TemplateResult {
    return html`
      <div class="mb-4 flex gap-2 overflow-x-auto py-1" role="group" aria-label=${words.say('page_programme')}>
        ${TABS.map(
          tab => html`
            <button class="chip" type="button" aria-pressed=${tab === this.#tab} @click=${() => this.#choose(tab)}>
              ${words.say(`tab_${tab}`)}
            </button>`,
        )}
      </div>
      ${this.#shown(data, words)}`;
  }

  #shown(data: ProgrammeData, words: ProgrammeWords): TemplateResult {
    const now = this.#office.clock.now();
    switch (this.#tab) {
      case 'showings':
        return showingsView(data, now, words, this.#doings(data));
      case 'movies':
        return moviesView(data.movies, words, movie => this.#editMovie(movie));
      case 'venue':
        return venueView(data.venue, this.#mayAddVenue, words, venue => this.#editVenue(venue));
      case 'log':
        return logView(data.log, data.venue.timeZone, now, words);
    }
  }

  #noVenue({ say }: ProgrammeWords): TemplateResult {
    return html`
      <p class="card flex flex-wrap items-center justify-between gap-4">
        ${say('noVenue')}
        ${this.#mayAddVenue ? html`<button class="button" type="button" @click=${() => this.#editVenue(null)}>${say('addVenue')}</button>` : nothing}
      </p>`;
  }

  #doings(data: ProgrammeData) {
    return {
      look: (from: string) => void data.look(from),
      addShowings: () => this.#open(new ScheduleDialog(this.#office, data, count => this.#done('made', { count }))),
      editShowing: (showing: ProgrammeShowing) => this.#editShowing(data, showing),
      cancelShowing: (showing: ProgrammeShowing) => this.#cancelShowing(data, showing),
    };
  }

  async #editShowing(data: ProgrammeData, showing: ProgrammeShowing) {
    await data.load();
    const done = (wasMoved: boolean) => this.#done(wasMoved ? 'moved' : 'saved');
    this.#open(new ShowingDialog(this.#office, data, data.newest(showing), done));
  }

  /** As it stands now: places are sold while one reads. */
  async #cancelShowing(data: ProgrammeData, showing: ProgrammeShowing) {
    await data.load();
    this.#open(new CancelDialog(this.#office, data.newest(showing), () => this.#done('cancelled')));
  }

  get #mayAddVenue(): boolean {
    return this.#office.staff.venueId === null;
  }

  #editMovie(movie: ProgrammeMovie | null) {
    this.#open(new MovieDialog(this.#office, movie, () => this.#done('saved')));
  }

  /** Which cinemas there are, the whole box office knows from its start. */
  #editVenue(venue: VenueView | null) {
    this.#open(new VenueDialog(this.#office, venue, () => location.reload()));
  }

  #choose(tab: Tab) {
    this.#tab = tab;
    this.#office.draw();
  }

  #open(dialog: Dialog) {
    this.#dialog = dialog;
    this.#office.draw();
    showDialog();
  }

  #putAway() {
    this.#dialog = null;
    this.#office.draw();
  }

  #done(key: ProgrammeKey, values: Record<string, number> = {}) {
    this.#putAway();
    this.#office.tell(this.#office.wordsOf(PROGRAMME_SENTENCES).say(key, values));
    void this.#data?.load();
  }
}
