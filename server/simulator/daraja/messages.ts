import type { Debit, Reversal } from '../ledger.ts';
import { eatForPeople } from './east-africa-time.ts';
import type { Push } from './push-request.ts';
import type { ResultCode } from './results.ts';

export function receiptText(debit: Debit, merchant: string, balance: number): string {
  const { receiptNumber, amount, accountReference, at } = debit;
  return `${receiptNumber} confirmed. You paid ${shillings(amount)} to ${merchant}, account ${accountReference}, on ${eatForPeople(at)}. Your new balance is ${shillings(balance)}.`;
}

export function refundText(reversal: Reversal, merchant: string, balance: number): string {
  const { receiptNumber, originalReceiptNumber, amount, at } = reversal;
  return `${receiptNumber} confirmed. Your payment ${originalReceiptNumber} of ${shillings(amount)} to ${merchant} was reversed on ${eatForPeople(at)}. Your new balance is ${shillings(balance)}.`;
}

/** Some failures reach the customer as a message, most are silent. */
export function failureText(code: ResultCode, { amount }: Push, merchant: string): string | undefined {
  switch (code) {
    case '1':
      return `Failed. You do not have enough money to pay ${shillings(amount)} to ${merchant}.`;
    case '2001':
      return 'Failed. You entered a wrong PIN.';
    case '8006':
      return 'Your PIN is locked after three wrong tries. Nothing was paid.';
    default:
      return undefined;
  }
}

function shillings(amount: number): string {
  return `KES ${amount.toLocaleString('en-KE')}.00`;
}
