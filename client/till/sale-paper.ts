import { html, nothing, type TemplateResult } from 'lit-html';
import type { SaleView } from '../../shared/office/till.ts';
import { ticketsPaper } from '../ticket/ticket-paper.ts';
import { changeDue } from './customer.ts';
import { type Here, nameOfLine } from './describe.ts';
import type { TillWords } from './words.ts';

/** The tickets of a sale, and what was paid for and how. */
export function salePaper(sale: SaleView, venue: string, here: Here, words: TillWords): TemplateResult {
  return html`
    ${sale.lines.map(line => (line.kind === 'places' ? ticketsPaper({ ...line, venue }, words) : nothing))}
    ${receipt(sale, venue, here, words)}`;
}

function receipt(sale: SaleView, venue: string, here: Here, words: TillWords): TemplateResult {
  const { say, money, day, time } = words;
  const change = changeDue(sale);
  const row = (label: string, value: string) => html`<dt>${label}</dt><dd>${value}</dd>`;
  return html`
    <article class="paper-receipt">
      <h2>${venue}</h2>
      <p>${say('saleReference', { reference: sale.reference })}</p>
      <p>${day(sale.createdAt, here.timeZone, new Date(0))}, ${time(sale.createdAt, here.timeZone)} · ${sale.cashier}</p>
      <dl>
        ${sale.lines.map(line => row(nameOfLine(line, here, words), money(line.total)))} ${row(say('total'), money(sale.total))}
        ${sale.payments
          .filter(({ state }) => state === 'paid')
          .map(({ gateway, amount, receiptNumber, given }) =>
            row(`${say(`way_${gateway}`)} ${receiptNumber ?? ''}`, money(given ?? amount)),
          )}
        ${change && change.amount > 0 ? row(say('change'), money(change)) : nothing}
      </dl>
    </article>`;
}
