import type { TemplateResult } from 'lit-html';
import { COUNTRIES } from '../../shared/phone.ts';
import { LookupAnswer } from '../../shared/views.ts';
import { call, type Trouble } from '../kit/api.ts';
import type { SentenceKey } from '../kit/dictionary.ts';
import { focusFirstProblem, phoneProblem } from '../kit/fields.ts';
import { announce } from '../kit/live-region.ts';
import { troubleSentence } from '../kit/trouble-words.ts';
import type { Words } from '../kit/words.ts';
import { finderView } from './finder-view.ts';

const REFERENCE = /^[a-z\d]{6,8}$/i;

type Field = 'reference' | 'phone';

/** From a reference and a phone number to the booking. */
export class Finder {
  readonly initialPhone: string;
  isLooking = false;
  #typed: Record<Field, string>;
  #left: Record<Field, boolean> = { reference: false, phone: false };
  #trouble: Trouble | null = null;
  readonly #draw: () => void;
  readonly #now: () => Date;

  constructor(initialPhone: string, draw: () => void, now: () => Date) {
    this.initialPhone = initialPhone;
    this.#typed = { reference: '', phone: initialPhone };
    this.#draw = draw;
    this.#now = now;
  }

  view(words: Words): TemplateResult {
    return finderView(this, words);
  }

  type(field: Field, text: string): void {
    this.#typed[field] = text;
    this.#trouble = null;
    this.#draw();
  }

  leave(field: Field): void {
    this.#left[field] = this.#typed[field] !== '';
    this.#draw();
  }

  referenceProblem(): SentenceKey | null {
    const isWrong = !REFERENCE.test(this.#typed.reference.trim());
    return this.#left.reference && isWrong ? 'referenceWrong' : null;
  }

  /** A number of any of our countries will do: which cinema it was, nobody has said yet. */
  phoneProblem(): SentenceKey | null {
    const { phone } = this.#typed;
    if (this.#left.phone && phone.trim() === '') return 'phoneShort';
    const problems = COUNTRIES.map(country => phoneProblem(phone, country, this.#left.phone));
    return problems.includes(null) ? null : (problems[0] ?? null);
  }

  sentence(words: Words): string {
    if (!this.#trouble) return '';
    if (this.#trouble.code === 'not_found') return words.say('notFoundLookup');
    return troubleSentence(this.#trouble, words, this.#now());
  }

  async submit(form: Element, words: Words): Promise<void> {
    this.#left = { reference: true, phone: true };
    this.#draw();
    if (this.isLooking) return;
    if (this.referenceProblem() || this.phoneProblem()) return focusFirstProblem(form);
    await this.#look();
    announce(this.sentence(words));
  }

  async #look(): Promise<void> {
    this.isLooking = true;
    this.#draw();
    const answer = await call('/bookings/lookups', LookupAnswer, { method: 'POST', body: this.#typed });
    this.isLooking = false;
    this.#trouble = 'trouble' in answer ? answer.trouble : null;
    if ('value' in answer) location.assign(`/bookings/${answer.value.bookingId}`);
    this.#draw();
  }
}
