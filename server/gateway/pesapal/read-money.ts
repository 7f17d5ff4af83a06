import { CURRENCIES, MINOR_UNITS, type Money } from '../../../shared/money.ts';

const CONFIRMATION_CODE = /^[\w./:+-]{1,40}$/; // M-Pesa's 10 letters and digits, Mixx's 14 digits, a card's 22; nobody promises them.
const NUMERIC = /^\d{1,12}(\.\d{1,9})?$/;
const AMOUNT_MAX = 1e12; // Up to there cents stay exact.

/** As text only: 22 digits do not survive as a number. Empty until something was paid. */
export function readConfirmationCode(code: unknown): string | null {
  return typeof code === 'string' && CONFIRMATION_CODE.test(code.trim()) ? code.trim() : null;
}

/** In cents; null for what is no amount, or in a currency of which we know nothing. */
export function readAmount(amount: unknown, currency: unknown): Money | null {
  const known = CURRENCIES.find(one => typeof currency === 'string' && one === currency.trim().toUpperCase());
  const units = typeof amount === 'string' && NUMERIC.test(amount.trim()) ? Number(amount) : amount;
  if (known === undefined || typeof units !== 'number' || !(units >= 0 && units < AMOUNT_MAX)) return null;
  return { amount: Math.round(units * MINOR_UNITS), currency: known };
}
