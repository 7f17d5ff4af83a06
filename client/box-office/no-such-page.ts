import { html, type TemplateResult } from 'lit-html';
import type { OfficeKey } from './office-dictionary.ts';

export function noSuchPage({ say }: { say(key: OfficeKey): string }): TemplateResult {
  return html`
    <section class="gate">
      <h1 class="text-xl">${say('notFoundTitle')}</h1>
      <p>${say('noSuchPage')}</p>
      <p><a class="button" href="/box-office">${say('toStart')}</a></p>
    </section>`;
}
