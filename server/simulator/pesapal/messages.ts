import { eatForPeople } from '../daraja/east-africa-time.ts';
import type { Debit, Reversal, Shillings } from '../ledger.ts';

/** What a phone is sent; each network has words of its own, here they share ours. */
export function paidText(debit: Debit, merchant: string, balance: number): string {
  const { receiptNumber, amount, currency, merchantReference, at } = debit;
  return `${receiptNumber} confirmed. You paid ${money(amount, currency)} to Pesapal for ${merchant}, reference ${merchantReference}, on ${eatForPeople(at)}. Your new balance is ${money(balance, currency)}.`;
}

export function reversedText(reversal: Reversal, currency: Shillings, merchant: string, balance: number): string {
  const { receiptNumber, originalReceiptNumber, amount, at } = reversal;
  return `${receiptNumber} confirmed. ${money(amount, currency)} of your payment ${originalReceiptNumber} to ${merchant} came back on ${eatForPeople(at)}. Your new balance is ${money(balance, currency)}.`;
}

function money(amount: number, currency: Shillings): string {
  return `${currency} ${amount.toLocaleString('en-KE')}`;
}
