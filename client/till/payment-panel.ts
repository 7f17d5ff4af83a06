import { html, nothing, type TemplateResult } from 'lit-html';
import type { Money } from '../../shared/money.ts';
import type { Customer } from './customer.ts';
import { amountOf, type Way } from './payment-form.ts';
import { type FieldDoings, typedField, wayFields } from './way-fields.ts';
import type { TillWords } from './words.ts';

const FIRST_WAY_KEY = 5; // F1 to F4 are round sums.
const LAST_KEY = 10;
/** A link is for somebody who has not begun to pay; what is found by a receipt number is as much as it is. */
const WHOLE_ONLY: readonly Way[] = ['paid_before', 'link'];

export interface PanelDoings extends FieldDoings {
  chooseWay(way: Way): void;
  split(isSplit: boolean): void;
  submit(): void;
  closePanel(): void;
}

/** How this customer pays, once it is clear what: one way after another until nothing is left. */
export function paymentPanel(
  customer: Customer,
  { due, ways }: { due: Money; ways: readonly Way[] },
  doings: PanelDoings,
  words: TillWords,
): TemplateResult {
  const { form, wrong } = customer;
  const { say, money } = words;
  const amount = amountOf(form, due) ?? due;
  return html`
    <h2 class="text-xl" id="customer-title">${say('payTitle', { amount: money(due) })}</h2>
    ${paidPart(customer, words)}
    <div class="ways my-3" role="group" aria-label=${say('ways')}>
      ${ways.map((way, at) => wayChip(way, { at, isChosen: way === form.way }, doings, words))}
    </div>
    <div class="grid gap-3">
      ${wayFields(customer, due, doings, words)} ${partFields(customer, doings, words)}
      <p class="problem" role="alert">${wrong && wrong.field === null ? wrong.sentence : ''}</p>
      <button class="button" type="button" @click=${doings.submit}>
        ${say(`take_${form.way}`, { amount: money(amount) })} <span class="key ml-2" aria-hidden="true">Enter</span>
      </button>
      <button class="button-second small" type="button" @click=${doings.closePanel}>
        ${say('back')} <span class="key ml-2" aria-hidden="true">Esc</span>
      </button>
    </div>`;
}

export function paidPart({ sale }: Customer, { say, money }: TillWords) {
  if (!sale || sale.paid.amount === 0) return nothing;
  return html`<p class="text-leaf">${say('paidOf', { paid: money(sale.paid), total: money(sale.total) })}</p>`;
}

export function wayOfKey(at: number, ways: readonly Way[]): Way | undefined {
  return ways[at - FIRST_WAY_KEY + 1];
}

function wayChip(
  way: Way,
  { at, isChosen }: { at: number; isChosen: boolean },
  { chooseWay }: PanelDoings,
  { say }: TillWords,
): TemplateResult {
  const number = FIRST_WAY_KEY + at;
  const key = number <= LAST_KEY ? `F${number}` : null;
  return html`
    <button
      class="chip"
      type="button"
      aria-pressed=${isChosen}
      aria-keyshortcuts=${key ?? nothing}
      @click=${() => chooseWay(way)}
    >
      ${key ? html`<span class="mr-1.5 text-sm font-normal pointer-coarse:hidden" aria-hidden="true">${key}</span>` : nothing}
      ${say(`way_${way}`)}
    </button>`;
}

function partFields(customer: Customer, doings: PanelDoings, { say }: TillWords) {
  const { part, way } = customer.form;
  if (WHOLE_ONLY.includes(way)) return nothing;
  return html`
    <label class="flex min-h-11 items-center gap-3">
      <input
        class="size-5 accent-marigold"
        type="checkbox"
        .checked=${part !== null}
        @change=${({ target }: Event) => doings.split(target instanceof HTMLInputElement && target.checked)}
      />
      ${say('onlyPart')}
    </label>
    ${part === null ? nothing : typedField(customer, 'part', { label: say('part'), numeric: true }, doings)}`;
}
