import { MINOR_UNITS, type Money } from '../../../shared/money.ts';

const RECEIPT_NUMBER = /^[A-Z0-9]{6,20}$/; // Ten so far; nobody promises ten.
const SHILLINGS = /^(\d{1,12})(?:\.(\d{1,2}))?$/; // In text, because 0.29 × 100 is not 29; 12 digits stay exact as cents.

export function readReceiptNumber(value: unknown): string | null {
  return typeof value === 'string' && RECEIPT_NUMBER.test(value.trim()) ? value.trim() : null;
}

/** `1350`, `1350.00` and `"1350.00"` are the same; what is not a whole number of cents is no amount. */
export function readAmount(value: unknown): Money | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const [, shillings, cents = ''] = SHILLINGS.exec(String(value).trim()) ?? [];
  if (shillings === undefined) return null;
  return { amount: Number(shillings) * MINOR_UNITS + Number(cents.padEnd(2, '0')), currency: 'KES' };
}
