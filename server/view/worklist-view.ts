import { addMs } from '../../shared/clock.ts';
import type { ExceptionView } from '../../shared/office/exceptions.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf, chargeOf, saleOf } from '../model/paid-for.ts';
import { type HistoryLine, seeHistory, seeReceiptHistory } from './history-view.ts';
import { addPlaces } from './worklist/add-places.ts';
import { readOpenPayments } from './worklist/open-payments.ts';
import { readOpenRefunds } from './worklist/open-refunds.ts';
import { readReversedMoney } from './worklist/reversed-money.ts';
import type { Looking } from './worklist/row.ts';
import { readUnallocatedMoney } from './worklist/unallocated-money.ts';

const DAY_MS = 24 * 3_600_000;

/** One thing that a person must look at, with who said what, when. */
export type WorklistItem = ExceptionView & { evidence: HistoryLine[] };

/** Everything that a person must look at, the largest sum first. */
export async function seeExceptions(em: Em, looking: Looking): Promise<ExceptionView[]> {
  const rows = [
    ...(await readOpenPayments(em, looking)),
    ...(await readUnallocatedMoney(em, looking)),
    ...(await readOpenRefunds(em, looking)),
    ...(await readReversedMoney(em, looking)),
  ].sort((one, other) => other.amount.amount - one.amount.amount || one.since.localeCompare(other.since));
  return addPlaces(em, rows);
}

/** The same, each with its evidence in order of time. */
export async function seeWorklist(em: Em, looking: Looking): Promise<WorklistItem[]> {
  const items: WorklistItem[] = [];
  for (const row of await seeExceptions(em, looking)) items.push(await addEvidence(em, row));
  return items;
}

export async function addEvidence(em: Em, row: ExceptionView): Promise<WorklistItem> {
  return { ...row, evidence: await readEvidence(em, row) };
}

async function readEvidence(em: Em, { bookingId, chargeId, saleId, receiptId }: ExceptionView): Promise<HistoryLine[]> {
  if (bookingId !== null) return seeHistory(em, bookingOf(bookingId));
  if (chargeId !== null) return seeHistory(em, chargeOf(chargeId));
  if (saleId !== null) return seeHistory(em, saleOf(saleId));
  return receiptId === null ? [] : seeReceiptHistory(em, receiptId);
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
