import { html, type TemplateResult } from 'lit-html';
import { dayAfter } from './shift-day.ts';
import type { ShiftWords } from './shift-words.ts';

/** The day before, the day after, or any. */
export function dayPicker(day: string, choose: (day: string) => void, { say }: ShiftWords): TemplateResult {
  const change = ({ target }: Event) => {
    if (target instanceof HTMLInputElement && target.value !== '') choose(target.value);
  };
  return html`
    <div class="mb-4 flex flex-wrap items-end gap-3">
      <a class="button-second small" href="/box-office/days/${dayAfter(day, -1)}">${say('dayBefore')}</a>
      <div class="field">
        <label for="day">${say('dayChoose')}</label>
        <input class="input" id="day" type="date" .value=${day} @change=${change} />
      </div>
      <a class="button-second small" href="/box-office/days/${dayAfter(day, 1)}">${say('dayAfter')}</a>
    </div>`;
}
