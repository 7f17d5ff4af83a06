import { addMs } from '../../shared/clock.ts';
import type { Money } from '../../shared/money.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf, chargeOf, saleOf } from '../model/paid-for.ts';
import { type HistoryLine, seeHistory } from './history-view.ts';
import { readOpenPayments } from './worklist/open-payments.ts';
import { readOpenRefunds } from './worklist/open-refunds.ts';
import { readReversedMoney } from './worklist/reversed-money.ts';
import { readUnallocatedMoney } from './worklist/unallocated-money.ts';

const DAY_MS = 24 * 3_600_000;

export type WorklistKind =
  | 'unknown_outcome'
  | 'under_review'
  | 'contradiction'
  | 'unmatched_money'
  | 'underpaid'
  | 'overpaid'
  | 'refund_due'
  | 'refund_uncertain'
  | 'reversed_after_admission';

/** One thing that a person must look at. It is about a booking, a charge, a sale, or money that is nobody's. */
export interface WorklistItem {
  kind: WorklistKind;
  amount: Money;
  since: string;
  /** What the system will still do by itself. */
  next: string;
  bookingId: string | null;
  chargeId: string | null;
  saleId: string | null;
  reference: string | null;
  phone: string | null;
  paymentId: string | null;
  receiptId: number | null;
  receiptNumber: string | null;
  refundId: string | null;
  /** Who said what, when. */
  evidence: HistoryLine[];
}

/** Everything that a person must look at, the largest sum first, with its evidence in order of time. */
export async function seeWorklist(em: Em, now: Date): Promise<WorklistItem[]> {
  const rows = [
    ...(await readOpenPayments(em, now)),
    ...(await readUnallocatedMoney(em, now)),
    ...(await readOpenRefunds(em)),
    ...(await readReversedMoney(em)),
  ].sort((one, other) => other.amount.amount - one.amount.amount || one.since.localeCompare(other.since));
  const items: WorklistItem[] = [];
  for (const row of rows) items.push({ ...row, evidence: await readEvidence(em, row) });
  return items;
}

async function readEvidence(
  em: Em,
  { bookingId, chargeId, saleId }: Omit<WorklistItem, 'evidence'>,
): Promise<HistoryLine[]> {
  if (bookingId !== null) return seeHistory(em, bookingOf(bookingId));
  if (chargeId !== null) return seeHistory(em, chargeOf(chargeId));
  return saleId === null ? [] : seeHistory(em, saleOf(saleId));
}

/** Messages of the last day under right tokens, from where their gateway is not known to call: a new range of addresses, or a leak. */
export async function countUnlisted(em: Em, now: Date): Promise<number> {
  const { messages } = await query(em)
    .selectFrom('callback')
    .select(one => one.fn.countAll<number>().as('messages'))
    .where('listed', '=', false)
    .where('receivedAt', '>', addMs(now, -DAY_MS))
    .where(one => one.or([one('payment', 'is not', null), one('refund', 'is not', null)]))
    .executeTakeFirstOrThrow();
  return Number(messages);
}
