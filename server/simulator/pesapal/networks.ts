import { type Random, randomFraction } from '../../../shared/random.ts';

/** A way of paying that Pesapal's page offers. */
export interface Network {
  /** As its customers call it. */
  title: string;
  /** `payment_method` in a status. TIGOTZ has been seen; the others follow its example. */
  method: string;
  /** How many digits its confirmation codes have; null: letters and digits, as M-Pesa's. */
  codeDigits: number | null;
}

const CARD_DIGITS = 22; // No number that a program could hold.

/** In the order of the page. HaloPesa stands in third parties' guides only. */
export const NETWORKS = {
  mpesa: { title: 'M-Pesa by Vodacom', method: 'MpesaTZ', codeDigits: null },
  mixx: { title: 'Mixx by Yas (formerly Tigo Pesa)', method: 'TIGOTZ', codeDigits: 14 },
  airtel: { title: 'Airtel Money', method: 'AirtelTZ', codeDigits: 14 },
  halopesa: { title: 'HaloPesa', method: 'HaloPesaTZ', codeDigits: 14 },
  card: { title: 'Card', method: 'Visa', codeDigits: CARD_DIGITS },
} as const satisfies Record<string, Network>;

export type NetworkName = keyof typeof NETWORKS;
export const NETWORK_NAMES = Object.keys(NETWORKS) as NetworkName[];

/** One of the sandbox's test cards. */
export interface Card {
  method: 'Visa' | 'MasterCard';
  declined: boolean;
  /** A Mastercard that paid an order in shillings was seen to be charged in dollars. */
  chargedInUsd: boolean;
}

/** Pesapal’s page TestPayments, those without a one-time code. */
export const CARDS: Record<string, Card> = {
  '4761739001010010': { method: 'Visa', declined: false, chargedInUsd: false },
  '5200000000000114': { method: 'MasterCard', declined: false, chargedInUsd: true },
  '4000000000001018': { method: 'Visa', declined: true, chargedInUsd: false },
};
export const CARD_NUMBERS = Object.keys(CARDS);

const SHILLINGS_TO_A_DOLLAR = 2_500; // As when TZS 1,000 became USD 0.4.

export function inDollars(shillings: number): { amount: number; currency: 'USD' } {
  return { amount: Math.round((shillings * 100) / SHILLINGS_TO_A_DOLLAR) / 100, currency: 'USD' };
}

/** `2556xxx47688`, `520000XXXXXX0007` */
export function maskAccount(account: string, network: NetworkName): string {
  return network === 'card'
    ? `${account.slice(0, 6)}XXXXXX${account.slice(-4)}`
    : `${account.slice(0, 4)}xxx${account.slice(-5)}`;
}

export function randomDigits(random: Random, count: number): string {
  let digits = String(1 + Math.floor(randomFraction(random) * 9));
  while (digits.length < count) digits += Math.floor(randomFraction(random) * 10);
  return digits;
}
