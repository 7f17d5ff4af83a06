import { unsellPlaces } from '../booking/move-places.ts';
import { recordChange } from '../booking/record-change.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { voidTickets } from '../ticket/void-tickets.ts';

/**
 * The gateway has taken money back. If we asked for it, that refund is done. If it was what a booking was paid with, the
 * booking is refunded and its unused tickets void; a used one becomes a debt on the worklist. Otherwise only the receipt changes.
 */
export async function reverseReceipt(em: Em, receiptId: number, actor: Actor, now: Date): Promise<void> {
  const receipt = await query(em)
    .updateTable('receipt')
    .set({ reversedAt: now })
    .where('id', '=', receiptId)
    .where('reversedAt', 'is', null)
    .returning(['payment', 'allocation'])
    .executeTakeFirst();
  if (!receipt)
    throw new ProblemError('not_possible_now', { detail: 'This receipt is unknown, or was reversed before' });
  if (receipt.payment === null) return;
  const payment = await query(em)
    .updateTable('payment')
    .set({ state: 'reversed', live: false, endedAt: now, nextCheckAt: null })
    .where('id', '=', receipt.payment)
    .returning('booking')
    .executeTakeFirstOrThrow();
  await recordChange(em, payment.booking, { happening: 'money_reversed', actor, at: now, payment: receipt.payment });
  await endItsRefunds(em, receiptId, now);
  if (receipt.allocation === 'applied') await takeTicketsBack(em, payment.booking);
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

async function takeTicketsBack(em: Em, bookingId: string) {
  const booking = await query(em)
    .updateTable('booking')
    .set({ state: 'refunded' })
    .where('id', '=', bookingId)
    .where('state', '=', 'confirmed')
    .returning('showing')
    .executeTakeFirst();
  if (booking) await unsellPlaces(em, booking.showing, await voidTickets(em, bookingId));
}
