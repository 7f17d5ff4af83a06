import { html, type TemplateResult } from 'lit-html';
import type { ProgrammeShowings } from '../../shared/office/programme.ts';

/** The screens that the venue has, to choose from or to type another beside. */
export function screenList(screens: ProgrammeShowings['screens']): TemplateResult {
  return html`<datalist id="screens">${screens.map(({ screen }) => html`<option value=${screen}></option>`)}</datalist>`;
}
