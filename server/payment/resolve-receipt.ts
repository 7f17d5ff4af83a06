import { recordChange } from '../booking/record-change.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { paymentStatesBelow } from '../model/payment.ts';
import { allocateReceipt } from './allocate-receipt.ts';
import { readPayment, type Settling } from './evidence.ts';
import { oweRefund } from './owe-refund.ts';

/** What a person decides about money that was set aside. */
export interface Resolution {
  receiptId: number;
  /** `booking`: it is what this booking was asked for, whatever the amount. `refund`: it goes back. */
  as: 'booking' | 'refund';
  note: string;
  actor: Actor;
}

/** Allots money that the rules did not dare to: to its booking, with what is too much owed back, or all of it back. */
export async function resolveReceipt(
  em: Em,
  { receiptId, as, note, actor }: Resolution,
  settling: Settling,
): Promise<void> {
  const receipt = await query(em)
    .selectFrom('receipt')
    .select(['id', 'payment'])
    .where('id', '=', receiptId)
    .where('allocation', '=', 'unallocated')
    .where('closedAt', 'is', null)
    .where('reversedAt', 'is', null)
    .executeTakeFirst();
  if (!receipt?.payment)
    throw new ProblemError('not_possible_now', {
      detail: 'This money was dealt with, or belongs to no payment of ours',
    });
  const payment = await readPayment(em, receipt.payment);
  await query(em)
    .updateTable('payment')
    .set({
      state: 'paid',
      live: false,
      frozen: false,
      verifyUntil: null,
      nextCheckAt: null,
      endedAt: settling.now,
      reason: null,
    })
    .where('id', '=', payment.id)
    .where('state', 'in', paymentStatesBelow('paid'))
    .execute();
  await recordChange(em, payment, {
    happening: 'staff_closed',
    actor,
    at: settling.now,
    payment: payment.id,
    details: { as, note },
  });
  if (as === 'refund') {
    await oweRefund(em, { receiptId, paidFor: payment, reason: 'staff_decision', actor }, settling);
    return;
  }
  await allocateReceipt(em, payment, receiptId, actor, settling, true);
}

/** Money that is nobody's here, dealt with outside: it leaves the list, and stays in the books. */
export async function closeReceipt(
  em: Em,
  { receiptId, note, actor }: Omit<Resolution, 'as'>,
  now: Date,
): Promise<void> {
  const receipt = await query(em)
    .updateTable('receipt')
    .set({ closedAt: now })
    .where('id', '=', receiptId)
    .where('closedAt', 'is', null)
    .where(one => one.or([one('allocation', '=', 'unallocated'), one('reversedAt', 'is not', null)]))
    .returning('payment')
    .executeTakeFirst();
  if (!receipt) throw new ProblemError('not_found', { detail: 'There is no such open receipt' });
  if (receipt.payment === null) return;
  const payment = await readPayment(em, receipt.payment);
  await recordChange(em, payment, {
    happening: 'staff_closed',
    actor,
    at: now,
    payment: payment.id,
    details: { as: 'closed', note },
  });
}
