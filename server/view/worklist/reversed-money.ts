import { type Em, query } from '../../model/entities.ts';
import { ROWS_MAX, type Row, rowOf, WHOSE } from './row.ts';

/** Somebody was let in, and then the money was taken back: a debt. */
export async function readReversedMoney(em: Em): Promise<Row[]> {
  const rows = await query(em)
    .selectFrom('receipt')
    .innerJoin('payment', 'payment.id', 'receipt.payment')
    .innerJoin('share', 'share.receipt', 'receipt.id')
    .innerJoin('booking', 'booking.id', 'share.booking')
    .leftJoin('charge', 'charge.id', 'payment.charge')
    .leftJoin('sale', 'sale.id', 'payment.sale')
    .select(WHOSE)
    .select(['receipt.id as receipt', 'number', 'share.amount', 'receipt.currency', 'reversedAt'])
    .where('reversedAt', 'is not', null)
    .where('allocation', '=', 'applied')
    .where('receipt.closedAt', 'is', null)
    .where('share.refund', 'is', null)
    .where(one =>
      one.exists(
        one
          .selectFrom('ticket')
          .select('ticket.id')
          .whereRef('ticket.booking', '=', 'share.booking')
          .where('ticket.state', '=', 'admitted'),
      ),
    )
    .orderBy('receipt.amount', 'desc')
    .limit(ROWS_MAX)
    .execute();
  const next = 'Nothing: a person must ask for the money, or close it';
  return rows.flatMap(row =>
    row.reversedAt ? [rowOf(row, { kind: 'reversed_after_admission', since: row.reversedAt, next })] : [],
  );
}
