import { html, nothing, type TemplateResult } from 'lit-html';
import {
  EQUATION_SPANS,
  EQUATION_TERMS,
  type Equation,
  type EquationReceipt,
  type EquationSpan,
  type EquationTerm,
  holds,
} from '../../shared/office/exceptions.ts';
import { dialog } from '../kit/dialog.ts';
import type { ExceptionWords } from './list-view.ts';

export const TERM_DIALOG = 'equation-term';

/** Which sum somebody wants to see the receipts of. */
export interface TermAsked {
  equation: Equation;
  term: EquationTerm | 'broken';
}

interface EquationState {
  span: EquationSpan;
  /** Null while they are fetched. */
  equations: readonly Equation[] | null;
}

interface EquationDoings {
  choose(span: EquationSpan): void;
  open(asked: TermAsked): void;
}

/** Received = applied + due back + given back + unallocated: for each cinema, and for what is nobody's. */
export function equationView(
  { span, equations }: EquationState,
  doings: EquationDoings,
  words: ExceptionWords,
): TemplateResult {
  const { say } = words;
  const broken = equations?.filter(one => !holds(one)) ?? [];
  return html`
    <section class="equation" aria-labelledby="equation-title">
      <div class="mb-1 flex flex-wrap items-center gap-2">
        <h2 class="mr-2 text-lg" id="equation-title">${say('equation')}</h2>
        ${EQUATION_SPANS.map(
          one => html`
            <button class="chip" type="button" aria-pressed=${one === span} @click=${() => doings.choose(one)}>
              ${say(`span_${one}`)}
            </button>`,
        )}
        <span class="text-sm text-dust">${say(span === 'day' ? 'daySpan' : 'allSpan')}</span>
      </div>
      <div role="alert">${broken.map(one => alarm(one, doings, words))}</div>
      ${equations === null ? html`<p class="text-dust">${say('loadingList')}</p>` : table(equations, doings, words)}
    </section>`;
}

/** Loud: money that is nowhere, or twice. */
function alarm(equation: Equation, { open }: EquationDoings, { say }: ExceptionWords): TemplateResult {
  const where = `${equation.venue ?? say('ofNobody')}, ${equation.currency}`;
  return html`
    <p class="equation-alarm">
      ${say('brokenLoud', { where, count: equation.broken })}
      <button class="button-second small" type="button" @click=${() => open({ equation, term: 'broken' })}>
        ${say('showThem')}
      </button>
    </p>`;
}

function table(equations: readonly Equation[], doings: EquationDoings, words: ExceptionWords): TemplateResult {
  const { say } = words;
  if (equations.length === 0) return html`<p class="text-dust">${say('nothingReceived')}</p>`;
  return html`
    <table class="sheet equation-sheet">
      <thead>
        <tr>
          <th>${say('cinema')}</th>
          ${EQUATION_TERMS.map(term => html`<th class="number">${SIGNS[term]}${say(`term_${term}`)}</th>`)}
          <th></th>
        </tr>
      </thead>
      <tbody>
        ${equations.map(one => line(one, doings, words))}
      </tbody>
    </table>`;
}

const SIGNS: Record<EquationTerm, string> = {
  received: '',
  applied: '= ',
  due: '+ ',
  refunded: '+ ',
  unallocated: '+ ',
};

function line(equation: Equation, { open }: EquationDoings, { say, money }: ExceptionWords): TemplateResult {
  const { currency, venue } = equation;
  const isGood = holds(equation);
  return html`
    <tr>
      <td data-label=${say('cinema')}>${venue ?? say('ofNobody')}</td>
      ${EQUATION_TERMS.map(
        term => html`
          <td class="number" data-label=${SIGNS[term] + say(`term_${term}`)}>
            <button
              class="term"
              type="button"
              aria-label="${say(`term_${term}`)}: ${money({ amount: equation[term], currency })}"
              @click=${() => open({ equation, term })}
            >
              ${money({ amount: equation[term], currency })}
            </button>
          </td>`,
      )}
      <td data-label=""><span class="badge" data-kind=${isGood ? 'good' : 'bad'}>${say(isGood ? 'holds' : 'broken')}</span></td>
    </tr>`;
}

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
