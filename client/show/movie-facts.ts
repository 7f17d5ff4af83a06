import { html, type TemplateResult } from 'lit-html';
import type { MovieView } from '../../shared/views.ts';
import type { Words } from '../kit/words.ts';

/** How long it is and who may see it. */
export function movieFacts({ minutes, rating }: MovieView, words: Words): TemplateResult {
  return html`<p class="mt-1 text-sm text-dust">
    ${words.minutes(minutes)} · <span class="whitespace-nowrap">${words.say('rated', { rating })}</span>
  </p>`;
}
