import { recordChange } from '../booking/record-change.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { UNRESOLVED } from '../model/payment.ts';

interface Closing {
  paymentId: string;
  actor: Actor;
  note: string;
}

/** A person has found out what the gateway never told: nothing came of this payment, or it was dealt with otherwise. */
export async function closePayment(em: Em, { paymentId, actor, note }: Closing, now: Date): Promise<void> {
  const payment = await closeOpen(em, paymentId, now);
  if (!payment) throw await whyNot(em, paymentId);
  await recordChange(em, payment, { happening: 'staff_closed', actor, at: now, payment: paymentId, details: { note } });
}

/** Only what is a question: money that may still come, a message that did not fit, two voices that disagree. */
function closeOpen(em: Em, paymentId: string, now: Date) {
  return query(em)
    .updateTable('payment')
    .set({ closedAt: now, contradictedAt: null, nextCheckAt: null, frozen: false })
    .where('id', '=', paymentId)
    .where(one =>
      one.or([
        one('frozen', '=', true),
        one('contradictedAt', 'is not', null),
        one.and([one('state', 'in', UNRESOLVED), one('closedAt', 'is', null)]),
      ]),
    )
    .returning(['booking', 'charge', 'sale'])
    .executeTakeFirst();
}

async function whyNot(em: Em, paymentId: string): Promise<ProblemError> {
  const payment = await query(em)
    .selectFrom('payment')
    .select(['state', 'closedAt'])
    .where('id', '=', paymentId)
    .executeTakeFirst();
  if (!payment) return new ProblemError('not_found', { detail: 'There is no such payment' });
  const detail = payment.closedAt
    ? 'This payment was closed before'
    : `This payment is ${payment.state}: there is no question left to close`;
  return new ProblemError('not_possible_now', { detail });
}
