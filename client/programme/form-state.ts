import type { Answered } from '../box-office/office-api.ts';
import type { Office } from '../box-office/page.ts';

/** A form that is being filled in: what the server would not take of it, and whether it is on its way. */
export class FormState {
  problem = '';
  wrong: readonly string[] = [];
  isSending = false;
  readonly #office: Office;

  constructor(office: Office) {
    this.#office = office;
  }

  /** Sends it once; what came of it, or null when it stays open. */
  async send<T>(work: () => Promise<Answered<T>>): Promise<T | null> {
    if (this.isSending) return null;
    this.isSending = true;
    this.complain('');
    const answer = await work();
    this.isSending = false;
    if ('value' in answer) return answer.value;
    this.complain(this.#office.sentence(answer.trouble), answer.trouble.fields);
    return null;
  }

  complain(problem: string, wrong: readonly string[] = []): void {
    this.problem = problem;
    this.wrong = wrong;
    this.#office.draw();
  }
}

/** The dialog that was just drawn, with the focus where something can be typed. */
export function showDialog(): void {
  const dialog = document.querySelector<HTMLDialogElement>('#page dialog:not([open])');
  dialog?.showModal();
  dialog?.querySelector<HTMLElement>('input, select, textarea')?.focus();
}
