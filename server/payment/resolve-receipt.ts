import { lockPayment } from '../booking/lock-paid-for.ts';
import { recordChange } from '../booking/record-change.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { paymentStatesBelow } from '../model/payment.ts';
import { allocateReceipt } from './allocate-receipt.ts';
import { readPayment, type Settling } from './evidence.ts';
import { oweRefund } from './owe-refund.ts';
import { recordReceipt } from './record-receipt.ts';

/** What somebody says about a decision of theirs. */
export interface Saying {
  note: string;
  actor: Actor;
  /** The second person, where it takes two. */
  approvedBy?: string;
}

/** What a person decides about money that was set aside. */
export interface Resolution extends Saying {
  receiptId: number;
  /**
   * `booking`: it is what this booking was asked for, whatever the amount. `match`: the same, and a person has found out
   * what it is for. `refund`: it goes back.
   */
  as: 'booking' | 'match' | 'refund';
}

/** Allots money that the rules did not dare to: to its booking, with what is too much owed back, or all of it back. */
export async function resolveReceipt(
  em: Em,
  { receiptId, as, ...saying }: Resolution,
  settling: Settling,
): Promise<void> {
  const receipt = await takeOpen(em, receiptId);
  if (receipt.payment === null)
    throw new ProblemError('not_possible_now', { detail: 'This money belongs to no payment of ours: match it first' });
  await lockPayment(em, receipt.payment);
  const payment = await readPayment(em, receipt.payment);
  await query(em)
    .updateTable('payment')
    .set({ state: 'paid', live: false, frozen: false, verifyUntil: null, silentSince: null })
    .set({ nextCheckAt: null, endedAt: settling.now, reason: null })
    .where('id', '=', payment.id)
    .where('state', 'in', paymentStatesBelow('paid'))
    .execute();
  await recordDecision(em, payment.id, as, saying, settling.now);
  const { actor } = saying;
  if (as === 'refund') await oweRefund(em, { receiptId, paidFor: payment, reason: 'staff_decision', actor }, settling);
  else await allocateReceipt(em, payment, receiptId, actor, settling, { inFull: true });
}

/**
 * The receipt that a person decides about, if nobody has before. Of two who decide at once, the update makes the second
 * wait for the first, and then finds nothing.
 */
export async function takeOpen(em: Em, receiptId: number) {
  const receipt = await query(em)
    .updateTable('receipt')
    .set({ closedAt: null })
    .where('id', '=', receiptId)
    .where('allocation', '=', 'unallocated')
    .where('closedAt', 'is', null)
    .where('reversedAt', 'is', null)
    .returning(['payment', 'gateway', 'number', 'amount', 'currency'])
    .executeTakeFirst();
  if (receipt) return receipt;
  throw new ProblemError('not_possible_now', { detail: 'This money was dealt with before' });
}

/** Money that is nobody's here, dealt with outside: it leaves the list, and stays in the books. */
export async function closeReceipt(em: Em, { receiptId, ...saying }: Omit<Resolution, 'as'>, now: Date): Promise<void> {
  const receipt = await query(em)
    .updateTable('receipt')
    .set({ closedAt: now })
    .where('id', '=', receiptId)
    .where('closedAt', 'is', null)
    .where(one => one.or([one('allocation', '=', 'unallocated'), one('reversedAt', 'is not', null)]))
    .returning('payment')
    .executeTakeFirst();
  if (!receipt) throw new ProblemError('not_found', { detail: 'There is no such open receipt' });
  if (receipt.payment !== null) return recordDecision(em, receipt.payment, 'closed', saying, now);
  const { actor, ...words } = saying;
  await recordReceipt(em, receiptId, {
    happening: 'staff_closed',
    actor,
    at: now,
    details: { as: 'closed', ...words },
  });
}

export async function recordDecision(
  em: Em,
  paymentId: string,
  as: string,
  { actor, note, approvedBy }: Saying,
  at: Date,
): Promise<void> {
  const details = { as, note, ...(approvedBy !== undefined && { approvedBy }) };
  const payment = await readPayment(em, paymentId);
  await recordChange(em, payment, { happening: 'staff_closed', actor, at, payment: paymentId, details });
}
