import { PAYMENT_STATES } from '../../shared/views.ts';
import { lockPayment } from '../booking/lock-paid-for.ts';
import { recordChange } from '../booking/record-change.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { isUnresolved, UNRESOLVED } from '../model/payment.ts';
import type { Parts } from '../parts.ts';
import { cancelOrder } from './cancel-order.ts';
import type { Saying } from './resolve-receipt.ts';

interface Closing extends Saying {
  paymentId: string;
}

/**
 * A person has found out what the gateway never told: nothing came of this payment, or it was dealt with otherwise. An
 * order whose page is still open is taken back first, where its gateway does that; where it does not, or is silent, the
 * person's word stands, and money that still comes is counted.
 */
export async function closePayment(parts: Parts, { paymentId, ...saying }: Closing): Promise<void> {
  const isOpen = await isQuestion(parts.database.read(), paymentId);
  const wasTakenBack = isOpen && (await cancelOrder(parts, paymentId, 'a person closes it'));
  const now = parts.clock.now();
  await parts.database.write(async em => {
    await lockPayment(em, paymentId);
    const payment = await close(em, paymentId, wasTakenBack, now);
    if (!payment) throw await whyNot(em, paymentId);
    const { actor, ...details } = saying;
    await recordChange(em, payment, { happening: 'staff_closed', actor, at: now, payment: paymentId, details });
  });
  parts.wakeRelay();
}

/** Only what is a question: money that may still come, a message that did not fit, two voices that disagree. */
async function isQuestion(em: Em, paymentId: string): Promise<boolean> {
  const payment = await query(em)
    .selectFrom('payment')
    .select(['state', 'frozen', 'contradictedAt', 'silentSince', 'closedAt'])
    .where('id', '=', paymentId)
    .executeTakeFirst();
  if (!payment) return false;
  const { state, frozen, contradictedAt, silentSince, closedAt } = payment;
  return frozen || contradictedAt !== null || silentSince !== null || (isUnresolved(state) && closedAt === null);
}

/** Of two who close it at once one does. What was just taken back is a question no more, and closed all the same. */
function close(em: Em, paymentId: string, wasTakenBack: boolean, now: Date) {
  return query(em)
    .updateTable('payment')
    .set({ closedAt: now, contradictedAt: null, nextCheckAt: null, silentSince: null, frozen: false })
    .where('id', '=', paymentId)
    .where(one =>
      one.or([
        one('frozen', '=', true),
        one('contradictedAt', 'is not', null),
        one('silentSince', 'is not', null),
        one.and([one('state', 'in', wasTakenBack ? PAYMENT_STATES : UNRESOLVED), one('closedAt', 'is', null)]),
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
