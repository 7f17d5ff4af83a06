import { type Em, query } from '../model/entities.ts';
import { columnOf, type PaidFor } from '../model/paid-for.ts';
import { isUnresolved } from '../model/payment.ts';
import type { Parts } from '../parts.ts';
import { settlingNow } from './evidence.ts';
import { openIds } from './gateway-ids.ts';
import { settlePayment } from './settle-payment.ts';

/** Why an order is taken back: the customer wants it, or its places went back and nobody waits for it any more. */
export type Because = 'the customer wants it' | 'nobody waits';

/**
 * Takes an unpaid order back at its gateway, where that can be done: its page stays open otherwise, and somebody might
 * still pay. Money that comes all the same is late money. False: it may still be paid.
 */
export async function cancelOrder(parts: Parts, paymentId: string, because: Because): Promise<boolean> {
  const payment = await readPayment(parts.database.read(), paymentId);
  const line = parts.lines.get(payment.gateway);
  const ids = openIds(payment.idsSealed, parts.vault);
  if (!line?.gateway.cancel || !ids || !isUnresolved(payment.state) || payment.frozen) return false;
  if (because === 'nobody waits' && (payment.bookingState === null || payment.bookingState === 'held')) return false;
  if (!line.queries.take()) return false;
  const { answer } = await line.gateway.cancel(ids);
  if (answer !== 'cancelled') return false;
  const reason = because === 'nobody waits' ? ('expired' as const) : ('cancelled_by_customer' as const);
  const outcome = { outcome: 'failed' as const, reason, code: 'order_cancelled', retry: { after: 'now' as const } };
  await parts.database.write(em =>
    settlePayment(em, paymentId, { source: 'statement', ids: null, outcome }, settlingNow(parts)),
  );
  parts.wakeRelay();
  return true;
}

/**
 * The same for whatever order is open for a booking or a charge, before it is cancelled or paid through another gateway
 * than that order's. True also when there is nothing to take back.
 */
export async function cancelOpenOrder(parts: Parts, paidFor: PaidFor, payingWith?: string): Promise<boolean> {
  const open = await findOpen(parts.database.read(), paidFor);
  if (!open || open.gateway === payingWith || !parts.lines.get(open.gateway)?.gateway.cancel) return true;
  return cancelOrder(parts, open.id, 'the customer wants it');
}

function findOpen(em: Em, paidFor: PaidFor) {
  const { column, id } = columnOf(paidFor);
  return query(em)
    .selectFrom('payment')
    .select(['id', 'gateway'])
    .where(column, '=', id)
    .where('live', '=', true)
    .executeTakeFirst();
}

function readPayment(em: Em, paymentId: string) {
  return query(em)
    .selectFrom('payment')
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .select(['payment.gateway', 'payment.state', 'frozen', 'idsSealed', 'booking.state as bookingState'])
    .where('payment.id', '=', paymentId)
    .executeTakeFirstOrThrow();
}
