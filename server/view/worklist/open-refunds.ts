import type { RefundState } from '../../../shared/views.ts';
import { type Em, query } from '../../model/entities.ts';
import { ROWS_MAX, type Row, rowOf, WHOSE } from './row.ts';

const NEXT: Record<RefundState, string> = {
  due: 'Nothing: a manager must send it',
  failed: 'Nothing: a manager must send it again, or pay by hand',
  requested: 'The gateway’s result is awaited',
  unknown: 'Nothing: a person must find out whether the money went back',
  done: 'Nothing',
};

/** Money that we owe, or of which nobody can say whether it went back. */
export async function readOpenRefunds(em: Em): Promise<Row[]> {
  const rows = await query(em)
    .selectFrom('refund')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt')
    .leftJoin('payment', 'payment.id', 'receipt.payment')
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .leftJoin('charge', 'charge.id', 'payment.charge')
    .leftJoin('sale', 'sale.id', 'payment.sale')
    .select(WHOSE)
    .select(['refund.id as refund', 'refund.amount', 'refund.currency', 'refund.state', 'refund.createdAt'])
    .select(['receipt.id as receipt', 'number'])
    .where('refund.state', '!=', 'done')
    .orderBy('refund.amount', 'desc')
    .limit(ROWS_MAX)
    .execute();
  return rows.map(row => {
    const kind = row.state === 'unknown' ? 'refund_uncertain' : 'refund_due';
    return rowOf(row, { kind, since: row.createdAt, next: NEXT[row.state] });
  });
}
