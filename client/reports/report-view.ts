import { html, nothing, type TemplateResult } from 'lit-html';
import { REPORTS_BY, type ReportBy, type SalesReport } from '../../shared/office/reports.ts';
import { PERIODS, type Period, type PeriodName, periodOf } from './period.ts';
import { type ReportWords, writeInstant, writePeriod } from './row-words.ts';
import { salesTable } from './sales-table.ts';

export interface ReportDoings {
  choose(by: ReportBy): void;
  look(period: Period): void;
  again(): void;
  print(): void;
}

/** What stands above the table: what by, and of when. */
export interface Choice {
  by: ReportBy;
  period: Period;
  today: string;
  isWrong: boolean;
}

export function choiceView({ by, period, today, isWrong }: Choice, doings: ReportDoings, words: ReportWords) {
  const { say } = words;
  const isChosen = (name: PeriodName) => {
    const { from, to } = periodOf(name, today);
    return from === period.from && to === period.to;
  };
  return html`
    <div class="sales-choice" role="group" aria-label=${say('by')}>
      ${REPORTS_BY.map(
        (one, at) => html`
          <button class="chip" type="button" aria-pressed=${one === by} aria-keyshortcuts=${at + 1} @click=${() => doings.choose(one)}>
            ${say(`by_${one}`)}
          </button>`,
      )}
    </div>
    <div class="sales-choice" role="group" aria-label=${say('period')}>
      ${PERIODS.map(
        name => html`
          <button class="chip" type="button" aria-pressed=${isChosen(name)} @click=${() => doings.look(periodOf(name, today))}>
            ${say(name)}
          </button>`,
      )}
    </div>
    <div class="grid max-w-md grid-cols-2 gap-3">
      ${dayField('from', period, isWrong, doings, words)} ${dayField('to', period, isWrong, doings, words)}
    </div>
    <p class="problem" id="wrong-period" role="alert">${isWrong ? say('wrongPeriod') : nothing}</p>
    <p class="hint mb-4">${say('dayHint')}</p>`;
}

function dayField(end: keyof Period, period: Period, isWrong: boolean, doings: ReportDoings, { say }: ReportWords) {
  const change = ({ target }: Event) =>
    target instanceof HTMLInputElement && doings.look({ ...period, [end]: target.value });
  return html`
    <label class="text-sm text-dust">
      ${say(end)}<br />
      <input class="input min-w-0" type="date" .value=${period[end]} aria-invalid=${isWrong} aria-describedby="wrong-period" @change=${change} />
    </label>`;
}

/** Chart above table; the four sums above both. */
export function reportView(
  report: SalesReport,
  { chart, csvAddress, largest }: { chart: Node | null; csvAddress: string; largest: number },
  doings: ReportDoings,
  words: ReportWords,
): TemplateResult {
  const { say } = words;
  return html`
    <section aria-labelledby="sales">
      <h2 class="text-lg" id="sales">${say(`title_${report.by}`)}</h2>
      <p class="mb-3 text-dust">${writePeriod(report, words)} · ${report.venue}</p>
      ${sumsView(report, words)} ${chart ? chartView(chart, words) : html`<p class="card mb-4">${say('nothingSold')}</p>`}
      ${chart && largest < report.rows.length && report.by !== 'day' ? html`<p class="hint mb-2">${say('onlyLargest', { count: largest, all: report.rows.length })}</p>` : nothing}
      ${report.rows.length > 0 ? salesTable(report, words, 'sheet') : nothing}
      <div class="mt-4 flex flex-wrap items-center gap-3">
        <a class="button-second small" href=${csvAddress} download>${say('csv')}</a>
        <button class="button-second small" type="button" @click=${doings.print}>${say('print')}</button>
        <button class="button-second small" type="button" @click=${doings.again}>${say('again')}</button>
        <span class="text-sm text-dust">${say('asOf', { time: writeInstant(report.now, report.timeZone, words) })}</span>
      </div>
    </section>`;
}

function sumsView({ total, currency }: SalesReport, { say, money }: ReportWords): TemplateResult {
  const sum = (name: 'net' | 'gross' | 'givenBack') => money({ amount: total[name], currency });
  return html`
    <dl class="sales-sums">
      <div><dt>${say('net')}</dt><dd>${sum('net')}</dd></div>
      <div><dt>${say('gross')}</dt><dd>${sum('gross')}</dd></div>
      <div><dt>${say('givenBack')}</dt><dd>${sum('givenBack')}</dd></div>
      <div><dt>${say('sold')}</dt><dd>${total.sold}</dd></div>
    </dl>`;
}

/** What is filled and what is only an outline, in words. */
export function chartView(chart: Node, { say }: ReportWords): TemplateResult {
  return html`
    <figure class="sales-figure">
      ${chart}
      <figcaption class="sales-legend">
        <span><span class="sales-key" data-filled></span>${say('net')}</span>
        <span><span class="sales-key"></span>${say('givenBack')}</span>
      </figcaption>
    </figure>`;
}
