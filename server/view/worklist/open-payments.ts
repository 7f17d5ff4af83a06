import { sql } from 'kysely';
import { addMs } from '../../../shared/clock.ts';
import type { ExceptionAction, ExceptionKind } from '../../../shared/office/exceptions.ts';
import type { PaymentState } from '../../../shared/views.ts';
import { type Em, query } from '../../model/entities.ts';
import { isUnresolved, UNRESOLVED } from '../../model/payment.ts';
import { idsOf, type Looking, ROWS_MAX, type Row, rowOf, when } from './row.ts';

const OPEN = UNRESOLVED.map(state => sql.lit<PaymentState>(state)); // Not bound: or their index is not used.
const UNKNOWN_AFTER_MS = 10 * 60_000; // Nearly every prompt is answered long before.

/** Payments whose outcome nobody knows after ten minutes, that do not fit, or about which two voices disagree. */
export async function readOpenPayments(em: Em, looking: Looking): Promise<Row[]> {
  const rows = await read(em, looking);
  return rows.map(row => {
    const kind = row.frozen ? 'under_review' : row.contradictedAt ? 'contradiction' : 'unknown_outcome';
    return rowOf(row, {
      exceptionId: `payment-${row.payment}`,
      kind,
      since: row.contradictedAt ?? row.silentSince ?? row.startedAt,
      next: row.nextCheckAt
        ? `The gateway is asked again at ${row.nextCheckAt.toISOString()}`
        : 'Nothing: a person must close it',
      expects: { what: row.nextCheckAt ? 'asked_again' : 'nothing', at: row.nextCheckAt?.toISOString() ?? null },
      receipt: kind === 'contradiction' ? row.receipt : null,
      actions: actionsOf(row, kind, looking),
    });
  });
}

function read(em: Em, { now, about }: Looking) {
  return query(em)
    .selectFrom('payment')
    .select(['payment.id as payment', 'booking', 'charge', 'sale', 'phoneMasked', 'gateway', 'amount', 'currency'])
    .select(['state', 'startedAt', 'nextCheckAt', 'frozen', 'contradictedAt', 'silentSince', 'idsHash'])
    .select(one =>
      one
        .selectFrom('receipt')
        .select(counted => counted.fn.min('receipt.id').as('id'))
        .whereRef('receipt.payment', '=', 'payment.id')
        .where('receipt.allocation', '!=', 'unallocated')
        .where('receipt.reversedAt', 'is', null)
        .as('receipt'),
    )
    .where('payment.id', 'in', open(em, addMs(now, -UNKNOWN_AFTER_MS)))
    .$if(about !== undefined, all =>
      all.where(one =>
        one.or(['booking', 'charge', 'sale'].map(column => one(column as 'booking', 'in', idsOf(about)))),
      ),
    )
    .orderBy('amount', 'desc')
    .limit(ROWS_MAX)
    .execute();
}

/** One look for each, so that each goes by the index of the few that are like that. */
function open(em: Em, silentFrom: Date) {
  const ids = () => query(em).selectFrom('payment').select('payment.id');
  return ids()
    .where('frozen', '=', sql.lit(true))
    .unionAll(ids().where('contradictedAt', 'is not', null))
    .unionAll(ids().where('silentSince', 'is not', null).where('silentSince', '<=', silentFrom))
    .unionAll(ids().where('state', 'in', OPEN).where('closedAt', 'is', null).where('startedAt', '<=', silentFrom));
}

type OpenPayment = Awaited<ReturnType<typeof read>>[number];

function actionsOf(row: OpenPayment, kind: ExceptionKind, { able }: Looking): ExceptionAction[] {
  const isAskable = row.idsHash !== null || (row.state === 'unknown' && able.repeats(row.gateway));
  const isOpen = isUnresolved(row.state) || row.silentSince !== null;
  return [
    ...when(kind === 'unknown_outcome' && isOpen && isAskable, 'check'),
    ...when(kind === 'contradiction' && row.receipt !== null, 'reverse'),
    'close',
  ];
}
