import { html, nothing, type TemplateResult } from 'lit-html';
import type { ShiftView } from '../../shared/office/shifts.ts';
import { typedInto } from '../box-office/gate.ts';
import { readAmount } from '../charge/charge-form.ts';
import { dialog, findDialog } from '../kit/dialog.ts';
import { submitted } from '../kit/fields.ts';
import type { CashCount } from './shift-count.ts';
import { cashCountView } from './shift-count-view.ts';
import type { ShiftDesk } from './shift-desk.ts';
import type { Counted } from './shift-requests.ts';
import type { ShiftWords } from './shift-words.ts';

export const SURE_DIALOG = 'count-sure';
const FORM = 'closing';

/** The blind count at the end: it says nothing but what was typed. */
export function closeForm({ shiftId, currency }: ShiftView, desk: ShiftDesk, words: ShiftWords): TemplateResult {
  const { say, money } = words;
  const { count, isBusy, salesInTheWay } = desk;
  const amount = money({ amount: count.total, currency });
  const close = () => {
    const form = document.getElementById(FORM);
    const counted = form && readCounted(form, count);
    if (counted) void desk.close(shiftId, counted);
    else findDialog(SURE_DIALOG)?.close();
  };
  const ask = async (form: Element) => {
    desk.problem = readCounted(form, count) ? '' : say('cardTotalWrong');
    desk.draw();
    if (desk.problem === '') desk.askToClose();
  };
  return html`
    <form class="desk-task grid gap-4" id=${FORM} @submit=${submitted(ask)}>
      <p class="text-dust">${say('closeHelp')}</p>
      ${
        salesInTheWay.length === 0
          ? nothing
          : html`<p class="problem">${say('salesOpen', { references: salesInTheWay.join(', ') })}</p>`
      }
      ${countFields(count, desk, words)}
      <p class="problem" role="alert">${desk.problem}</p>
      <div class="flex flex-wrap gap-3">
        <button class="button" ?disabled=${isBusy || salesInTheWay.length > 0}>${say('closeDo', { amount })}</button>
        <button class="button-second" type="button" @click=${() => desk.start({ task: 'rest' })}>${say('cancel')}</button>
      </div>
    </form>
    ${dialog(
      SURE_DIALOG,
      say('closeSure'),
      html`
        <p class="mb-4">${say('closeSureText', { amount })}</p>
        <div class="flex flex-wrap gap-3">
          <button class="button" type="button" @click=${close}>${say('closeSureYes')}</button>
          <form method="dialog"><button class="button-second">${say('countOn')}</button></form>
        </div>`,
      words,
    )}`;
}

/** What was counted before is counted once more; a supervisor stands beside. */
export function countAgainForm({ shiftId, currency }: ShiftView, desk: ShiftDesk, words: ShiftWords): TemplateResult {
  const { say, money } = words;
  const { count, isBusy } = desk;
  const submit = async (form: Element) => {
    const counted = readCounted(form, count);
    if (counted) return desk.countAgain(shiftId, counted);
    desk.problem = say('cardTotalWrong');
    desk.draw();
  };
  return html`
    <form class="desk-task grid gap-4" @submit=${submitted(submit)}>
      <p class="text-dust">${say('closeHelp')}</p>
      ${countFields(count, desk, words)}
      <p class="problem" role="alert">${desk.problem}</p>
      <div class="flex flex-wrap gap-3">
        <button class="button" ?disabled=${isBusy}>
          ${say('countAgainDo', { amount: money({ amount: count.total, currency }) })}
        </button>
        <button class="button-second" type="button" @click=${() => desk.start({ task: 'rest' })}>${say('cancel')}</button>
      </div>
    </form>`;
}

function countFields(count: CashCount, desk: ShiftDesk, words: ShiftWords): TemplateResult {
  const { say } = words;
  return html`
    ${cashCountView(count, () => desk.draw(), words)}
    <div class="field">
      <label for="card-total">${say('cardTotal', { currency: count.currency })}</label>
      <input class="input" id="card-total" name="cardTotal" inputmode="numeric" autocomplete="off" aria-describedby="card-hint" />
      <p class="hint" id="card-hint">${say('cardTotalHint')}</p>
    </div>`;
}

/** Null while the total of the cards is no sum. */
function readCounted(form: Element, count: CashCount): Counted | null {
  const typed = typedInto(form, 'cardTotal');
  const cardTotal = readAmount(typed);
  if (typed.trim() === '') return { counts: count.counts };
  return cardTotal === null ? null : { counts: count.counts, cardTotal };
}
