import { letGo } from '../booking/end-hold.ts';
import { recordChange } from '../booking/record-change.ts';
import { cancelCharge } from '../charge/close-charge.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf, chargeOf, type PaidFor, saleOf } from '../model/paid-for.ts';
import { paymentsFor } from '../model/payments-for.ts';
import { saleStatesBelow } from '../model/sale.ts';
import type { Settling } from '../payment/evidence.ts';
import { oweRefund } from '../payment/owe-refund.ts';
import { type Part, readParts } from '../payment/read-parts.ts';
import { withdrawPaid } from '../payment/refund-paid.ts';
import { giveCashBack } from './give-cash-back.ts';
import { leavePayments } from './leave-payments.ts';
import { writeJournal } from './write-journal.ts';

export interface Giver {
  /** Whose drawer gives the cash back; null: nobody's is open, and no cash is to be given. */
  shift: number | null;
  actor: string;
  approver: string | null;
}

/**
 * The customer goes away: the places go back, whatever was paid of it is due, and cash is given back from the drawer at
 * once. What a prompt that is still open brings goes back as well.
 */
export async function abandonSale(em: Em, saleId: string, giver: Giver, settling: Settling): Promise<void> {
  const { now } = settling;
  const actor = `staff:${giver.actor}` as const;
  const closed = await query(em)
    .updateTable('sale')
    .set({ state: 'abandoned' })
    .where('id', '=', saleId)
    .where('state', 'in', saleStatesBelow('abandoned'))
    .returning('state')
    .executeTakeFirst();
  if (!closed) return refuseUnlessOver(em, saleId);
  await leavePayments(em, saleId, { leave: true, actor, now });
  for (const part of await readParts(em, saleOf(saleId))) await endPart(em, part, actor, now);
  const cash = await oweAll(em, saleId, actor, settling);
  await recordChange(em, saleOf(saleId), { happening: 'sale_abandoned', actor, at: now });
  if (giver.shift === null) return;
  for (const refundId of cash) await giveCashBack(em, { ...giver, shift: giver.shift, refundId }, now);
  await writeJournal(em, { ...giver, shift: giver.shift, at: now, kind: 'sale_abandoned', sale: saleId });
}

/** Asking twice is harmless; a sale that is paid is given back by refunds. */
async function refuseUnlessOver(em: Em, saleId: string) {
  const { state } = await query(em)
    .selectFrom('sale')
    .select('state')
    .where('id', '=', saleId)
    .executeTakeFirstOrThrow();
  if (state === 'paid') throw new ProblemError('already_paid', { detail: 'This sale is paid: give it back instead' });
}

async function endPart(em: Em, part: Part, actor: Actor, now: Date) {
  const record = (paidFor: PaidFor, happening: 'sale_abandoned' | 'charge_cancelled') =>
    recordChange(em, paidFor, { happening, actor, at: now });
  if (part.kind === 'booking') {
    if (await letGo(em, part.id, actor, now)) return;
    if (await withdrawPaid(em, bookingOf(part.id))) await record(bookingOf(part.id), 'sale_abandoned');
    return;
  }
  if (await cancelCharge(em, part.id)) await record(chargeOf(part.id), 'charge_cancelled');
  else if (await withdrawPaid(em, chargeOf(part.id))) await record(chargeOf(part.id), 'sale_abandoned');
}

/** Each receipt as a whole, because gateways give back nothing less; answers the refunds that are due in cash. */
async function oweAll(em: Em, saleId: string, actor: Actor, settling: Settling): Promise<string[]> {
  const receipts = await query(em)
    .selectFrom('receipt')
    .select(['id', 'gateway'])
    .where('payment', 'in', paymentsFor(em, saleOf(saleId)))
    .where('allocation', '=', 'applied')
    .where('reversedAt', 'is', null)
    .orderBy('id')
    .execute();
  const cash: string[] = [];
  for (const { id: receiptId, gateway } of receipts) {
    const debt = { receiptId, paidFor: saleOf(saleId), reason: 'abandoned_sale' as const, actor };
    const refundId = await oweRefund(em, debt, settling);
    if (gateway === 'cash') cash.push(refundId);
  }
  return cash;
}

/** Whether giving it up takes a supervisor's word: cash would leave the drawer, or tickets are out already. */
export async function needsApproval(em: Em, saleId: string): Promise<boolean> {
  const paid = await query(em)
    .selectFrom('receipt')
    .select('id')
    .where('payment', 'in', paymentsFor(em, saleOf(saleId)))
    .where('allocation', '=', 'applied')
    .where('gateway', 'in', ['cash', 'complimentary'])
    .executeTakeFirst();
  if (paid) return true;
  const out = await query(em)
    .selectFrom('booking')
    .select('id')
    .where('sale', '=', saleId)
    .where('state', '=', 'confirmed')
    .executeTakeFirst();
  return out !== undefined;
}
