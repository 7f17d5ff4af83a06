import type { TemplateResult } from 'lit-html';
import type { Words } from '../kit/words.ts';
import type { OfficeTrouble } from './office-api.ts';
import type { OfficeKey } from './office-dictionary.ts';

/** What stands before the pages: signing in, enrolling, a lock. It draws itself through `draw`. */
export interface Gate {
  view(): TemplateResult;
}

export interface GateParts {
  words(): Words<OfficeKey>;
  sentence(trouble: OfficeTrouble): string;
  draw(): void;
}

/** What is typed into a form, once, as text. */
export function typedInto(form: Element, name: string): string {
  const field = form.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`);
  return field?.value ?? '';
}

/** A secret that did not fit is typed anew, from the start. */
export function retype(form: Element, name: string): void {
  const field = form.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (!field) return;
  field.value = '';
  field.focus();
}
