import type { Random } from '../../shared/random.ts';
import { lockReceipt } from '../booking/lock-paid-for.ts';
import { recordChange } from '../booking/record-change.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import type { PaidFor } from '../model/paid-for.ts';
import { recordReceipt } from './record-receipt.ts';
import { type Decision, oweApplied, withdrawPaid } from './refund-paid.ts';
import type { Saying } from './resolve-receipt.ts';

/**
 * The gateway has taken money back. If we asked for it, that refund is done. If it was what a booking or charge was paid with,
 * that is refunded and unused tickets are void; a used one becomes a debt on the worklist. Otherwise only the receipt changes.
 * A person who names money that may have been counted already, without its number, must say which of the two it is.
 */
export async function reverseReceipt(
  em: Em,
  { receiptId, actor, note, approvedBy }: { receiptId: number } & Saying,
  settling: { now: Date; random: Random },
): Promise<void> {
  await lockReceipt(em, receiptId);
  const { now } = settling;
  const receipt = await query(em)
    .updateTable('receipt')
    .set({ reversedAt: now })
    .where('id', '=', receiptId)
    .where('reversedAt', 'is', null)
    .returning(['id', 'payment', 'allocation'])
    .executeTakeFirst();
  if (!receipt)
    throw new ProblemError('not_possible_now', { detail: 'This receipt is unknown, or was reversed before' });
  const happened = { happening: 'money_reversed' as const, actor, at: now };
  const details = { note, ...(approvedBy !== undefined && { approvedBy }) };
  if (receipt.payment === null) return recordReceipt(em, receiptId, { ...happened, details });
  if (actor.startsWith('staff:')) await refuseTwin(em, { ...receipt, payment: receipt.payment });
  const payment = await query(em)
    .selectFrom('payment')
    .select(['booking', 'charge', 'sale'])
    .where('id', '=', receipt.payment)
    .executeTakeFirstOrThrow();
  await markReversed(em, receipt.payment, now);
  await recordChange(em, payment, { ...happened, payment: receipt.payment, details });
  await endItsRefunds(em, receiptId, now);
  if (receipt.allocation !== 'applied') return;
  for (const part of await readPaid(em, receiptId))
    await takeBack(em, part, { reason: 'reversed', actor, note }, settling);
}

/**
 * Set aside beside money of the same payment whose number is still to come: the two may be one. If only the one that was
 * set aside were marked, tickets would stay good without money; if it is another, it can be closed with that reason.
 */
async function refuseTwin(em: Em, { id, payment, allocation }: { id: number; payment: string; allocation: string }) {
  if (allocation !== 'unallocated') return;
  const counted = await query(em)
    .selectFrom('receipt')
    .select('id')
    .where('payment', '=', payment)
    .where('number', 'is', null)
    .where('id', '!=', id)
    .where('reversedAt', 'is', null)
    .executeTakeFirst();
  if (counted)
    throw new ProblemError('not_possible_now', {
      detail: `It may be the money that was counted already, without a number (receipt ${counted.id}): note it there if it is, and close this one`,
    });
}

/** What it paid for, until now. */
async function readPaid(em: Em, receiptId: number) {
  const shares = await query(em)
    .selectFrom('share')
    .select(['booking', 'charge'])
    .where('receipt', '=', receiptId)
    .where('refund', 'is', null)
    .execute();
  return shares.map(share => ({ ...share, sale: null }));
}

/** What was paid is so no longer: whatever else was paid for it is owed. What was only partly paid waits for the rest again. */
async function takeBack(em: Em, part: PaidFor, decision: Decision, settling: { now: Date; random: Random }) {
  if (await withdrawPaid(em, part)) await oweApplied(em, part, decision, settling);
}

/** Not while other money of the same payment keeps its booking paid: then only the receipt changes. */
async function markReversed(em: Em, paymentId: string, now: Date) {
  const kept = await query(em)
    .selectFrom('receipt')
    .select('id')
    .where('payment', '=', paymentId)
    .where('allocation', '=', 'applied')
    .where('reversedAt', 'is', null)
    .executeTakeFirst();
  if (kept) return;
  await query(em)
    .updateTable('payment')
    .set({ state: 'reversed', live: false, frozen: false, verifyUntil: null, endedAt: now, nextCheckAt: null })
    .where('id', '=', paymentId)
    .execute();
}

/** What went back by itself is not owed any more. */
async function endItsRefunds(em: Em, receiptId: number, now: Date) {
  await query(em)
    .updateTable('refund')
    .set({ state: 'done', endedAt: now, proof: 'reversed at the gateway' })
    .where('receipt', '=', receiptId)
    .where('state', '!=', 'done')
    .execute();
}
