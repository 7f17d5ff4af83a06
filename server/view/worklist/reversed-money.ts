import { type Em, query } from '../../model/entities.ts';
import { idsOf, type Looking, ROWS_MAX, type Row, rowOf } from './row.ts';

/** Somebody was let in, and then the money was taken back: a debt. */
export async function readReversedMoney(em: Em, { about }: Looking): Promise<Row[]> {
  const rows = await query(em)
    .selectFrom('receipt')
    .innerJoin('payment', 'payment.id', 'receipt.payment')
    .innerJoin('share', 'share.receipt', 'receipt.id')
    .select(['share.id', 'payment.id as payment', 'share.booking', 'payment.phoneMasked', 'receipt.gateway'])
    .select(['receipt.id as receipt', 'number', 'share.amount', 'receipt.currency', 'reversedAt'])
    .where('reversedAt', 'is not', null)
    .where('allocation', '=', 'applied')
    .where('receipt.closedAt', 'is', null)
    .where('share.refund', 'is', null)
    .where('share.booking', 'is not', null)
    .where(one =>
      one.exists(
        one
          .selectFrom('ticket')
          .select('ticket.id')
          .whereRef('ticket.booking', '=', 'share.booking')
          .where('ticket.state', '=', 'admitted'),
      ),
    )
    .$if(about !== undefined, all => all.where('share.booking', 'in', idsOf(about)))
    .orderBy('receipt.amount', 'desc')
    .limit(ROWS_MAX)
    .execute();
  const next = 'Nothing: a person must ask for the money, or close it';
  return rows.flatMap(({ id, reversedAt, receipt, number, ...row }) => {
    const debt = { exceptionId: `share-${id}`, kind: 'reversed_after_admission' as const, next, receipt, number };
    const found = { ...row, charge: null, sale: null };
    return reversedAt ? [rowOf(found, { ...debt, since: reversedAt, actions: ['close'] })] : [];
  });
}
