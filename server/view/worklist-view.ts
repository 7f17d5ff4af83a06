import { addMs } from '../../shared/clock.ts';
import type { Money } from '../../shared/money.ts';
import { type Em, query } from '../model/entities.ts';
import { UNRESOLVED } from '../model/payment.ts';
import { type HistoryLine, seeHistory } from './history-view.ts';

const UNKNOWN_AFTER_MS = 10 * 60_000; // Nearly every prompt is answered long before.
const ROWS_MAX = 500; // Of each kind: more is an outage, and the largest sums come first.

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

/** One thing that a person must look at. */
export interface WorklistItem {
  kind: WorklistKind;
  amount: Money;
  since: string;
  /** What the system will still do by itself. */
  next: string;
  bookingId: string | null;
  reference: string | null;
  phone: string | null;
  paymentId: string | null;
  receiptId: number | null;
  receiptNumber: string | null;
  refundId: string | null;
  /** Who said what, when. */
  evidence: HistoryLine[];
}

type Row = Omit<WorklistItem, 'evidence'>;

/** Everything that a person must look at, the largest sum first, with its evidence in order of time. */
export async function seeWorklist(em: Em, now: Date): Promise<WorklistItem[]> {
  const rows = [
    ...(await readPayments(em, now)),
    ...(await readMoney(em)),
    ...(await readRefunds(em)),
    ...(await readReversed(em)),
  ].sort((one, other) => other.amount.amount - one.amount.amount || one.since.localeCompare(other.since));
  const items: WorklistItem[] = [];
  for (const row of rows) items.push({ ...row, evidence: row.bookingId ? await seeHistory(em, row.bookingId) : [] });
  return items;
}

/** Payments whose outcome nobody knows after ten minutes, that do not fit, or about which two voices disagree. */
async function readPayments(em: Em, now: Date): Promise<Row[]> {
  const rows = await query(em)
    .selectFrom('payment')
    .innerJoin('booking', 'booking.id', 'payment.booking')
    .select(['payment.id', 'payment.booking', 'reference', 'payment.phoneMasked', 'payment.amount', 'payment.currency'])
    .select(['payment.startedAt', 'payment.nextCheckAt', 'payment.frozen', 'payment.contradictedAt'])
    .where('payment.closedAt', 'is', null)
    .where(one =>
      one.or([
        one('payment.frozen', '=', true),
        one('payment.contradictedAt', 'is not', null),
        one.and([
          one('payment.state', 'in', UNRESOLVED),
          one('payment.startedAt', '<=', addMs(now, -UNKNOWN_AFTER_MS)),
        ]),
      ]),
    )
    .orderBy('payment.amount', 'desc')
    .limit(ROWS_MAX)
    .execute();
  return rows.map(row => ({
    ...blank(row.amount, row.currency),
    kind: row.frozen ? 'under_review' : row.contradictedAt ? 'contradiction' : 'unknown_outcome',
    since: row.startedAt.toISOString(),
    next: row.nextCheckAt
      ? `The gateway is asked again at ${row.nextCheckAt.toISOString()}`
      : 'Nothing: a person must close it',
    bookingId: row.booking,
    reference: row.reference,
    phone: row.phoneMasked,
    paymentId: row.id,
  }));
}

/** Money that reached us and belongs to nothing yet. */
async function readMoney(em: Em): Promise<Row[]> {
  const rows = await query(em)
    .selectFrom('receipt')
    .leftJoin('payment', 'payment.id', 'receipt.payment')
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .select([
      'receipt.id',
      'receipt.number',
      'receipt.amount',
      'receipt.currency',
      'receipt.createdAt',
      'receipt.payment',
    ])
    .select(['payment.amount as asked', 'payment.booking', 'booking.reference', 'payment.phoneMasked'])
    .where('receipt.allocation', '=', 'unallocated')
    .where('receipt.closedAt', 'is', null)
    .where('receipt.reversedAt', 'is', null)
    .orderBy('receipt.amount', 'desc')
    .limit(ROWS_MAX)
    .execute();
  return rows.map(row => ({
    ...blank(row.amount, row.currency),
    kind: kindOfMoney(row.amount, row.asked),
    since: row.createdAt.toISOString(),
    next: 'Nothing: a person must say where it belongs',
    bookingId: row.booking,
    reference: row.reference,
    phone: row.phoneMasked,
    paymentId: row.payment,
    receiptId: row.id,
    receiptNumber: row.number,
  }));
}

