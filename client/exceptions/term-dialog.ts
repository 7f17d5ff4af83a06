import { html, nothing, type TemplateResult } from 'lit-html';
import type { Equation, EquationReceipt } from '../../shared/office/exceptions.ts';
import { dialog } from '../kit/dialog.ts';
import type { TermAsked } from './equation-view.ts';
import type { ExceptionWords } from './list-view.ts';

export const TERM_DIALOG = 'equation-term';

/** Always there, so that it can be opened before its receipts are known. */
export function termDialog(
  asked: TermAsked | null,
  receipts: readonly EquationReceipt[] | null,
  now: Date,
  words: ExceptionWords,
): TemplateResult {
  const { say } = words;
  const content = asked === null ? nothing : termContent(asked, receipts, now, words);
  return dialog(TERM_DIALOG, asked ? say(`term_${asked.term}`) : '', html`${content}`, words);
}

function termContent(
  { equation }: TermAsked,
  receipts: readonly EquationReceipt[] | null,
  now: Date,
  words: ExceptionWords,
): TemplateResult {
  const { say } = words;
  if (receipts === null) return html`<p class="text-dust">${say('loadingList')}</p>`;
  if (receipts.length === 0) return html`<p>${say('noReceipts')}</p>`;
  return html`
    <p class="mb-2 text-sm text-dust">${say('newest', { count: receipts.length })}</p>
    <ul class="term-receipts">${receipts.map(one => receiptLine(one, equation, now, words))}</ul>`;
}

function receiptLine(one: EquationReceipt, { currency }: Equation, now: Date, words: ExceptionWords): TemplateResult {
  const { say, money, shortDay, time } = words;
  const { number, method, at, reference, bookingId, amount, part } = one;
  const zone = currency === 'TZS' ? 'Africa/Dar_es_Salaam' : 'Africa/Nairobi';
  const sums = { part: money({ amount: part, currency }), amount: money({ amount, currency }) };
  return html`
    <li>
      <span>
        <b>${number ?? say('noNumber')}</b> ${say(`method_${method}`)}
        <span class="block text-sm text-dust">
          ${shortDay(at, zone, now)} ${time(at, zone)}
          ${bookingId ? html`· <a class="underline" href="/box-office/bookings/${bookingId}">${reference}</a>` : (reference ?? nothing)}
        </span>
      </span>
      <span class="font-bold tabular-nums">${part === amount ? sums.amount : say('partOf', sums)}</span>
    </li>`;
}
