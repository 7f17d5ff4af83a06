import type { PaymentState } from '../../shared/views.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { type Em, query } from '../model/entities.ts';
import type { PaidFor } from '../model/paid-for.ts';
import { isUnresolved } from '../model/payment.ts';
import { paymentsFor, preparedFor } from '../model/payments-for.ts';
import type { Parts } from '../parts.ts';
import { settlingNow } from './evidence.ts';
import { openIds } from './gateway-ids.ts';
import { settlePayment } from './settle-payment.ts';

const ORDER_CANCELLED = 'order_cancelled';

/** Why an order is taken back: the customer wants it, its places went back and nobody waits for it any more, or staff say so. */
export type Because = 'the customer wants it' | 'nobody waits' | 'a person closes it';

/**
 * Takes an unpaid order back at its gateway, where that can be done: its page stays open otherwise, and somebody might
 * still pay. Money that comes all the same is late money. False: it may still be paid.
 */
export async function cancelOrder(parts: Parts, paymentId: string, because: Because): Promise<boolean> {
  const payment = await readPayment(parts.database.read(), paymentId);
  const line = parts.lines.get(payment.gateway);
  const ids = openIds(payment.idsSealed, parts.vault);
  if (!line?.gateway.cancel || !ids || !mayBePaid(payment) || payment.frozen) return false;
  if (because === 'nobody waits' && (payment.bookingState === null || payment.bookingState === 'held')) return false;
  if (!(await line.queries.take())) return false;
  const { answer } = await line.gateway.cancel(ids);
  if (answer !== 'cancelled') return false;
  const reason = because === 'the customer wants it' ? ('cancelled_by_customer' as const) : ('expired' as const);
  const outcome = { outcome: 'failed' as const, reason, code: ORDER_CANCELLED, retry: { after: 'now' as const } };
  await parts.database.write(async em => {
    await settlePayment(em, paymentId, { source: 'statement', ids: null, outcome }, settlingNow(parts));
    await rememberCancelled(em, paymentId);
  });
  parts.wakeRelay();
  return true;
}

/** Also one that failed: its page takes another try. */
function mayBePaid({ state, reasonCode }: { state: PaymentState; reasonCode: string | null }): boolean {
  return isUnresolved(state) || (state === 'failed' && reasonCode !== ORDER_CANCELLED);
}

/** Where it had failed before, the customer is told why it failed, and we that nothing is left to cancel. */
async function rememberCancelled(em: Em, paymentId: string) {
  await query(em)
    .updateTable('payment')
    .set({ reasonCode: ORDER_CANCELLED })
    .where('id', '=', paymentId)
    .where('state', '=', 'failed')
    .execute();
}

/**
 * The same for whatever order is open for a booking, a charge or a sale, before it is cancelled or paid through another
 * gateway than that order's. True also when there is nothing to take back.
 */
export async function cancelOpenOrder(parts: Parts, paidFor: PaidFor, payingWith?: string): Promise<boolean> {
  const open = await findOpen.first(parts.database.read(), paidFor, {});
  const gateway = open && parts.lines.get(open.gateway)?.gateway;
  if (!open || !gateway?.cancel || (payingWith !== undefined && !replaces(parts, gateway, payingWith))) return true;
  return cancelOrder(parts, open.id, 'the customer wants it');
}

/** Another one that takes the same money; what is not offered here will be refused, and changes nothing. */
function replaces({ lines }: Parts, { name, currency }: Gateway, payingWith: string): boolean {
  const other = [...lines.values()].find(({ gateway }) => gateway.name === payingWith)?.gateway;
  return other?.currency === currency && other.name !== name;
}

const findOpen = preparedFor((em, paidFor) =>
  query(em)
    .selectFrom('payment')
    .select(['id', 'gateway'])
    .where('id', 'in', paymentsFor(em, paidFor))
    .where('live', '=', true),
);

function readPayment(em: Em, paymentId: string) {
  return query(em)
    .selectFrom('payment')
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .select(['payment.gateway', 'payment.state', 'reasonCode', 'frozen', 'idsSealed', 'booking.state as bookingState'])
    .where('payment.id', '=', paymentId)
    .executeTakeFirstOrThrow();
}
