import type { ChargeState, RefundReason } from '../../shared/views.ts';
import { chargeStatesBelow } from '../model/charge.ts';
import { type Em, query } from '../model/entities.ts';

/** The money for a charge is here: answers null, or says why it must go back. */
export async function payCharge(em: Em, chargeId: string): Promise<RefundReason | null> {
  if (await raise(em, chargeId, 'paid', ['open'])) return null;
  const { state } = await query(em)
    .selectFrom('charge')
    .select('state')
    .where('id', '=', chargeId)
    .executeTakeFirstOrThrow();
  return state === 'cancelled' ? 'late_payment' : 'duplicate_payment';
}

/** It is not to be paid any more; money that still comes goes back. False: it is no longer open. */
export function cancelCharge(em: Em, chargeId: string): Promise<boolean> {
  return raise(em, chargeId, 'cancelled', ['open']);
}

/** Its money goes back. Only one of two who decide at once gets through. */
export function refundCharge(em: Em, chargeId: string): Promise<boolean> {
  return raise(em, chargeId, 'refunded', ['paid']);
}

async function raise(em: Em, chargeId: string, to: ChargeState, from: ChargeState[]): Promise<boolean> {
  const below = chargeStatesBelow(to);
  const { numUpdatedRows } = await query(em)
    .updateTable('charge')
    .set({ state: to })
    .where('id', '=', chargeId)
    .where(
      'state',
      'in',
      from.filter(state => below.includes(state)),
    )
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
