import { html, type TemplateResult } from 'lit-html';
import type { Trouble } from './api.ts';
import type { SentenceKey } from './dictionary.ts';
import { troubleSentence } from './trouble-words.ts';
import type { Words } from './words.ts';

/** Instead of a page whose subject is not there, or could not be fetched. */
export function troublePage<Key extends string>(
  trouble: Trouble,
  unknown: Key | SentenceKey,
  words: Words<Key | SentenceKey>,
  now: Date,
  again: () => void,
): TemplateResult {
  const { say } = words;
  const isUnknown = trouble.code === 'not_found';
  return html`
    <div class="frame py-8">
      <section class="stage" data-turn="failed">
        <h1 class="text-2xl">${isUnknown ? say('notFoundTitle') : say('offlineTitle')}</h1>
        <p class="mt-3 max-w-prose">${isUnknown ? say(unknown) : troubleSentence(trouble, words, now)}</p>
        <p class="mt-6 flex flex-wrap gap-3">
          <a class="button" href="/">${say('allMovies')}</a>
          <button class="button-second" type="button" @click=${again}>${say('tryAgain')}</button>
        </p>
      </section>
    </div>`;
}
