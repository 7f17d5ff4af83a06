import { addMs } from '../../../shared/clock.ts';
import { type Em, query } from '../../model/entities.ts';
import { UNRESOLVED } from '../../model/payment.ts';
import { ROWS_MAX, type Row, rowOf, WHOSE } from './row.ts';

const UNKNOWN_AFTER_MS = 10 * 60_000; // Nearly every prompt is answered long before.

/** Payments whose outcome nobody knows after ten minutes, that do not fit, or about which two voices disagree. */
export async function readOpenPayments(em: Em, now: Date): Promise<Row[]> {
  const rows = await query(em)
    .selectFrom('payment')
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .leftJoin('charge', 'charge.id', 'payment.charge')
    .leftJoin('sale', 'sale.id', 'payment.sale')
    .select(WHOSE)
    .select(['payment.amount', 'payment.currency', 'startedAt', 'nextCheckAt', 'frozen', 'contradictedAt'])
    .where(one =>
      one.or([
        one('frozen', '=', true),
        one('contradictedAt', 'is not', null),
        one.and([
          one('payment.state', 'in', UNRESOLVED),
          one('closedAt', 'is', null),
          one('startedAt', '<=', addMs(now, -UNKNOWN_AFTER_MS)),
        ]),
      ]),
    )
    .orderBy('payment.amount', 'desc')
    .limit(ROWS_MAX)
    .execute();
  return rows.map(row => {
    const kind = row.frozen ? 'under_review' : row.contradictedAt ? 'contradiction' : 'unknown_outcome';
    return rowOf(row, { kind, since: row.startedAt, next: nextOf(row) });
  });
}

function nextOf({ nextCheckAt }: { nextCheckAt: Date | null }): string {
  return nextCheckAt ? `The gateway is asked again at ${nextCheckAt.toISOString()}` : 'Nothing: a person must close it';
}
