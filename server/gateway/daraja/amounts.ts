import { type Money, wholeShillings } from '../../../shared/money.ts';

const SHILLINGS_MIN = 1; // Daraja portal, M-Pesa Express: of one payment.
const SHILLINGS_MAX = 250_000;

/** Whether one payment may be of this amount, and so one refund. */
export function isPayable({ amount, currency }: Money): boolean {
  const shillings = wholeShillings(amount);
  return currency === 'KES' && Number.isInteger(shillings) && shillings >= SHILLINGS_MIN && shillings <= SHILLINGS_MAX;
}
