import { html, type TemplateResult } from 'lit-html';
import { PIN_MAX } from '../../shared/office/people.ts';

/** A PIN or a password. A PIN brings up digits on a tablet, and no browser offers to keep it. */
export function secretField(
  name: 'pin' | 'password',
  label: string,
  problem: string,
  { id = name, isNew = false, hint = '' }: { id?: string; isNew?: boolean; hint?: string } = {},
): TemplateResult {
  const kept = isNew ? 'new-password' : 'current-password';
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <input
        class="input"
        id=${id}
        name=${name}
        type="password"
        inputmode=${name === 'pin' ? 'numeric' : 'text'}
        maxlength=${name === 'pin' ? PIN_MAX : 200}
        autocomplete=${name === 'pin' ? 'off' : kept}
        aria-describedby="${id}-problem ${id}-hint"
        aria-invalid=${problem !== ''}
      />
      <p class="problem" id="${id}-problem" role="alert">${problem}</p>
      <p class="hint" id="${id}-hint">${hint}</p>
    </div>`;
}
