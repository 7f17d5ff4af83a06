import type { Money } from '../../shared/money.ts';
import type { Approval } from '../../shared/office/people.ts';
import { type CountRequest, type MovementRequest, type OwnShifts, ShiftAnswer } from '../../shared/office/shifts.ts';
import { randomHex, systemRandom } from '../../shared/random.ts';
import type { Answered } from '../box-office/office-api.ts';
import type { Office } from '../box-office/page.ts';
import { SHIFT_SENTENCES, type ShiftWords } from './shift-words.ts';

export type Movement = Omit<MovementRequest, 'approval'>;
export type Counted = Omit<CountRequest, 'approval'>;
type Answer = Answered<{ shift: OwnShifts['shift'] }>;

/** What can be done with a shift. Where a supervisor must say yes, null means that the question was put away. */
export type ShiftRequests = ReturnType<typeof createShiftRequests>;

export function createShiftRequests(office: Office) {
  const words = (): ShiftWords => office.wordsOf(SHIFT_SENTENCES);
  const path = (shiftId: number, thing: string) => `/box-office/shifts/${shiftId}/${thing}`;
  /** One for each opening and movement that is meant: an answer that got lost is asked for again, and is no second one. */
  let key = randomHex(systemRandom);
  function answered(answer: Answer): Answer {
    if ('value' in answer || answer.trouble.code !== 'no_answer') key = randomHex(systemRandom);
    return answer;
  }
  const post = (to: string, body: object) => office.api.post(to, ShiftAnswer, body, key).then(answered);

  return {
    open: (venueId: number, float: Money): Promise<Answer> => post('/box-office/shifts', { venueId, float }),
    move(shiftId: number, movement: Movement): Promise<Answer | null> {
      const { say, money } = words();
      const { kind, amount, reason } = movement;
      const what = say('moveApproval', { kind: say(`move_${kind}`), amount: money(amount), reason });
      return office.approve(what, approval => post(path(shiftId, 'movements'), { ...movement, ...said(approval) }));
    },
    count: (shiftId: number, counted: Counted): Promise<Answer> => post(path(shiftId, 'counts'), counted),
    countAgain(shiftId: number, counted: Counted): Promise<Answer | null> {
      const what = words().say('countAgainApproval', { number: shiftId });
      return office.approve(what, approval => post(path(shiftId, 'counts'), { ...counted, ...said(approval) }));
    },
    seal(shiftId: number, note: string): Promise<Answer | null> {
      const what = words().say('sealApproval', { number: shiftId });
      const body = note.trim() === '' ? {} : { note };
      return office.approve(what, approval => post(path(shiftId, 'seals'), { ...body, ...said(approval) }));
    },
  };
}

const said = (approval: Approval | undefined) => approval && { approval };
