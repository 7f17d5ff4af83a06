import { html, type TemplateResult } from 'lit-html';
import { dialog, findDialog, openDialog } from '../kit/dialog.ts';
import type { TillWords } from './words.ts';

const LEAVE_ID = 'leave-prompt';
const GIVE_UP_ID = 'give-up';

interface Asked {
  id: string;
  answer(yes: boolean): void;
}

/** Yes or no, before something that cannot be taken back. */
export class Questions {
  #asked: Asked | null = null;

  /** Whether the prompt that is open is to be left behind. */
  mayLeave(): Promise<boolean> {
    return this.#ask(LEAVE_ID);
  }

  mayGiveUp(): Promise<boolean> {
    return this.#ask(GIVE_UP_ID);
  }

  view(phone: string, words: TillWords): TemplateResult {
    const { say } = words;
    const choice = (yes: string, no: string) => html`
      <form method="dialog" class="flex flex-wrap gap-3" @submit=${() => this.#answer(true)}>
        <button class="button">${yes}</button>
        <button class="button-second" type="button" autofocus @click=${() => findDialog(this.#asked?.id ?? '')?.close()}>${no}</button>
      </form>`;
    return html`
      <div @close=${{ handleEvent: () => this.#answer(false), capture: true }}>
        ${dialog(
          LEAVE_ID,
          say('leaveTitle'),
          html`<p class="mb-4">${say('leaveText', { phone })}</p>${choice(say('leaveYes'), say('leaveNo'))}`,
          words,
        )}
        ${dialog(
          GIVE_UP_ID,
          say('giveUpTitle'),
          html`<p class="mb-4">${say('giveUpText')}</p>${choice(say('giveUp'), say('giveUpNo'))}`,
          words,
        )}
      </div>`;
  }

  #ask(id: string): Promise<boolean> {
    openDialog(id);
    return new Promise(answer => {
      this.#asked = { id, answer };
    });
  }

  /** The first answer counts: whoever said yes closes the question, too. */
  #answer(yes: boolean) {
    this.#asked?.answer(yes);
    this.#asked = null;
  }
}
