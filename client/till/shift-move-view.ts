import { html, type TemplateResult } from 'lit-html';
import type { ShiftView } from '../../shared/office/shifts.ts';
import { typedInto } from '../box-office/gate.ts';
import { readAmount } from '../charge/charge-form.ts';
import { submitted } from '../kit/fields.ts';
import type { ShiftDesk } from './shift-desk.ts';
import type { ShiftWords } from './shift-words.ts';

const KINDS = ['paid_in', 'paid_out', 'drop'] as const;
const REASON_LEAST = 3; // Letters, as the server has it.
const REASON_MOST = 200;

/** Cash that moves without a sale. */
export function moveForm(shift: ShiftView, desk: ShiftDesk, words: ShiftWords): TemplateResult {
  const { say } = words;
  const { currency, shiftId } = shift;
  const submit = async (form: Element) => {
    const amount = readAmount(typedInto(form, 'amount'));
    const kind = KINDS.find(one => form.querySelector(`[value="${one}"]:checked`));
    if (amount === null || amount <= 0 || !kind) {
      desk.problem = say('amountWrong');
      desk.draw();
      return form.querySelector<HTMLElement>('[name="amount"]')?.focus();
    }
    await desk.move(shiftId, { kind, amount: { amount, currency }, reason: typedInto(form, 'reason').trim() });
  };
  return html`
    <form class="desk-task grid gap-4" @submit=${submitted(submit)}>
      <p class="text-dust">${say('moveHelp')}</p>
      <fieldset>
        <legend class="mb-1.5 font-semibold">${say('moveKind')}</legend>
        <div class="grid gap-2 sm:grid-cols-3">
          ${KINDS.map(
            kind => html`
              <label class="choice"><input type="radio" name="kind" value=${kind} required />${say(`move_${kind}`)}</label>`,
          )}
        </div>
      </fieldset>
      <div class="field">
        <label for="move-amount">${say('moveAmount', { currency })}</label>
        <input class="input" id="move-amount" name="amount" inputmode="numeric" autocomplete="off" required />
      </div>
      <div class="field">
        <label for="move-reason">${say('moveReason')}</label>
        <input class="input" id="move-reason" name="reason" required minlength=${REASON_LEAST} maxlength=${REASON_MOST}
          autocomplete="off" aria-describedby="move-hint" />
        <p class="hint" id="move-hint">${say('reasonHint')}</p>
      </div>
      <p class="problem" role="alert">${desk.problem}</p>
      <div class="flex flex-wrap gap-3">
        <button class="button" ?disabled=${desk.isBusy}>${say('moveDo')}</button>
        <button class="button-second" type="button" @click=${() => desk.start({ task: 'rest' })}>${say('cancel')}</button>
      </div>
    </form>`;
}
