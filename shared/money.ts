import * as v from 'valibot';

/** USD only as what a card was charged; nothing of ours has a price in it. */
export const CURRENCIES = ['KES', 'TZS', 'USD'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** An amount in minor units (cents): 50000 is KES 500. */
export const Money = v.object({
  amount: v.pipe(v.number(), v.safeInteger()),
  currency: v.picklist(CURRENCIES),
});
export type Money = v.InferOutput<typeof Money>;

export const MINOR_UNITS = 100; // Both shillings have cents on paper, and no coins for them.

export function wholeShillings(amount: number): number {
  return amount / MINOR_UNITS;
}

/** `KES 1,350`: prices are whole shillings; cents appear only if there are any. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const digits = amount % MINOR_UNITS === 0 ? 0 : 2;
  const number = wholeShillings(amount).toLocaleString(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${currency}\u00a0${number}`;
}
