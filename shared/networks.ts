import type { Country } from './phone.ts';

/** The mobile money networks of Tanzania; on Pesapal's page one of them is chosen. */
export const NETWORKS = ['mpesa', 'mixx', 'airtel', 'halopesa'] as const;
export type Network = (typeof NETWORKS)[number];

interface NetworkMark {
  name: string;
  /** As people still call it. */
  formerly?: string;
  by: string;
  /** Of their own customers, when numbers were given out: numbers are portable, so this is a hint and no more. */
  prefixes: readonly string[];
}

/** Names and prefixes: google/libphonenumber, resources/carrier/en/255.txt, and the operators' own names of 2025. */
export const NETWORK_MARKS: Record<Network, NetworkMark> = {
  mpesa: { name: 'M-Pesa', by: 'Vodacom', prefixes: ['72', '74', '75', '76', '79'] },
  mixx: { name: 'Mixx by Yas', formerly: 'Tigo Pesa', by: 'Yas', prefixes: ['65', '67', '70', '71', '77'] },
  airtel: { name: 'Airtel Money', by: 'Airtel', prefixes: ['66', '68', '69', '78'] },
  halopesa: { name: 'HaloPesa', by: 'Halotel', prefixes: ['61', '62', '63'] },
};

/** The network that a number was given out by, as far as it is typed; null where it says nothing. */
export function likelyNetwork(typed: string, country: Country): Network | null {
  if (country !== 'TZ') return null;
  const national = typed.replace(/\D/g, '').replace(/^(00)?2550?|^0/, '');
  return NETWORKS.find(network => NETWORK_MARKS[network].prefixes.includes(national.slice(0, 2))) ?? null;
}
