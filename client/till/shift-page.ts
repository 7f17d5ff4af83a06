import { html, nothing, type TemplateResult } from 'lit-html';
import { type Stop, systemClock } from '../../shared/clock.ts';
import { type Journal, JournalAnswer, type ReportView } from '../../shared/office/shift-report.ts';
import { partOf } from '../box-office/navigation.ts';
import type { Office, OfficePage, OpenPage } from '../box-office/page.ts';
import { journalView } from './shift-journal-view.ts';
import { LoadedReport } from './shift-loaded-report.ts';
import { reportHead } from './shift-report-head.ts';
import { reportView } from './shift-report-view.ts';
import { createShiftRequests, type ShiftRequests } from './shift-requests.ts';
import { sealForm } from './shift-seal-view.ts';
import { SHIFT_SENTENCES, type ShiftWords } from './shift-words.ts';
import { watchTill } from './watch-till.ts';

const PATH = '/box-office/shifts/:shiftId';

export const SHIFT_PAGE: OfficePage = {
  path: PATH,
  title: 'page_shift',
  role: 'supervisor',
  open: (office, path) => new ShiftPage(office, Number(partOf(PATH, path))),
};

/** One shift for its supervisor: an X-report that moves with it, the seal, the Z-report, the journal. */
class ShiftPage implements OpenPage {
  readonly #office: Office;
  readonly #shiftId: number;
  readonly #loaded: LoadedReport;
  readonly #requests: ShiftRequests;
  readonly #stop: Stop;
  #journal: Journal | null = null;
  #sealProblem = '';
  #isBusy = false;

  constructor(office: Office, shiftId: number) {
    this.#office = office;
    this.#shiftId = shiftId;
    this.#requests = createShiftRequests(office);
    this.#loaded = new LoadedReport(office, `/box-office/shifts/${shiftId}/report`, () => this.#fetchJournal());
    this.#stop = watchTill({ clock: systemClock, socket: office.socket }, office.venue?.venueId ?? 0, {
      watched: () => void (this.#loaded.report?.seal || this.#loaded.load()),
      sale: ({ shiftId: ofShift }) => void (ofShift === shiftId && this.#loaded.load()),
      shift: ({ shiftId: changed }) => void (changed === shiftId && this.#loaded.load()),
      refused: () => {}, // The report itself is refused then, and says why.
      known: () => new Set(),
    });
    void this.#loaded.load();
  }

  view(): TemplateResult {
    const words = this.#office.wordsOf(SHIFT_SENTENCES);
    const { report, problem, path } = this.#loaded;
    return html`
      ${reportHead(
        { title: this.#title(words), about: this.#about(words), report, path },
        { refresh: () => void this.#loaded.load(), print: paper => this.#loaded.print(paper) },
        words,
      )}
      ${report ? this.#content(report, words) : html`<p>${problem || words.say('fetching')}</p>`}`;
  }

  key({ key }: KeyboardEvent): boolean {
    if (key !== 'Escape') return false;
    this.#office.go('/box-office/shifts');
    return true;
  }

  close(): void {
    this.#stop();
  }

  #title({ say }: ShiftWords): string {
    const of = this.#loaded.report?.of;
    if (of?.what !== 'shift') return say('shiftNumber', { number: this.#shiftId });
    return say('shiftOf', { number: of.shiftId, name: of.cashier });
  }

  #about({ say, shortDay, time }: ShiftWords): string {
    if (!this.#loaded.report) return '';
    const { venue, from, to, timeZone } = this.#loaded.report;
    const moment = (at: string) => `${shortDay(at, timeZone, this.#office.clock.now())} ${time(at, timeZone)}`;
    return say('fromTo', { venue, from: moment(from), to: moment(to) });
  }

  #content(report: ReportView, words: ShiftWords): TemplateResult {
    const { currency, timeZone, drawer, seal } = report;
    const ledger = { currency, timeZone, openings: this.#loaded.openings, words };
    return html`
      <div class="report-page" data-stale=${this.#office.isStale}>
        ${reportView(report, ledger)} ${drawer.counted !== null && !seal ? this.#sealing(words) : nothing}
        <details class="card fold mt-4" @toggle=${(event: Event) => this.#turnJournal(event)}>
          <summary>${words.say('journal')}</summary>
          ${this.#journal ? journalView(this.#journal, ledger) : html`<p>${words.say('fetching')}</p>`}
        </details>
      </div>`;
  }

  #sealing(words: ShiftWords): TemplateResult {
    const sealing = { shiftId: this.#shiftId, problem: this.#sealProblem, isBusy: this.#isBusy };
    return html`
      <section class="card mt-4" aria-labelledby="sealing">
        <h2 class="mb-2 text-lg" id="sealing">${words.say('sealTitle')}</h2>
        ${sealForm(sealing, note => this.#seal(note), words)}
      </section>`;
  }

  async #seal(note: string) {
    this.#isBusy = true;
    this.#office.draw();
    const answer = await this.#requests.seal(this.#shiftId, note);
    this.#isBusy = false;
    this.#sealProblem = answer && 'trouble' in answer ? this.#office.sentence(answer.trouble) : '';
    const { say } = this.#office.wordsOf(SHIFT_SENTENCES);
    if (answer && 'value' in answer) this.#office.tell(say('sealedNow', { number: this.#shiftId }));
    await this.#loaded.load();
    this.#office.draw();
  }

  #turnJournal({ currentTarget }: Event) {
    const isOpen = currentTarget instanceof HTMLDetailsElement && currentTarget.open;
    this.#loaded.openings.turn('journal', isOpen);
    void this.#fetchJournal().then(() => this.#office.draw());
  }

  /** Only while somebody looks. */
  async #fetchJournal() {
    if (!this.#loaded.openings.isOpen('journal')) return;
    const answer = await this.#office.api.get(`/box-office/shifts/${this.#shiftId}/journal`, JournalAnswer);
    if ('value' in answer) this.#journal = answer.value;
  }
}