function kindOfMoney(amount: number, asked: number | null): WorklistKind {
  if (asked === null || amount === asked) return 'unmatched_money';
  return amount < asked ? 'underpaid' : 'overpaid';
}

/** Money that we owe, or that nobody can say whether it went back. */
async function readRefunds(em: Em): Promise<Row[]> {
  const rows = await query(em)
    .selectFrom('refund')
    .innerJoin('booking', 'booking.id', 'refund.booking')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt')
    .select(['refund.id', 'refund.booking', 'reference', 'booking.phoneMasked', 'refund.amount', 'refund.currency'])
    .select([
      'refund.state',
      'refund.reason',
      'refund.createdAt',
      'receipt.id as receipt',
      'receipt.number',
      'receipt.payment',
    ])
    .where('refund.state', 'in', ['due', 'failed', 'unknown', 'requested'])
    .orderBy('refund.amount', 'desc')
    .limit(ROWS_MAX)
    .execute();
  return rows.map(row => ({
    ...blank(row.amount, row.currency),
    kind: row.state === 'unknown' ? 'refund_uncertain' : 'refund_due',
    since: row.createdAt.toISOString(),
    next: NEXT_OF_REFUND[row.state],
    bookingId: row.booking,
    reference: row.reference,
    phone: row.phoneMasked,
    paymentId: row.payment,
    receiptId: row.receipt,
    receiptNumber: row.number,
    refundId: row.id,
  }));
}

const NEXT_OF_REFUND = {
  due: 'Nothing: a manager must send it',
  failed: 'Nothing: a manager must send it again, or pay by hand',
  requested: 'The gateway’s result is awaited',
  unknown: 'Nothing: a person must find out whether the money went back',
  done: 'Nothing',
};

/** Somebody was let in, and then the money was taken back: a debt. */
async function readReversed(em: Em): Promise<Row[]> {
  const rows = await query(em)
    .selectFrom('receipt')
    .innerJoin('payment', 'payment.id', 'receipt.payment')
    .innerJoin('booking', 'booking.id', 'payment.booking')
    .select([
      'receipt.id',
      'receipt.number',
      'receipt.amount',
      'receipt.currency',
      'receipt.reversedAt',
      'receipt.payment',
    ])
    .select(['payment.booking', 'booking.reference', 'payment.phoneMasked'])
    .where('receipt.reversedAt', 'is not', null)
    .where('receipt.allocation', '=', 'applied')
    .where('receipt.closedAt', 'is', null)
    .where(one =>
      one.exists(
        one
          .selectFrom('ticket')
          .select('ticket.id')
          .whereRef('ticket.booking', '=', 'payment.booking')
          .where('ticket.state', '=', 'admitted'),
      ),
    )
    .limit(ROWS_MAX)
    .execute();
  return rows.map(row => ({
    ...blank(row.amount, row.currency),
    kind: 'reversed_after_admission',
    since: row.reversedAt?.toISOString() ?? '',
    next: 'Nothing: a person must ask for the money, or close it',
    bookingId: row.booking,
    reference: row.reference,
    phone: row.phoneMasked,
    paymentId: row.payment,
    receiptId: row.id,
    receiptNumber: row.number,
  }));
}

function blank(amount: number, currency: Money['currency']): Row {
  return {
    kind: 'unknown_outcome',
    amount: { amount, currency },
    since: '',
    next: '',
    bookingId: null,
    reference: null,
    phone: null,
    paymentId: null,
    receiptId: null,
    receiptNumber: null,
    refundId: null,
  };
}
