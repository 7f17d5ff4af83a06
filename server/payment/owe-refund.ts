import { type Random, randomHex } from '../../shared/random.ts';
import type { RefundReason } from '../../shared/views.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import type { PaidFor } from '../model/paid-for.ts';

export interface Debt {
  receiptId: number;
  paidFor: PaidFor;
  reason: RefundReason;
  actor: Actor;
  /** Only so much of the receipt, in minor units; the rest stays where it is. */
  excess?: number;
  /** Why, in the words of whoever decided it. */
  note?: string;
}

/** Writes down that we owe the customer a receipt's money, or the excess of it; answers the refund's id. */
export async function oweRefund(
  em: Em,
  { receiptId, paidFor, reason, actor, excess, note }: Debt,
  { now, random }: { now: Date; random: Random },
): Promise<string> {
  const receipt = await query(em)
    .selectFrom('receipt')
    .select(['payment', 'amount', 'currency'])
    .where('id', '=', receiptId)
    .executeTakeFirstOrThrow();
  if (excess === undefined)
    await query(em).updateTable('receipt').set({ allocation: 'refund_due' }).where('id', '=', receiptId).execute();
  const refund = {
    id: randomHex(random),
    receipt: receiptId,
    booking: paidFor.booking,
    charge: paidFor.charge,
    amount: excess ?? receipt.amount - (await owedBefore(em, receiptId)),
    currency: receipt.currency,
    reason,
    decidedBy: actor.startsWith('staff:') ? actor.slice('staff:'.length) : null,
    state: 'due' as const,
    createdAt: now,
  };
  await query(em).insertInto('refund').values(refund).execute();
  await recordChange(em, paidFor, {
    happening: 'refund_due',
    actor,
    at: now,
    ...(receipt.payment !== null && { payment: receipt.payment }),
    details: { reason, amount: refund.amount, currency: refund.currency, ...(note !== undefined && { note }) },
  });
  return refund.id;
}

/** What of a receipt goes back already: an excess, before the whole booking is given back. */
async function owedBefore(em: Em, receiptId: number): Promise<number> {
  const earlier = await query(em).selectFrom('refund').select('amount').where('receipt', '=', receiptId).execute();
  return earlier.reduce((sum, { amount }) => sum + amount, 0);
}
