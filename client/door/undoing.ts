import { type DoorShowing, WithdrawalAnswer } from '../../shared/office/door.ts';
import type { Office } from '../box-office/page.ts';
import { findDialog, openDialog } from '../kit/dialog.ts';
import { isGood, referenceOf, type Scan } from './scans.ts';
import { DOOR_SENTENCES } from './words.ts';

const WITHDRAW_WITHIN_MS = 10 * 60_000; // As the server has it.

/** Whether an entry can still be taken back. */
export function mayUndo(scan: Scan, now: Date): boolean {
  return isGood(scan.late ?? scan.outcome) && now.getTime() - scan.at.getTime() < WITHDRAW_WITHIN_MS;
}

/** Somebody was let in by mistake: a reason, a supervisor's word, and the ticket is good again. */
export class Undoing {
  readonly #office: Office;
  readonly #done: (scan: Scan, showing: DoorShowing) => void;
  #scan: Scan | null = null;

  constructor(office: Office, done: (scan: Scan, showing: DoorShowing) => void) {
    this.#office = office;
    this.#done = done;
  }

  ask(scan: Scan): void {
    this.#scan = scan;
    openDialog('undo');
  }

  async undo(reason: string): Promise<void> {
    const scan = this.#scan;
    findDialog('undo')?.close();
    if (!scan) return;
    const { say } = this.#office.wordsOf(DOOR_SENTENCES);
    const { code, showingId } = scan;
    const answer = await this.#office.approve(say('undo_title'), approval =>
      this.#office.api.post('/box-office/admissions/withdrawals', WithdrawalAnswer, {
        code,
        showingId,
        reason,
        approval,
      }),
    );
    if (!answer) return;
    if ('trouble' in answer) return this.#office.tell(this.#office.sentence(answer.trouble), 'bad');
    this.#done(scan, answer.value.showing);
    this.#office.tell(say('undo_done', { reference: referenceOf(scan) ?? '' }));
  }
}
