import { type Currency, MINOR_UNITS, type Money } from '../../shared/money.ts';

const OFFERED_MAX = 4; // Keys F1 to F4.
/** The notes that people pay with, in whole shillings. */
const NOTES: Record<Currency, readonly number[]> = {
  KES: [50, 100, 200, 500, 1_000],
  TZS: [500, 1_000, 2_000, 5_000, 10_000],
  USD: [1, 5, 10, 20, 50, 100],
};

/** What people are likely to hand over who do not have it exactly: whole notes of one kind, the least first. */
export function roundSums({ amount, currency }: Money): Money[] {
  const sums = NOTES[currency].map(note => Math.ceil(amount / (note * MINOR_UNITS)) * note * MINOR_UNITS);
  const more = [...new Set(sums)].filter(sum => sum > amount).sort((one, other) => one - other);
  return more.slice(0, OFFERED_MAX).map(sum => ({ amount: sum, currency }));
}
