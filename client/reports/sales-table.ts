import { html, nothing, type TemplateResult } from 'lit-html';
import type { SalesFigures, SalesReport, SalesRow } from '../../shared/office/reports.ts';
import { nameRow, type ReportWords } from './row-words.ts';

const TICKETS = ['sold', 'complimentary', 'admitted'] as const;
const AMOUNTS = ['gross', 'givenBack', 'net'] as const;

/** On the page a table or cards, on paper a table: `look` is the class that makes it so. */
export function salesTable(report: SalesReport, words: ReportWords, look: 'sheet' | 'paper-table'): TemplateResult {
  const { say } = words;
  return html`
    <table class="${look} sales-table">
      <caption class="sr-only">${say(`title_${report.by}`)}</caption>
      <thead>
        <tr>
          <th scope="col">${say(`by_${report.by}`)}</th>
          ${[...TICKETS, ...AMOUNTS].map(name => html`<th scope="col" class="number">${say(name)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${report.rows.map(row => salesRow(row, report, words))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" class="sales-about sales-total">${say('total')}</th>
          ${figureCells(report.total, report, words, 'sales-total')}
        </tr>
      </tfoot>
    </table>`;
}

function salesRow(row: SalesRow, report: SalesReport, words: ReportWords): TemplateResult {
  const [line, more] = nameRow(row.key, report, words);
  return html`
    <tr>
      <th scope="row" class="sales-about">${line}${more ? html`<span class="sales-more"> ${more}</span>` : nothing}</th>
      ${figureCells(row, report, words)}
    </tr>`;
}

function figureCells(figures: SalesFigures, { currency }: SalesReport, { say, money }: ReportWords, look = '') {
  return [
    ...TICKETS.map(name => html`<td class="number ${look}" data-label=${say(name)}>${figures[name]}</td>`),
    ...AMOUNTS.map(
      name =>
        html`<td class="number ${look}" data-label=${say(name)}>${money({ amount: figures[name], currency })}</td>`,
    ),
  ];
}
