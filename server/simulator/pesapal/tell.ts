import type { Parts } from '../parts.ts';
import { receiveMessage } from '../phones.ts';
import type { Telling } from './fault.ts';
import { reversedText } from './messages.ts';
import { notifyOf } from './notify.ts';
import type { Order, Told } from './orders.ts';

const AT_ONCE: readonly Telling[] = [{}];

/** Money was taken: what is known of it from when on. */
export function tellOfPayment(parts: Parts, order: Order): void {
  for (const telling of order.fault?.tells ?? AT_ONCE) if (!telling.since) tellLater(parts, order, telling);
  const { reversedAfterMs } = order.fault ?? {};
  if (reversedAfterMs !== undefined) parts.clock.after(reversedAfterMs, () => void reverse(parts, order));
}

/** The order was cancelled, and what had been taken by then comes to light. */
export function tellAfterCancelling(parts: Parts, order: Order): void {
  if (!order.debit) return;
  for (const telling of order.fault?.tells ?? AT_ONCE) if (telling.since) tellLater(parts, order, telling);
}

function tellLater(parts: Parts, order: Order, { afterMs = 0, failure }: Telling): void {
  const told = failure ? { code: 2 as const, failure } : { code: 1 as const, failure: null };
  if (afterMs === 0) tell(parts, order, told);
  else parts.clock.after(afterMs, () => tell(parts, order, told));
}

/** From now on a status says so, and the merchant is notified. What was given back stays given back. */
export function tell(parts: Parts, order: Order, told: Pick<Told, 'code' | 'failure'>, silently = false): void {
  if (order.told.code === 3) return;
  order.told = { ...told, at: parts.clock.now() };
  order.notified = false;
  if (!silently) notifyOf(parts, order, 'told');
  parts.changed();
}

/** The one place where Pesapal’s money goes back. False where there is none, or no longer. */
export function reverse(parts: Parts, order: Order, amount?: number, silently = false): boolean {
  const { debit } = order;
  if (!debit || order.told.code === 3) return false;
  const { ledger, phones, clock, settings } = parts;
  const reversal = ledger.reverse(debit, clock.now(), amount);
  order.refund = 'done';
  if (debit.network !== 'card') {
    const phone = phones.findOrAdd(debit.phone);
    phone.balance += reversal.amount;
    receiveMessage(phone, reversal.at, reversedText(reversal, debit.currency, settings.merchant, phone.balance));
  }
  tell(parts, order, { code: 3, failure: null }, silently);
  return true;
}
