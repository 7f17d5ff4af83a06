import { lockRefund } from '../booking/lock-paid-for.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { allocateReceipt } from './allocate-receipt.ts';
import { readPayment, type Settling } from './evidence.ts';
import { recordDecision, type Saying } from './resolve-receipt.ts';

interface Placement extends Saying {
  refundId: string;
}

/**
 * Money came too late and its places were gone; now there are some again, and its people want to come. The debt is taken
 * back as if it had never been, and the money counts anew. Not once it was sent: then it may be back.
 */
export async function placeAfterAll(em: Em, { refundId, ...saying }: Placement, settling: Settling): Promise<void> {
  await lockRefund(em, refundId);
  const { receipt: receiptId, amount } = await takeBack(em, refundId);
  const receipt = await query(em)
    .updateTable('receipt')
    .set({ allocation: 'unallocated' })
    .where('id', '=', receiptId)
    .where('amount', '=', amount) // A part of a sale: the rest of its money pays for something already.
    .where('allocation', '=', 'refund_due')
    .where('reversedAt', 'is', null)
    .returning('payment')
    .executeTakeFirst();
  if (!receipt?.payment)
    throw new ProblemError('not_possible_now', { detail: 'Only all of a payment can be used after all' });
  await recordDecision(em, receipt.payment, 'place', saying, settling.now);
  const payment = await readPayment(em, receipt.payment);
  const went = await allocateReceipt(em, payment, receiptId, saying.actor, settling, { anew: true });
  if (went === 'refund_due')
    throw new ProblemError('not_possible_now', { detail: 'The places are taken, or the showing is over or cancelled' });
}

/** What was sent is due no more, whatever came of it; of two who decide at once one finds it. */
async function takeBack(em: Em, refundId: string) {
  const refund = await query(em)
    .deleteFrom('refund')
    .where('id', '=', refundId)
    .where('state', '=', 'due')
    .where('reason', '=', 'late_payment')
    .returning(['receipt', 'amount'])
    .executeTakeFirst();
  if (refund) return refund;
  throw new ProblemError('not_possible_now', { detail: 'Only money that came too late and is still here can be used' });
}
