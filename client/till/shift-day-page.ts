import { html, type TemplateResult } from 'lit-html';
import { type Stop, systemClock } from '../../shared/clock.ts';
import type { ReportView } from '../../shared/office/shift-report.ts';
import { partOf } from '../box-office/navigation.ts';
import type { Office, OfficePage, OpenPage } from '../box-office/page.ts';
import { dayPicker } from './shift-day-picker.ts';
import { LoadedReport } from './shift-loaded-report.ts';
import { reportHead } from './shift-report-head.ts';
import { reportView } from './shift-report-view.ts';
import { SHIFT_SENTENCES, type ShiftWords } from './shift-words.ts';
import { watchTill } from './watch-till.ts';

const PATH = '/box-office/days/:day';

export const DAY_PAGE: OfficePage = {
  path: PATH,
  title: 'page_day',
  role: 'supervisor',
  open: (office, path) => new DayPage(office, partOf(PATH, path)),
};

/** A day of the venue, from six to six: all its shifts, and what customers paid by themselves. */
class DayPage implements OpenPage {
  readonly #office: Office;
  readonly #day: string;
  readonly #loaded: LoadedReport;
  readonly #stop: Stop;

  constructor(office: Office, day: string) {
    this.#office = office;
    this.#day = day;
    const venueId = office.venue?.venueId ?? 0;
    this.#loaded = new LoadedReport(office, `/box-office/venues/${venueId}/days/${day}/report`);
    this.#stop = watchTill({ clock: systemClock, socket: office.socket }, venueId, {
      watched: () => {},
      sale: () => {}, // A whole day is added up when somebody asks, not at every sale.
      shift: ({ state }) => void (state !== 'open' && this.#loaded.load()),
      refused: () => {}, // The report itself is refused then, and says why.
      known: () => new Set(),
    });
    void this.#loaded.load();
  }

  view(): TemplateResult {
    const words = this.#office.wordsOf(SHIFT_SENTENCES);
    const { report, problem, path } = this.#loaded;
    const venue = report?.venue ?? this.#office.venue?.name ?? '';
    return html`
      ${reportHead(
        { title: this.#title(words), about: words.say('dayFromTo', { venue }), report, path },
        { refresh: () => void this.#loaded.load(), print: paper => this.#loaded.print(paper) },
        words,
      )}
      ${dayPicker(this.#day, day => this.#office.go(`/box-office/days/${day}`), words)}
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

  #title({ say, day }: ShiftWords): string {
    const noon = new Date(`${this.#day}T12:00:00Z`);
    if (Number.isNaN(+noon)) return say('page_day');
    return say('dayTitle', { day: day(noon, 'UTC', new Date(0)) });
  }

  #content(report: ReportView, words: ShiftWords): TemplateResult {
    const { currency, timeZone, of } = report;
    const shifts = of.what === 'day' ? of.shifts : [];
    return html`
      <div class="report-page" data-stale=${this.#office.isStale}>
        ${reportView(report, { currency, timeZone, openings: this.#loaded.openings, words, isOfDay: true })}
        <section class="card mt-4" aria-labelledby="day-shifts">
          <h2 class="mb-2 text-lg" id="day-shifts">${words.say('shiftsOfDay')}</h2>
          ${shifts.length === 0 ? html`<p class="text-dust">${words.say('noShiftsThen')}</p>` : ''}
          <p class="flex flex-wrap gap-x-5">
            ${shifts.map(
              number => html`
                <a class="link" href="/box-office/shifts/${number}">${words.say('shiftNumber', { number })}</a>`,
            )}
          </p>
        </section>
      </div>`;
  }
}
