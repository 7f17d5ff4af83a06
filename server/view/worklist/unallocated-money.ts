import { sql } from 'kysely';
import type { ExceptionKind } from '../../../shared/office/exceptions.ts';
import { type Em, query } from '../../model/entities.ts';
import type { Allocation } from '../../model/receipt.ts';
import { idsOf, type Looking, ROWS_MAX, type Row, receiptsOf, rowOf, when } from './row.ts';

/** Money that reached us and belongs to nothing yet. Not while a query may still agree with a message from a doubtful address. */
export async function readUnallocatedMoney(em: Em, { now, about }: Looking): Promise<Row[]> {
  const rows = await query(em)
    .selectFrom('receipt')
    .leftJoin('payment', 'payment.id', 'receipt.payment')
    .select(['payment.id as payment', 'booking', 'charge', 'sale', 'phoneMasked', 'payment.amount as asked'])
    .select(['receipt.id as receipt', 'number', 'receipt.gateway', 'receipt.amount', 'receipt.currency'])
    .select('receipt.createdAt')
    .where('allocation', '=', sql.lit<Allocation>('unallocated')) // Not bound: or the index of the open ones is not used.
    .where('receipt.closedAt', 'is', null)
    .where('reversedAt', 'is', null)
    .where(one =>
      one.or([one('verifyUntil', 'is', null), one('verifyUntil', '<=', now), one('payment.frozen', '=', true)]),
    )
    .$if(about !== undefined, all =>
      all.where(one =>
        one.or([
          one('receipt.id', 'in', receiptsOf(about)),
          ...(['booking', 'charge', 'sale'] as const).map(column => one(column, 'in', idsOf(about))),
        ]),
      ),
    )
    .orderBy('receipt.amount', 'desc')
    .limit(ROWS_MAX)
    .execute();
  return rows.map(row =>
    rowOf(row, {
      exceptionId: `receipt-${row.receipt}`,
      kind: kindOf(row.amount, row.asked),
      since: row.createdAt,
      next: 'Nothing: a person must say where it belongs',
      asked: row.asked,
      receipt: row.receipt,
      number: row.number,
      actions: [...when(row.payment !== null, 'apply'), 'match', 'refund', 'reverse', 'close'],
    }),
  );
}

function kindOf(amount: number, asked: number | null): ExceptionKind {
  if (asked === null || amount === asked) return 'unmatched_money';
  return amount < asked ? 'underpaid' : 'overpaid';
}
