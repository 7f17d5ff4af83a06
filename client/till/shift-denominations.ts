import { type Currency, MINOR_UNITS } from '../../shared/money.ts';

/** The notes and coins that are about, in whole units, the largest first. A value that is both is counted as one. */
const VALUES: Record<Currency, readonly number[]> = {
  KES: [1_000, 500, 200, 100, 50, 20, 10, 5, 1],
  TZS: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50],
  USD: [100, 50, 20, 10, 5, 1, 0.25, 0.1, 0.05, 0.01],
};

/** In minor units. */
export function denominationsOf(currency: Currency): number[] {
  return VALUES[currency].map(value => Math.round(value * MINOR_UNITS));
}
