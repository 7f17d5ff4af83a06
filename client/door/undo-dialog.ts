import { html, type TemplateResult } from 'lit-html';
import { dialog } from '../kit/dialog.ts';
import { submitted } from '../kit/fields.ts';
import type { DoorDoings } from './door-view.ts';
import type { DoorWords } from './words.ts';

/** Why somebody who was let in was not. */
export function undoDialog({ undo }: Pick<DoorDoings, 'undo'>, words: DoorWords): TemplateResult {
  const { say } = words;
  const submit = async (form: Element) => {
    const field = form.querySelector('input');
    const reason = field?.value ?? '';
    if (field) field.value = '';
    await undo(reason);
  };
  const content = html`
    <p class="mb-4">${say('undo_text')}</p>
    <form class="grid gap-4" @submit=${submitted(submit)}>
      <div class="field">
        <label for="undo-reason">${say('undo_reason')}</label>
        <input class="input" id="undo-reason" required minlength="3" maxlength="500" autocomplete="off" />
      </div>
      <button class="button">${say('undo')}</button>
    </form>`;
  return dialog('undo', say('undo_title'), content, words);
}
