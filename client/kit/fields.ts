import { html, type TemplateResult } from 'lit-html';
import type { Currency } from '../../shared/money.ts';
import { type Country, examplePhone, looksLikeMobile } from '../../shared/phone.ts';
import type { SentenceKey } from './dictionary.ts';
import type { Words } from './words.ts';

export interface TextField {
  id: string;
  label: string;
  hint?: string;
  /** The sentence shown under it; empty while all is well. */
  problem: string;
  /** What stands there at first. What is typed belongs to the browser and is never written over. */
  initial?: string;
  type?: 'text' | 'tel' | 'email';
  autocomplete?: 'name' | 'tel' | 'email' | 'off';
  /** Which keys a phone offers, where the type does not say. */
  keys?: 'numeric';
  input(typed: string): void;
  leave?(): void;
}

export function textField(field: TextField): TemplateResult {
  const { id, label, hint = '', problem, initial = '', type = 'text', autocomplete = 'off', keys = type } = field;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <input
        class="input"
        id=${id}
        name=${id}
        type=${type}
        inputmode=${keys}
        value=${initial}
        autocomplete=${autocomplete}
        aria-describedby="${id}-problem ${id}-hint"
        aria-invalid=${problem !== ''}
        @input=${(event: InputEvent) => field.input(typedIn(event))}
        @blur=${() => field.leave?.()}
      />
      <p class="problem" id="${id}-problem">${problem}</p>
      <p class="hint" id="${id}-hint">${hint}</p>
    </div>`;
}

export function typedIn({ currentTarget }: Event): string {
  return currentTarget instanceof HTMLInputElement ? currentTarget.value : '';
}

/** Mobile money pays in the money of its own country. */
export function paysFrom(currency: Currency): Country {
  return currency === 'TZS' ? 'TZ' : 'KE';
}

/** What is wrong with a number so far: a wrong one at once, an unfinished one when the field is left. */
export function phoneProblem(typed: string, country: Country, wasLeft: boolean): SentenceKey | null {
  if (typed.trim() === '') return null;
  const looks = looksLikeMobile(typed, country);
  if (looks === 'no') return 'problem_invalid_phone';
  return looks === 'maybe' && wasLeft ? 'phoneShort' : null;
}

export const phoneSentence = (key: SentenceKey | null, country: Country, { say }: Words): string =>
  key ? say(key, { example: examplePhone(country) }) : '';

/** After a submit that did not go through: to the first field that has a problem. */
export function focusFirstProblem(form: Element): void {
  form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

/** A submit listener that stays on the page. */
export function submitted(work: (form: Element, event: SubmitEvent) => Promise<void>): (event: SubmitEvent) => void {
  return event => {
    event.preventDefault();
    if (event.target instanceof Element) void work(event.target, event);
  };
}
