import { html, type TemplateResult } from 'lit-html';
import { typedInto } from '../box-office/gate.ts';
import { submitted } from '../kit/fields.ts';
import type { ShiftWords } from './shift-words.ts';

const NOTE_LEAST = 3; // Letters, as the server has it.
const NOTE_MOST = 200;

export interface Sealing {
  shiftId: number;
  problem: string;
  isBusy: boolean;
}

/** A supervisor stands for the shift. Whether there is a difference the server says, by how much only the report. */
export function sealForm(
  { shiftId, problem, isBusy }: Sealing,
  seal: (note: string) => Promise<void>,
  { say }: ShiftWords,
): TemplateResult {
  const id = `note-${shiftId}`;
  return html`
    <form class="grid max-w-xl gap-4" @submit=${submitted(form => seal(typedInto(form, 'note')))}>
      <div class="field">
        <label for=${id}>${say('note')}</label>
        <input class="input" id=${id} name="note" minlength=${NOTE_LEAST} maxlength=${NOTE_MOST} autocomplete="off"
          aria-invalid=${problem !== ''} aria-describedby="${id}-problem ${id}-hint" />
        <p class="problem" id="${id}-problem" role="alert">${problem}</p>
        <p class="hint" id="${id}-hint">${say('noteHint')}</p>
      </div>
      <button class="button" ?disabled=${isBusy}>${say('sealDo')}</button>
    </form>`;
}
