import { type Em, query } from '../../model/entities.ts';
import type { WorklistKind } from '../worklist-view.ts';
import { ROWS_MAX, type Row, rowOf, WHOSE } from './row.ts';

/** Money that reached us and belongs to nothing yet. Not while a query may still agree with a message from a doubtful address. */
export async function readUnallocatedMoney(em: Em, now: Date): Promise<Row[]> {
  const rows = await query(em)
    .selectFrom('receipt')
    .leftJoin('payment', 'payment.id', 'receipt.payment')
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .leftJoin('charge', 'charge.id', 'payment.charge')
    .leftJoin('sale', 'sale.id', 'payment.sale')
    .select(WHOSE)
    .select(['receipt.id as receipt', 'number', 'receipt.amount', 'receipt.currency', 'receipt.createdAt'])
    .select('payment.amount as asked')
    .where('allocation', '=', 'unallocated')
    .where('receipt.closedAt', 'is', null)
    .where('reversedAt', 'is', null)
    .where(one =>
      one.or([one('verifyUntil', 'is', null), one('verifyUntil', '<=', now), one('payment.frozen', '=', true)]),
    )
    .orderBy('receipt.amount', 'desc')
    .limit(ROWS_MAX)
    .execute();
  const next = 'Nothing: a person must say where it belongs';
  return rows.map(row => rowOf(row, { kind: kindOf(row.amount, row.asked), since: row.createdAt, next }));
}

function kindOf(amount: number, asked: number | null): WorklistKind {
  if (asked === null || amount === asked) return 'unmatched_money';
  return amount < asked ? 'underpaid' : 'overpaid';
}
