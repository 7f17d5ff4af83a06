import { html, type TemplateResult } from 'lit-html';
import type { OfficeKey } from '../box-office/office-dictionary.ts';
import { submitted } from '../kit/fields.ts';
import type { Words } from '../kit/words.ts';
import type { FormState } from './form-state.ts';
import type { ProgrammeKey } from './words.ts';

export type ProgrammeWords = Words<ProgrammeKey | OfficeKey>;

export interface FormDialog {
  title: string;
  content: TemplateResult;
  /** What the button says. */
  act: string;
  isDanger?: boolean;
  /** What the way out says, where "cancel" could be taken for the deed. */
  keep?: string;
  submit(form: Element): Promise<void>;
  putAway(): void;
}

/** A native dialog around a form, with the problem where the eyes are when it is sent. */
export function formDialog(
  dialog: FormDialog,
  { problem, isSending }: FormState,
  { say }: ProgrammeWords,
): TemplateResult {
  const button = dialog.isDanger ? 'button-second danger' : 'button';
  return html`
    <dialog
      class="card m-auto max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] max-w-xl overflow-y-auto text-cream"
      aria-labelledby="dialog-title"
      @close=${() => dialog.putAway()}
    >
      <h2 class="mb-3 text-xl" id="dialog-title">${dialog.title}</h2>
      <form class="grid gap-4" @submit=${submitted(form => dialog.submit(form))}>
        ${dialog.content}
        <p class="problem" role="alert">${problem}</p>
        <div class="flex flex-wrap gap-3">
          <button class=${button} ?disabled=${isSending}>${isSending ? say('saving') : dialog.act}</button>
          <button class="button-second" type="button" @click=${() => dialog.putAway()}>${dialog.keep ?? say('cancel')}</button>
        </div>
      </form>
    </dialog>`;
}

export interface Field {
  name: string;
  label: string;
  value?: string | number;
  type?: 'text' | 'number' | 'date' | 'time' | 'email' | 'tel';
  hint?: string;
  most?: number;
  least?: number;
  optional?: boolean;
  list?: string;
  change?(typed: string): void;
}

/** What stands there at first; what is typed belongs to the browser. */
export function field(one: Field, { wrong }: Pick<FormState, 'wrong'>): TemplateResult {
  const { name, label, value = '', type = 'text', hint = '', optional = false } = one;
  return html`
    <div class="field min-w-0">
      <label for="field-${name}">${label}</label>
      <input
        class="input"
        id="field-${name}"
        name=${name}
        type=${type}
        value=${value}
        autocomplete="off"
        inputmode=${type === 'number' ? 'numeric' : 'text'}
        min=${one.least ?? (type === 'number' ? 1 : '')}
        max=${type === 'number' ? (one.most ?? '') : ''}
        maxlength=${type === 'number' ? 20 : (one.most ?? 200)}
        list=${one.list ?? ''}
        ?required=${!optional}
        aria-describedby="hint-${name}"
        aria-invalid=${wrong.some(path => path.split('.')[0] === name)}
        @change=${({ target }: Event) => target instanceof HTMLInputElement && one.change?.(target.value)}
      />
      <p class="hint" id="hint-${name}">${hint}</p>
    </div>`;
}
