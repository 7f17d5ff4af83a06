import { announce } from '../kit/live-region.ts';
import type { Words } from '../kit/words.ts';
import { isPayable } from './pay-form.ts';
import type { PayingState } from './paying-state.ts';
import type { StageWords } from './stage-words.ts';

/** Tells those who do not see the page change: by the live region, the tab's title, and the focus if it was lost. */
export class StageTeller {
  #said = '';
  #focused: Element | null = null;

  /** Before the page is drawn: what has the focus now may be gone afterwards. */
  before(): void {
    this.#focused = document.activeElement;
  }

  tell(state: PayingState, { title, sentences }: StageWords, words: Words): void {
    const again = state.stage.name === 'failed' && isPayable(state) ? [words.say('tryAgain')] : [];
    const whole = [title, ...sentences, ...again].join(' ');
    document.title = `${title} – Tiketi`;
    if (whole !== this.#said) announce(whole);
    this.#said = whole;
    if (this.#focused?.isConnected === false) document.querySelector<HTMLElement>('#stage')?.focus();
  }
}
