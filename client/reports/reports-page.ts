import { html, nothing, type TemplateResult } from 'lit-html';
import { REPORTS_BY, type ReportBy, type SalesReport, SalesReportAnswer } from '../../shared/office/reports.ts';
import type { VenueView } from '../../shared/views.ts';
import type { Office, OfficePage, OpenPage } from '../box-office/page.ts';
import type { Language } from '../kit/words.ts';
import { type Bars, barsOf } from './bars.ts';
import { isPeriod, type Period, periodOf, todayAt } from './period.ts';
import { chartView, choiceView, type ReportDoings, reportView } from './report-view.ts';
import { type ReportWords, writeInstant, writePeriod } from './row-words.ts';
import { PAPER, SalesChart } from './sales-chart.ts';
import { salesTable } from './sales-table.ts';
import { REPORT_SENTENCES } from './words.ts';

const SCREEN = { text: '#fff3df', grid: '#3a2330', bar: '#ffb72b' }; // Cream, plush and marigold.
const PAPER_WIDTH = 660; // Of a sheet between its margins.

export const REPORTS_PAGE: OfficePage = {
  path: '/box-office/reports',
  title: 'page_reports',
  role: 'supervisor',
  open: office => (office.venue ? new ReportsPage(office, office.venue) : noVenue(office)),
};

/** Sales of the venue as a chart and a table; the digits choose by what, the dates of when. */
class ReportsPage implements OpenPage, ReportDoings {
  readonly #office: Office;
  readonly #venue: VenueView;
  readonly #chart = new SalesChart(SCREEN);
  #by: ReportBy = 'showing';
  #period: Period;
  #report: SalesReport | null = null;
  #drawn: { report: SalesReport; language: Language; bars: Bars | null } | null = null;
  #asked = 0;

  constructor(office: Office, venue: VenueView) {
    this.#office = office;
    this.#venue = venue;
    this.#period = periodOf('today', this.#today);
    void this.#load();
  }

  view(): TemplateResult {
    const words = this.#words;
    const choice = { by: this.#by, period: this.#period, today: this.#today, isWrong: !isPeriod(this.#period) };
    return html`
      <h1 class="mb-3 text-xl">${words.say('page_reports')}</h1>
      ${choiceView(choice, this, words)}
      ${this.#report ? this.#shown(this.#report, words) : html`<p class="text-dust">${words.say('loading')}</p>`}`;
  }

  key({ key }: KeyboardEvent): boolean {
    const by = REPORTS_BY[Number(key) - 1];
    if (by) this.choose(by);
    return by !== undefined;
  }

  close() {
    this.#asked += 1;
    this.#chart.close();
  }

  choose = (by: ReportBy) => {
    this.#by = by;
    void this.#load();
  };

  look = (period: Period) => {
    this.#period = period;
    void this.#load();
  };

  again = () => void this.#load();

  print = () => void this.#print();

  get #words(): ReportWords {
    return this.#office.wordsOf(REPORT_SENTENCES);
  }

  get #today(): string {
    return todayAt(this.#venue.timeZone, this.#office.clock.now());
  }

  #shown(report: SalesReport, words: ReportWords) {
    const bars = this.#draw(report, words);
    const chart = bars && this.#chart.element;
    const shown = { chart, csvAddress: `/api/v1${addressOf(report)}&format=csv`, largest: bars?.bars.length ?? 0 };
    return reportView(report, shown, this, words);
  }

  /** Only when there is something else to draw, or to say it with. */
  #draw(report: SalesReport, words: ReportWords): Bars | null {
    const { language } = words;
    if (this.#drawn?.report === report && this.#drawn.language === language) return this.#drawn.bars;
    const bars = barsOf(report, words);
    this.#drawn = { report, language, bars };
    if (bars) void this.#chart.show(bars);
    return bars;
  }

  /** Of two that were asked for, the later one is shown, whichever comes first. */
  async #load() {
    this.#asked += 1;
    const asked = this.#asked;
    this.#office.draw();
    if (!isPeriod(this.#period)) return;
    const address = addressOf({ by: this.#by, venueId: this.#venue.venueId, ...this.#period });
    const answer = await this.#office.api.get(address, SalesReportAnswer);
    if (asked !== this.#asked) return;
    if ('value' in answer) this.#report = answer.value.report;
    else this.#office.tell(this.#office.sentence(answer.trouble), 'bad');
    this.#office.draw();
  }

  async #print() {
    const report = this.#report;
    if (!report) return;
    const words = this.#words;
    const bars = barsOf(report, words);
    const chart = new SalesChart(PAPER);
    if (bars) await chart.show(bars, PAPER_WIDTH);
    const paper = html`
      <h1>${words.say(`title_${report.by}`)}</h1>
      <p>${report.venue} · ${writePeriod(report, words)}</p>
      ${bars ? chartView(chart.element, words) : nothing} ${salesTable(report, words, 'paper-table')}
      <p>${words.say('dayHint')} ${words.say('asOf', { time: writeInstant(report.now, report.timeZone, words) })}</p>`;
    this.#office.print(paper, 'sheet');
  }
}

function addressOf({ by, venueId, from, to }: Period & { by: ReportBy; venueId: number }): string {
  return `/box-office/reports/${by}?venueId=${venueId}&from=${from}&to=${to}`;
}

function noVenue(office: Office): OpenPage {
  return {
    view: () => html`<p class="card">${office.wordsOf(REPORT_SENTENCES).say('noVenue')}</p>`,
    close() {},
  };
}
