import { html, nothing, type TemplateResult } from 'lit-html';
import type { ReportView } from '../../shared/office/shift-report.ts';
import type { ShiftWords } from './shift-words.ts';

interface Heading {
  title: string;
  about: string;
  report: ReportView | null;
  /** Of the report, as the server gives it. */
  path: string;
}

interface HeadDoings {
  refresh(): void;
  print(paper: 'receipt' | 'sheet'): void;
}

/** What is reported, of when, and how to take it along. */
export function reportHead(
  { title, about, report, path }: Heading,
  { refresh, print }: HeadDoings,
  { say, time }: ShiftWords,
): TemplateResult {
  return html`
    <a class="quiet -ml-2" href="/box-office/shifts">${say('toShifts')}</a>
    <div class="flex flex-wrap items-center gap-x-4 gap-y-2">
      <h1 class="text-xl">${title}</h1>
      ${
        report
          ? html`<span class="badge" data-kind=${report.kind === 'z' ? 'good' : 'wait'}>${say(report.kind === 'z' ? 'zReport' : 'xReport')}</span>`
          : nothing
      }
    </div>
    <p class="text-dust">${about}</p>
    ${
      report
        ? html`
          <div class="my-3 flex flex-wrap items-center gap-3">
            ${
              report.kind === 'x'
                ? html`
                  <span class="text-sm tabular-nums">${say('asOf', { time: time(report.now, report.timeZone) })}</span>
                  <button class="button-second small" type="button" @click=${refresh}>${say('refresh')}</button>`
                : nothing
            }
            <a class="button-second small" href="/api/v1${path}?format=csv" download>${say('csv')}</a>
            <button class="button-second small" type="button" @click=${() => print('sheet')}>${say('printSheet')}</button>
            <button class="button-second small" type="button" @click=${() => print('receipt')}>${say('printReceipt')}</button>
          </div>`
        : nothing
    }`;
}
