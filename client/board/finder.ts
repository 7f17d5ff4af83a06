import type { Clock, Stop } from '../../shared/clock.ts';
import type { Found, SearchAnswer } from '../../shared/office/booking.ts';
import type { Answered, OfficeTrouble } from '../box-office/office-api.ts';

const PAUSE_MS = 80; // Between two letters of somebody who types quickly: one question a word rather than a letter.

export interface FinderParts {
  clock: Clock;
  ask(text: string): Promise<Answered<SearchAnswer>>;
  changed(): void;
}

/** What is looked for, and what was found: of all that was typed, only the last counts. */
export class Finder {
  readonly #parts: FinderParts;
  #text = '';
  #found: Found[] | null = null;
  #foundFor = '';
  #trouble: OfficeTrouble | null = null;
  #selected = 0;
  #stopPause: Stop = () => {};

  constructor(parts: FinderParts) {
    this.#parts = parts;
  }

  get text(): string {
    return this.#text;
  }

  /** Null while the answer is still on its way. */
  get found(): readonly Found[] | null {
    return this.#found;
  }

  get trouble(): OfficeTrouble | null {
    return this.#trouble;
  }

  get selected(): number {
    return this.#selected;
  }

  /** The one to open; asked for first where the answer to what stands there now has not come yet. */
  async choose(): Promise<Found | undefined> {
    if (this.#text !== '' && this.#foundFor !== this.#text) await this.#ask();
    return this.#foundFor === this.#text ? this.#found?.[this.#selected] : undefined;
  }

  type(text: string): void {
    this.#set(text.trim());
    if (this.#text !== '') this.#stopPause = this.#parts.clock.after(PAUSE_MS, () => void this.#ask());
  }

  /** From a scanner: nothing more will come. */
  async scan(code: string): Promise<void> {
    this.#set(code);
    await this.#ask();
  }

  clear(): void {
    this.#set('');
  }

  /** Up or down, around the ends. */
  step(by: 1 | -1): void {
    const count = this.#found?.length ?? 0;
    if (count === 0) return;
    this.#selected = (this.#selected + by + count) % count;
    this.#parts.changed();
  }

  stop(): void {
    this.#stopPause();
  }

  #set(text: string) {
    this.#stopPause();
    if (text === this.#text) return;
    this.#text = text;
    if (text === '') this.#found = null; // Until then the last results stay: a list that blinks cannot be read.
    this.#selected = 0;
    this.#trouble = null;
    this.#parts.changed();
  }

  async #ask() {
    this.#stopPause();
    const text = this.#text;
    const answer = await this.#parts.ask(text);
    if (text !== this.#text) return; // More was typed meanwhile.
    this.#trouble = 'trouble' in answer ? answer.trouble : null;
    if ('value' in answer) {
      this.#found = answer.value.found;
      this.#foundFor = text;
    }
    this.#selected = 0;
    this.#parts.changed();
  }
}
