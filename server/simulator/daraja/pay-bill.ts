import type { Debit } from '../ledger.ts';
import type { Parts } from '../parts.ts';
import { type Phone, receiveMessage } from '../phones.ts';
import { sendConfirmation } from './c2b.ts';
import { receiptText } from './messages.ts';
import { gatewayId } from './wire.ts';

/** A customer pays to the short code by hand, from the M-Pesa menu; undefined when the phone has too little money. */
export function payBill(
  parts: Parts,
  phone: Phone,
  { amount, accountReference }: { amount: number; accountReference: string },
): Debit | undefined {
  const { clock, ledger, random, settings } = parts;
  if (phone.balance < amount) return undefined;
  const at = clock.now();
  phone.balance -= amount;
  const ids = { trackingId: gatewayId(random), merchantReference: accountReference };
  const debit = ledger.enter({
    ...{ gateway: 'daraja', network: 'mpesa', currency: 'KES', charged: null, phone: phone.number, amount, at },
    ...{ ...ids, accountReference, checkoutRequestId: '', merchantRequestId: '', shortCode: settings.shortCode },
  });
  receiveMessage(phone, at, receiptText(debit, settings.merchant, phone.balance));
  sendConfirmation(parts, debit, settings.callbackDelayMs);
  parts.changed();
  return debit;
}
