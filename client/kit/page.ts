import { html, nothing, render, type TemplateResult } from 'lit-html';
import * as v from 'valibot';
import { kept } from './device.ts';
import { SENTENCES, type SentenceKey } from './dictionary.ts';
import { LANGUAGES, type Language, preferredLanguage, type Sentences, type Words, wordsFrom } from './words.ts';

/** One page: its words, and the way to draw it again when something changed. */
export interface Page<Key extends string = SentenceKey> {
  readonly words: Words<Key>;
  draw(): void;
}

type Footer = (words: Words) => TemplateResult;

/** Header, page and footer, in the language chosen here before or else the browser's. Nothing is drawn before the first `draw`. */
export function startPage(body: (words: Words) => TemplateResult, footerView: Footer = footerOf): Page {
  return startPageSaying(SENTENCES, body, footerView);
}

/** The same for a page with sentences of its own. */
export function startPageSaying<Key extends string>(
  sentences: Sentences<Key | SentenceKey>,
  body: (words: Words<Key | SentenceKey>) => TemplateResult,
  footerView: Footer = footerOf,
): Page<Key | SentenceKey> {
  const wordsIn = (language: Language) => wordsFrom(sentences, language, ownTimeZone());
  const page = { words: wordsIn(rememberedLanguage()), draw };
  const header = emptied('#header');
  const main = emptied('#main');
  const footer = emptied('#footer');

  function draw() {
    document.documentElement.lang = page.words.language;
    render(headerOf(page.words, changeLanguage), header);
    render(body(page.words), main);
    render(footerView(page.words), footer);
  }
  function changeLanguage(language: Language) {
    kept.write('language', language);
    page.words = wordsIn(language);
    draw();
  }
  return page;
}

/** The server writes it on every page that it sends. */
export const isTestMode = (): boolean => document.documentElement.dataset.mode === 'test';

/** Only where there is a mail server is it worth giving an address. */
export const sendsMail = (): boolean => document.documentElement.dataset.mail !== undefined;

function rememberedLanguage(): Language {
  return kept.read('language', v.picklist(LANGUAGES)) ?? preferredLanguage(navigator.languages);
}

const ownTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** lit-html adds to what is there; what stood in the HTML was for the time before this script. */
function emptied(selector: string): HTMLElement {
  const place = document.querySelector<HTMLElement>(selector) ?? document.body;
  place.replaceChildren();
  return place;
}

function headerOf({ language, say }: Words, changeLanguage: (language: Language) => void): TemplateResult {
  const other = language === 'en' ? 'sw' : 'en';
  return html`
    <a class="skip" href="#main">${say('skipToContent')}</a>
    ${isTestMode() ? html`<p class="test-mode">${say('testMode')}</p>` : nothing}
    <div class="frame flex min-h-16 items-center gap-1">
      <a class="brand mr-auto" href="/">Tiketi</a>
      <a class="quiet" href="/#find">${say('myBooking')}</a>
      <button class="quiet" type="button" lang=${other} @click=${() => changeLanguage(other)}>
        ${say('otherLanguage')}
      </button>
    </div>`;
}

/** On every page the same, and what one page alone adds. */
export function footerOf({ say }: Words, more: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<div class="frame py-8 text-sm text-dust">${say('footer')}<p>${more}</p></div>`;
}
