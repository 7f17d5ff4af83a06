import { type Random, randomFraction } from '../../shared/random.ts';
import { eatDigits } from './daraja/east-africa-time.ts';
import { type NetworkName, randomDigits } from './pesapal/networks.ts';

export type GatewayName = 'daraja' | 'pesapal';
/** The money of our phones: of Kenya, and of Tanzania. */
export type Shillings = 'KES' | 'TZS';

/** Money that really left a phone: what every test compares our belief with. `amount` is in whole shillings. */
export interface Debit {
  receiptNumber: string;
  gateway: GatewayName;
  network: NetworkName;
  phone: string;
  amount: number;
  currency: Shillings;
  /** What a card was charged instead, where its bank took another currency; in major units. */
  charged: { amount: number; currency: 'USD' } | null;
  at: Date;
  /** Daraja: the CheckoutRequestID. Pesapal: the order_tracking_id. */
  trackingId: string;
  /** Daraja: the AccountReference. Pesapal: the merchant_reference. */
  merchantReference: string;
  /** This and what follows is Daraja's, and empty for Pesapal. */
  checkoutRequestId: string;
  merchantRequestId: string;
  accountReference: string;
  shortCode: string;
}

/** The same money back; `amount` is the whole of the debit, but for cards, of which a part can go back. */
export interface Reversal {
  receiptNumber: string;
  originalReceiptNumber: string;
  phone: string;
  amount: number;
  at: Date;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const RECEIPT_LENGTH = 10;
const YEAR_A = 2006; // Receipts begin with the year, the month and the day: 19 December 2019 was NLJ.

export interface Ledger {
  debits: readonly Debit[];
  reversals: readonly Reversal[];
  /** `digits`: how many the receipt number has; without it, it is M-Pesa's. */
  enter(debit: Omit<Debit, 'receiptNumber'>, digits?: number | null): Debit;
  reverse(debit: Debit, at: Date, amount?: number): Reversal;
  clear(): void;
}

export function createLedger(random: Random): Ledger {
  const debits: Debit[] = [];
  const reversals: Reversal[] = [];
  const used = new Set<string>();
  return {
    debits,
    reversals,
    enter(debit, digits = null) {
      const entered = { receiptNumber: unusedReceipt(random, debit.at, used, digits), ...debit };
      debits.push(entered);
      return entered;
    },
    reverse({ receiptNumber: originalReceiptNumber, phone, amount: whole }, at, amount = whole) {
      const reversal = { receiptNumber: unusedReceipt(random, at, used), originalReceiptNumber, phone, amount, at };
      reversals.push(reversal);
      return reversal;
    },
    clear() {
      reversals.length = 0;
      debits.length = 0; // Receipt numbers stay used: they are unique for ever.
    },
  };
}

function unusedReceipt(random: Random, at: Date, used: Set<string>, digits: number | null = null): string {
  const receipt = digits === null ? receiptNumber(random, at) : randomDigits(random, digits);
  if (used.has(receipt)) return unusedReceipt(random, at, used, digits);
  used.add(receipt);
  return receipt;
}

function receiptNumber(random: Random, at: Date): string {
  const day = eatDigits(at);
  let receipt =
    letter(Number(day.slice(0, 4)) - YEAR_A) + letter(Number(day.slice(4, 6)) - 1) + dayLetter(day.slice(6, 8));
  while (receipt.length < RECEIPT_LENGTH) receipt += letter(Math.floor(randomFraction(random) * LETTERS.length));
  return receipt;
}

function dayLetter(day: string): string {
  return day < '10' ? day.slice(1) : letter(Number(day) - 10);
}

function letter(index: number): string {
  return LETTERS[index % LETTERS.length] as string;
}
