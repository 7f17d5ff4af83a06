import { html, type TemplateResult } from 'lit-html';
import type { Words } from './words.ts';

/** A native dialog: the browser keeps the focus inside, and Escape closes it. */
export function dialog(id: string, title: string, content: TemplateResult, { say }: Words): TemplateResult {
  return html`
    <dialog class="card m-auto w-[calc(100%-2rem)] max-w-md text-cream" id=${id} aria-labelledby="${id}-title">
      <div class="mb-3 flex items-start justify-between gap-3">
        <h2 class="text-xl" id="${id}-title">${title}</h2>
        <form method="dialog"><button class="quiet -mt-2 -mr-2 text-lg" aria-label=${say('close')}>×</button></form>
      </div>
      ${content}
    </dialog>`;
}

/** With the focus where something can be typed, rather than on the way out. */
export function openDialog(id: string): void {
  const found = findDialog(id);
  found?.showModal();
  found?.querySelector('input')?.focus();
}

export function findDialog(id: string): HTMLDialogElement | null {
  const found = document.getElementById(id);
  return found instanceof HTMLDialogElement ? found : null;
}
