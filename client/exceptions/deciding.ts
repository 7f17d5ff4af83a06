import type { TemplateResult } from 'lit-html';
import type { ExceptionAction, ExceptionView } from '../../shared/office/exceptions.ts';
import type { Office } from '../box-office/page.ts';
import { findDialog, openDialog } from '../kit/dialog.ts';
import { type Asking, DECISION_DIALOG, decisionDialog } from './decision-dialog.ts';
import type { Decision, ExceptionsApi } from './exceptions-api.ts';
import { type ExceptionWords, titleOf } from './list-view.ts';
import { EXCEPTION_SENTENCES } from './words.ts';

/** From the button to the answer: what is asked of whoever decides, and of the second person. */
export class Deciding {
  readonly #office: Office;
  readonly #api: ExceptionsApi;
  #asking: Asking | null = null;

  constructor(office: Office, api: ExceptionsApi) {
    this.#office = office;
    this.#api = api;
  }

  view(words: ExceptionWords): TemplateResult {
    const doings = {
      decide: (decision: Decision) => void this.#decide(decision),
      find: (reference: string) => void this.#find(reference),
    };
    return decisionDialog(this.#asking, doings, {
      words,
      venues: this.#office.venues,
      now: this.#office.clock.now(),
    });
  }

  start(one: ExceptionView, action: ExceptionAction): Promise<void> | void {
    if (action === 'check') return this.#check(one);
    this.#ask(null); // Nothing of what was typed for another stays.
    this.#ask({ one, action, match: null, wrong: '' });
    openDialog(DECISION_DIALOG);
  }

  #ask(asking: Asking | null) {
    this.#asking = asking;
    this.#office.draw();
  }

  async #check(one: ExceptionView) {
    const answer = await this.#api.check(one);
    if ('trouble' in answer) return this.#office.tell(this.#office.sentence(answer.trouble), 'bad');
    this.#office.tell(this.#words.say(answer.value.asked ? 'done_check' : 'notAsked'));
  }

  async #find(reference: string) {
    const asking = this.#asking;
    if (!asking) return;
    const answer = await this.#api.match(asking.one, reference);
    if (this.#asking !== asking) return;
    if ('value' in answer) this.#ask({ ...asking, match: answer.value.match, wrong: '' });
    else this.#ask({ ...asking, match: null, wrong: this.#office.sentence(answer.trouble) });
  }

  async #decide(decision: Decision) {
    const asking = this.#asking;
    if (!asking) return;
    const { one } = asking;
    const words = this.#words;
    const what = `${words.say(`action_${decision.action}`)}: ${titleOf(one, words)}, ${words.money(one.amount)}`;
    const answer = await this.#office.approve(what, approval => this.#api.decide(one, decision, approval));
    if (!answer) return; // The second person's question was put away.
    if ('trouble' in answer) return this.#ask({ ...asking, wrong: this.#office.sentence(answer.trouble) });
    findDialog(DECISION_DIALOG)?.close();
    this.#office.tell(words.say(`done_${decision.action}`));
  }

  get #words(): ExceptionWords {
    return this.#office.wordsOf(EXCEPTION_SENTENCES);
  }
}
