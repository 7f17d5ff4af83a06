import { html, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { typedIn } from '../kit/fields.ts';
import type { CashCount } from './shift-count.ts';
import type { ShiftWords } from './shift-words.ts';

/** One line for each note and coin, and what it all comes to. A count that begins anew has empty fields. */
export function cashCountView(count: CashCount, changed: () => void, words: ShiftWords): TemplateResult {
  const { say, money } = words;
  const { currency, denominations, total } = count;
  return html`
    <fieldset class="cash-count" @keydown=${toNextField}>
      <legend class="sr-only">${say('countByNote')}</legend>
      ${keyed(count, html`${denominations.map(denomination => line(count, denomination, changed, words))}`)}
      <p class="cash-total"><span>${say('inAll')}</span> <b>${money({ amount: total, currency })}</b></p>
    </fieldset>`;
}

function line(count: CashCount, denomination: number, changed: () => void, { say, money }: ShiftWords) {
  const { currency } = count;
  const name = money({ amount: denomination, currency });
  const type = (event: InputEvent) => {
    count.type(denomination, typedIn(event));
    changed();
  };
  return html`
    <div class="cash-line">
      <label for="count-${denomination}">${name}</label>
      <span aria-hidden="true">×</span>
      <input class="input" id="count-${denomination}" inputmode="numeric" autocomplete="off" maxlength="6"
        aria-invalid=${!count.isRight(denomination)} @input=${type} />
      <span class="cash-sum" data-kind=${count.isRight(denomination) ? '' : 'bad'}>${
        count.isRight(denomination) ? money({ amount: count.sumOf(denomination), currency }) : say('wholeNumber')
      }</span>
    </div>`;
}

/** Enter goes on to the next note: half a count must not be sent by a slip of the finger. */
function toNextField(event: KeyboardEvent) {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
  const fields = [...(event.target.form?.querySelectorAll<HTMLElement>('input, button') ?? [])];
  event.preventDefault();
  fields[fields.indexOf(event.target) + 1]?.focus();
}
