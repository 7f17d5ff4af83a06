import { html, type TemplateResult } from 'lit-html';
import {
  EQUATION_SPANS,
  EQUATION_TERMS,
  type Equation,
  type EquationSpan,
  type EquationTerm,
  holds,
} from '../../shared/office/exceptions.ts';
import type { ExceptionWords } from './list-view.ts';

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
          <th><span class="sr-only">${say('holds')}</span></th>
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
