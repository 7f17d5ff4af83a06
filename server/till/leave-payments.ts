import { recordChange } from '../booking/record-change.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { type PaidFor, saleOf } from '../model/paid-for.ts';
import { UNRESOLVED } from '../model/payment.ts';
import { paymentsFor } from '../model/payments-for.ts';

/** A prompt that was left behind: what it still brings goes back. */
export interface LeftPayment {
  paymentId: string;
  phone: string | null;
}

/**
 * Before money is taken in another way, whatever prompt is open for the sale is left behind: from now on, its success is
 * money to give back. Without `leave` it stands in the way, so that nobody pays twice by accident.
 */
export async function leavePayments(
  em: Em,
  saleId: string,
  { leave, actor, now }: { leave: boolean; actor: Actor; now: Date },
): Promise<LeftPayment[]> {
  const open = await readOpen(em, saleOf(saleId));
  if (!leave && open.some(({ live, liveUntil }) => live && liveUntil > now))
    throw new ProblemError('payment_in_progress', { detail: 'A prompt is open: wait for it, or leave it behind' });
  if (!leave) {
    await endExpired(em, open);
    return [];
  }
  for (const { id, booking, charge, sale } of open) {
    await query(em).updateTable('payment').set({ leftAt: now, live: false }).where('id', '=', id).execute();
    await recordChange(em, { booking, charge, sale }, { happening: 'payment_left', actor, at: now, payment: id });
  }
  return open.map(({ id, phoneMasked }) => ({ paymentId: id, phone: phoneMasked }));
}

/** Nothing asks for them any more: they stand in nobody's way, and what they still bring counts. */
async function endExpired(em: Em, open: { id: string; live: boolean }[]) {
  for (const { id, live } of open)
    if (live) await query(em).updateTable('payment').set({ live: false }).where('id', '=', id).execute();
}

/** Money of theirs may still come; those that were left before stay left. */
function readOpen(em: Em, paidFor: PaidFor) {
  return query(em)
    .selectFrom('payment')
    .select(['id', 'booking', 'charge', 'sale', 'phoneMasked', 'live', 'liveUntil'])
    .where('id', 'in', paymentsFor(em, paidFor))
    .where('state', 'in', UNRESOLVED)
    .where('leftAt', 'is', null)
    .execute();
}
