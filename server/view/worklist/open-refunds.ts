import { sql } from 'kysely';
import type { ExceptionAction } from '../../../shared/office/exceptions.ts';
import type { RefundState } from '../../../shared/views.ts';
import { type Em, query } from '../../model/entities.ts';
import { findPlaceable } from './find-placeable.ts';
import { idsOf, type Looking, ROWS_MAX, type Row, rowOf, when } from './row.ts';

const NEXT: Record<RefundState, string> = {
  due: 'Nothing: a manager must send it',
  failed: 'Nothing: a manager must send it again, or pay by hand',
  requested: 'The gateway’s result is awaited',
  unknown: 'Nothing: a person must find out whether the money went back',
  done: 'Nothing',
};

/** Money that we owe, or of which nobody can say whether it went back. */
export async function readOpenRefunds(em: Em, looking: Looking): Promise<Row[]> {
  const rows = await read(em, looking);
  const placeable = await findPlaceable(em, looking.now, rows.filter(isLate));
  return rows.map(row =>
    rowOf(row, {
      exceptionId: `refund-${row.refund}`,
      kind: row.state === 'unknown' ? 'refund_uncertain' : 'refund_due',
      since: row.createdAt,
      next: NEXT[row.state],
      expects: expectsOf(row),
      reason: row.reason,
      receipt: row.receipt,
      number: row.number,
      refund: row.refund,
      actions: actionsOf(row, placeable.has(row.refund), looking),
    }),
  );
}

function read(em: Em, { about }: Looking) {
  return query(em)
    .selectFrom('refund')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt')
    .leftJoin('payment', 'payment.id', 'receipt.payment')
    .select(['refund.id as refund', 'refund.booking', 'refund.charge', 'refund.sale', 'refund.amount'])
    .select(['refund.currency', 'refund.state', 'refund.reason', 'refund.createdAt', 'refund.callbackTokenHash'])
    .select(['receipt.id as receipt', 'number', 'receipt.gateway', 'receipt.amount as receiptAmount'])
    .select(['payment.id as payment', 'phoneMasked', 'idsHash', 'nextCheckAt'])
    .where('refund.state', '!=', sql.lit<RefundState>('done')) // Not bound: or the index of the open ones is not used.
    .$if(about !== undefined, all =>
      all.where(one =>
        one.or(
          (['refund.booking', 'refund.charge', 'refund.sale'] as const).map(column => one(column, 'in', idsOf(about))),
        ),
      ),
    )
    .orderBy('refund.amount', 'desc')
    .limit(ROWS_MAX)
    .execute();
}

type OpenRefund = Awaited<ReturnType<typeof read>>[number];

/** All of it came too late, and nobody has sent it yet. */
function isLate({ reason, state, amount, receiptAmount }: OpenRefund): boolean {
  return reason === 'late_payment' && state === 'due' && amount === receiptAmount;
}

/** Where no result comes, asking about the payment tells. */
const isAskedAbout = ({ state, callbackTokenHash, idsHash }: OpenRefund) =>
  (state === 'requested' || state === 'unknown') && callbackTokenHash === null && idsHash !== null;

function expectsOf(row: OpenRefund): Row['expects'] {
  if (isAskedAbout(row) && row.nextCheckAt) return { what: 'asked_again', at: row.nextCheckAt.toISOString() };
  return { what: row.state === 'requested' ? 'result_awaited' : 'nothing', at: null };
}

function actionsOf(row: OpenRefund, isPlaceable: boolean, { able }: Looking): ExceptionAction[] {
  const isOurs = row.state === 'due' || row.state === 'failed';
  const isWhole = row.amount === row.receiptAmount && row.number !== null;
  return [
    ...when(isPlaceable, 'place'),
    ...when(isAskedAbout(row), 'check'),
    ...when(isOurs && isWhole && able.sends(row.gateway), 'send'),
    ...when(isOurs || row.state === 'unknown', 'paid_out'),
    ...when(row.state === 'unknown', 'not_back'),
  ];
}
