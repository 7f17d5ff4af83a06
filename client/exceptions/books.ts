import type { TemplateResult } from 'lit-html';
import type { Equation, EquationReceipt, EquationSpan } from '../../shared/office/exceptions.ts';
import type { Office } from '../box-office/page.ts';
import { openDialog } from '../kit/dialog.ts';
import { equationView, type TermAsked } from './equation-view.ts';
import type { ExceptionsApi } from './exceptions-api.ts';
import type { ExceptionWords } from './list-view.ts';
import { TERM_DIALOG, termDialog } from './term-dialog.ts';

const PAUSE_MS: Record<EquationSpan, number> = { day: 2_000, all: 60_000 }; // All money ever is a long sum: not with every change.

/** The equation above the list, asked for again when something has changed, and not more often than its sum is worth. */
export class Books {
  readonly #office: Office;
  readonly #api: ExceptionsApi;
  #span: EquationSpan = 'day';
  #equations: readonly Equation[] | null = null;
  #askedAt = 0;
  #isOld = true;
  #term: TermAsked | null = null;
  #receipts: readonly EquationReceipt[] | null = null;

  constructor(office: Office, api: ExceptionsApi) {
    this.#office = office;
    this.#api = api;
  }

  view(words: ExceptionWords): TemplateResult {
    const doings = {
      choose: (span: EquationSpan) => this.#choose(span),
      open: (asked: TermAsked) => void this.#open(asked),
    };
    return equationView({ span: this.#span, equations: this.#equations }, doings, words);
  }

  dialog(words: ExceptionWords): TemplateResult {
    return termDialog(this.#term, this.#receipts, this.#office.clock.now(), words);
  }

  /** Something has changed: now, or soon. */
  touch(): void {
    this.#isOld = true;
    this.tick();
  }

  tick(): void {
    const now = +this.#office.clock.now();
    if (this.#isOld && now - this.#askedAt >= PAUSE_MS[this.#span]) void this.load();
  }

  async load(): Promise<void> {
    const span = this.#span;
    this.#askedAt = +this.#office.clock.now();
    this.#isOld = false;
    const answer = await this.#api.equation(span);
    if (span !== this.#span) return;
    if ('value' in answer) this.#equations = answer.value.equations;
    else this.#isOld = true;
    this.#office.draw();
  }

  #choose(span: EquationSpan) {
    if (span === this.#span) return;
    this.#span = span;
    this.#equations = null;
    this.#office.draw();
    void this.load();
  }

  async #open(asked: TermAsked) {
    this.#term = asked;
    this.#receipts = null;
    this.#office.draw();
    openDialog(TERM_DIALOG);
    const answer = await this.#api.receipts(asked, this.#span);
    if (this.#term !== asked) return;
    if ('value' in answer) this.#receipts = answer.value.receipts;
    else this.#office.tell(this.#office.sentence(answer.trouble), 'bad');
    this.#office.draw();
  }
}
