import { type Random, randomHex } from '../../shared/random.ts';
import type { Method, RefundReason } from '../../shared/views.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import type { PaidFor } from '../model/paid-for.ts';

const GRANT = 'it was a grant: there is nothing to give back';

export interface Debt {
  receiptId: number;
  paidFor: PaidFor;
  reason: RefundReason;
  actor: Actor;
  /** Only so much of the receipt, in minor units; the rest stays where it is. */
  excess?: number;
  /** Only what it pays for one booking or charge; the rest stays where it is. */
  share?: { id: number; amount: number };
  /** Why, in the words of whoever decided it. */
  note?: string;
  /** The supervisor who said yes on the cashier's screen. */
  approvedBy?: string;
}

/** Writes down that we owe the customer a receipt's money, or a part of it; answers the refund's id. */
export async function oweRefund(
  em: Em,
  { receiptId, paidFor, reason, actor, excess, share, note, approvedBy }: Debt,
  { now, random }: { now: Date; random: Random },
): Promise<string> {
  const receipt = await query(em)
    .selectFrom('receipt')
    .select(['gateway', 'payment', 'amount', 'currency'])
    .where('id', '=', receiptId)
    .executeTakeFirstOrThrow();
  const refund = {
    id: randomHex(random),
    receipt: receiptId,
    booking: paidFor.booking,
    charge: paidFor.charge,
    sale: paidFor.sale,
    amount: excess ?? share?.amount ?? receipt.amount - (await owedBefore(em, receiptId)),
    currency: receipt.currency,
    reason,
    decidedBy: actor.startsWith('staff:') ? actor.slice('staff:'.length) : null,
    ...(isGrant(receipt) ? { state: 'done' as const, endedAt: now, proof: GRANT } : { state: 'due' as const }),
    createdAt: now,
  };
  await query(em).insertInto('refund').values(refund).execute();
  if (excess === undefined) await takeShares(em, receiptId, refund.id, share);
  await recordChange(em, paidFor, {
    happening: 'refund_due',
    actor,
    at: now,
    ...(receipt.payment !== null && { payment: receipt.payment }),
    details: {
      ...{ reason, amount: refund.amount, currency: refund.currency },
      ...(note !== undefined && { note }),
      ...(approvedBy !== undefined && { approvedBy }),
    },
  });
  return refund.id;
}

/** Nobody paid a complimentary ticket. */
function isGrant({ gateway }: { gateway: Method }): boolean {
  return gateway === 'complimentary';
}

/** What goes back pays for nothing any more; a receipt of which nothing pays for anything is all due. */
async function takeShares(em: Em, receiptId: number, refund: string, share?: { id: number }) {
  await query(em)
    .updateTable('share')
    .set({ refund })
    .where('receipt', '=', receiptId)
    .where('refund', 'is', null)
    .$if(share !== undefined, one => one.where('id', '=', share?.id ?? 0))
    .execute();
  const rest = await query(em)
    .selectFrom('share')
    .select('id')
    .where('receipt', '=', receiptId)
    .where('refund', 'is', null)
    .executeTakeFirst();
  if (!rest)
    await query(em).updateTable('receipt').set({ allocation: 'refund_due' }).where('id', '=', receiptId).execute();
}

/** What of a receipt goes back already: an excess, before the whole booking is given back. */
async function owedBefore(em: Em, receiptId: number): Promise<number> {
  const earlier = await query(em).selectFrom('refund').select('amount').where('receipt', '=', receiptId).execute();
  return earlier.reduce((sum, { amount }) => sum + amount, 0);
}
