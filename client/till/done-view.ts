import { html, nothing, type TemplateResult } from 'lit-html';
import type { SaleLine } from '../../shared/office/till.ts';
import { drawQr } from '../booking/ticket-qr.ts';
import { type Customer, changeDue } from './customer.ts';
import { addressQr, type Here, nameOf, nameOfLine } from './describe.ts';
import type { Paper } from './print-choice.ts';
import type { TillWords } from './words.ts';

export interface DoneDoings {
  next(): void;
  print(paper: 'receipt' | 'sheet'): void;
  choosePrinting(paper: Paper): void;
}

/** Paid: the change to give back, in letters for two, and the tickets. */
export function doneView(
  customer: Customer,
  printing: Paper,
  doings: DoneDoings,
  here: Here,
  words: TillWords,
): TemplateResult {
  const { sale } = customer;
  const { say, money } = words;
  if (!sale) return html``;
  const change = changeDue(sale);
  return html`
    <h2 class="text-lg text-leaf" id="customer-title" tabindex="-1">${say('isPaidNow', { what: money(sale.total) })}</h2>
    <p class="text-dust">${nameOf(customer, here, words)} · ${say('saleReference', { reference: sale.reference })}</p>
    ${change ? changeView(change.amount === 0 ? say('noChange') : money(change), change.amount > 0 ? say('change') : '') : nothing}
    <button class="button my-3 w-full" type="button" @click=${doings.next}>
      ${say('nextCustomer')} <span class="key ml-2" aria-hidden="true">Enter</span>
    </button>
    ${sale.lines.map(line => (line.kind === 'places' ? ticketsOf(line, here, words) : nothing))}
    <div class="till-actions">
      <button class="button-second small" type="button" @click=${() => doings.print('receipt')}>
        ${say('printRoll')} <span class="key ml-2" aria-hidden="true">P</span>
      </button>
      <button class="button-second small" type="button" @click=${() => doings.print('sheet')}>${say('printSheet')}</button>
      ${printingChoice(printing, doings, words)}
    </div>`;
}

function changeView(sum: string, label: string): TemplateResult {
  return html`<p class="my-3"><span class="block">${label}</span> <b class="till-change">${sum}</b></p>`;
}

function ticketsOf(line: Extract<SaleLine, { kind: 'places' }>, here: Here, words: TillWords): TemplateResult {
  const { say } = words;
  const what = nameOfLine(line, here, words);
  return html`
    <section class="card my-3 p-4" aria-label="${say('theTickets')}: ${what}">
      <h3 class="text-base">${what} <span class="code text-dust">${line.reference}</span></h3>
      <div class="my-2 flex flex-wrap gap-4">
        <figure class="grid content-start gap-1">
          ${addressQr(line.url, say('phoneQrOf', { what }))}
          <figcaption class="text-sm text-dust">${say('onTheirPhone')}</figcaption>
        </figure>
        <ul class="flex min-w-0 flex-1 basis-48 flex-wrap content-start gap-2">
          ${line.tickets.map(({ ticketCode, seat }, at) => {
            const { viewBox, path } = drawQr(ticketCode);
            const name = seat ?? say('ticketOf', { number: at + 1, count: line.tickets.length });
            return html`
              <li class="ticket-card">
                <svg class="ticket-qr" viewBox=${viewBox} role="img" aria-label=${say('qrOf', { code: ticketCode })}>
                  <path d=${path} shape-rendering="crispEdges" />
                </svg>
                <span class="text-sm">${name}</span>
              </li>`;
          })}
        </ul>
      </div>
    </section>`;
}

function printingChoice(printing: Paper, { choosePrinting }: DoneDoings, { say }: TillWords): TemplateResult {
  const papers: Paper[] = ['no', 'receipt', 'sheet'];
  return html`
    <label class="ml-auto flex min-h-11 items-center gap-2 text-sm">
      ${say('printByItself')}
      <select class="venue-choice" @change=${({ target }: Event) => choosePrinting(papers.find(one => target instanceof HTMLSelectElement && one === target.value) ?? 'no')}>
        ${papers.map(paper => html`<option value=${paper} ?selected=${paper === printing}>${say(`print_${paper}`)}</option>`)}
      </select>
    </label>`;
}

/** It ended without being paid. */
export function overView(customer: Customer, next: () => void, here: Here, words: TillWords): TemplateResult {
  const { say, money } = words;
  return html`
    <h2 class="text-lg" id="customer-title" tabindex="-1">${nameOf(customer, here, words)}</h2>
    <p class="my-3">${say('overText')}</p>
    <ul class="mb-3 grid gap-1">
      ${customer.sale?.refunds.map(
        ({ amount, state }) => html`<li><b>${money(amount)}</b> ${say(`refund_is_${state}`)}</li>`,
      )}
    </ul>
    <button class="button w-full" type="button" @click=${next}>
      ${say('nextCustomer')} <span class="key ml-2" aria-hidden="true">Enter</span>
    </button>`;
}
