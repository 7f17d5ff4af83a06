import type { SaleView } from '../../shared/office/till.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import { nextThing } from '../board/next-thing.ts';
import { countdown } from '../kit/words.ts';
import { type Customer, openPayment } from './customer.ts';
import type { TillKey } from './words.ts';

/** What a customer at the side waits for, in one sentence, and how long still. */
export interface Progress {
  says: TillKey;
  kind: 'good' | 'bad' | 'wait' | 'plain';
  /** `1:05`; empty where nothing runs out. */
  left: string;
  reason: ReasonCode | null;
}

export function progressOf({ stage, sale, asking, wrong }: Customer, now: Date): Progress {
  const plain = (says: TillKey, kind: Progress['kind']): Progress => ({ says, kind, left: '', reason: null });
  if (stage === 'done') return plain('isPaid', 'good');
  if (stage === 'over') return plain('isOver', 'plain');
  if (stage === 'sending') return asking && asking.tries > 0 ? plain('noAnswerYet', 'bad') : plain('sending', 'wait');
  if (wrong) return plain('notDone', 'bad');
  return sale ? progressOfSale(sale, now) : plain('notSent', 'plain');
}

/** As the board says it of a booking. A prompt that was left behind is waited for no more. */
function progressOfSale(sale: SaleView, now: Date): Progress {
  const { payments, lines } = sale;
  const payment = openPayment(sale) ?? payments.findLast(({ isLeft }) => !isLeft);
  const ends = lines.map(line => (line.kind === 'places' ? line.heldUntil : null)).filter(end => end !== null);
  const heldUntil = ends.sort()[0] ?? null;
  const reason = payment?.reason?.code ?? null;
  const next = nextThing({ heldUntil: heldUntil ?? NEVER, payment: payment ? { ...payment, reason } : null }, now);
  const isLooking = payment?.claimedNumber != null && next.what === 'asking';
  const runsOut = heldUntil !== null || next.what === 'pin';
  return {
    says: isLooking ? 'lookingFor' : `next_${next.what}`,
    kind: next.kind,
    left: runsOut && next.what !== 'ending' ? countdown(next.until, now) : '',
    reason: next.reason,
  };
}

const NEVER = '9999-12-31T23:59:59.000Z'; // What is partly paid does not end by itself.
