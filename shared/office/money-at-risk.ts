import type { Currency, Money } from '../money.ts';
import type { ExceptionView } from './exceptions.ts';

/**
 * How much is not where it belongs, in each currency. A payment that waits for a person and the money that came for it are
 * one and the same: of the two only the larger counts.
 */
export function moneyAtRisk(exceptions: readonly ExceptionView[]): Money[] {
  const payments = new Map<string, { currency: Currency; asked: number; here: number }>();
  for (const { exceptionId, paymentId, amount } of exceptions) {
    const key = `${paymentId ?? exceptionId} ${amount.currency}`;
    const known = payments.get(key) ?? { currency: amount.currency, asked: 0, here: 0 };
    payments.set(key, known);
    if (exceptionId.startsWith('payment-')) known.asked += amount.amount;
    else known.here += amount.amount;
  }
  const sums = new Map<Currency, number>();
  for (const { currency, asked, here } of payments.values())
    sums.set(currency, (sums.get(currency) ?? 0) + Math.max(asked, here));
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}
