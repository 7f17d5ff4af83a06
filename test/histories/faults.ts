import type { FaultName } from '../../server/simulator/faults.ts';

/** How likely each misfortune is, each time that it could happen: first those that only Daraja's customers meet. */
export const DARAJAS_FAULTS = {
  /** On the way to the gateway and back. */
  'push lost': 0.03,
  'push answer lost': 0.03,
  'push answer slow': 0.1,
  'push answer after callback': 0.1,
  'odd push or callback': 0.1,
  /** What queries answer instead of the truth. */
  'query 4999': 0.1,
  'query 429': 0.1,
  'query 500': 0.1,
  'query denies': 0.1,
  'query slow': 0.1,
  /** Whatever is asked about this payment, and whenever: only where a statement can tell. */
  'query denies for ever': 0.05,
  /** What statements say instead of everything. */
  'statement empty': 0.1,
  'statement error': 0.1,
  'statement 429': 0.1,
  'statement slow': 0.1,
  'statement odd': 0.1,
  'callback with another amount': 0.02,
} as const;

/** Those of Pesapal's customers. */
export const PESAPALS_FAULTS = {
  /** On the way to the gateway and back. */
  'order lost': 0.03,
  'order answer lost': 0.03,
  'order answer slow': 0.1,
  'odd order': 0.1,
  'token refused': 0.03,
  /** What becomes of a payment on the page, or is told of it. */
  'odd payment': 0.25,
  /** What the status says instead of the truth. */
  'status says unpaid': 0.1,
  'status error': 0.1,
  'status slow': 0.1,
  /** What becomes of taking an order back. */
  'odd cancelling': 0.15,
  'cancelling answer lost': 0.1,
  /** Nobody at Pesapal ever looks at it. */
  'refund never approved': 0.2,
} as const;

/** Those that everybody meets. */
export const COMMON_FAULTS = {
  /** What becomes of giving money back. */
  'odd refund': 0.25,
  'refund answer lost': 0.2,
  'refund answer slow': 0.1,
  /** Somebody else gives it back at the gateway, and tells nobody. */
  'foreign reversal': 0.03,
  /** On the way of a callback to us. */
  'callback lost': 0.1,
  'callback repeated': 0.1,
  'callback late': 0.1,
  'callback out of order': 0.1,
  'callback malformed': 0.02,
  'forged callback': 0.02,
  /** On this machine. */
  'killed in the middle': 0.05,
  'killed while the gateway thinks': 0.05,
  'database busy': 0.02,
  'disk full': 0.002,
  'clock jumps': 0.02,
  /** Between us and a browser. */
  'answer to browser lost': 0.03,
  /** Of a whole history. */
  outage: 0.1,
} as const;

/** Only where a till is open: when the gateway is asked about money that was paid before. */
export const TILLS_FAULTS = {
  'claim lost': 0.1,
  'claim answer lost': 0.15,
  'claim answer slow': 0.15,
} as const;

export const FAULTS = { ...DARAJAS_FAULTS, ...PESAPALS_FAULTS, ...COMMON_FAULTS, ...TILLS_FAULTS };
export type FaultKind = keyof typeof FAULTS;

/** What one refund may meet of the simulator's own faults: its result fails, is lost, comes twice, or after a time-out. */
export const ODD_REFUNDS: readonly FaultName[] = [
  ...(['reversal-insufficient', 'reversal-not-allowed', 'reversal-initiator', 'reversal-unlisted'] as const),
  ...([
    'reversal-one-parameter',
    'reversal-strings',
    'reversal-timeout',
    'reversal-timeout',
    'reversal-silent',
  ] as const),
  ...(['reversal-twice', 'reversal-twice', 'reversal-reset', 'reversal-reset-silent', 'reversal-error'] as const),
  ...(['reversal-spike', 'reversal-already'] as const),
];

/** The same for statements, by the misfortune's name. */
export const ODD_STATEMENTS = [
  ['statement empty', 'statement-empty'],
  ['statement error', 'statement-error'],
  ['statement 429', 'statement-rate'],
  ['statement slow', 'statement-slow'],
  ['statement odd', 'statement-odd'],
] as const satisfies [FaultKind, FaultName][];

/** What one push may meet of the simulator's own faults: those after which somebody still tells the truth. */
export const ODD: readonly FaultName[] = [
  ...(['callback-without-balance', 'callback-reordered', 'callback-whole-amount', 'callback-balance-text'] as const),
  ...(['callback-masked-phone', 'callback-strings', 'callback-extra-keys', 'callback-then-failure'] as const),
  ...(['callback-wrong-ids', 'callback-no-items', 'callback-no-metadata', 'callback-without-receipt'] as const),
  ...(['callback-others-receipt', 'callback-not-json', 'answer-hangs', 'answer-reset', 'answer-error-paid'] as const),
  ...(['answer-busy-paid', 'answer-empty-paid', 'answer-without-id', 'answer-numeric-code'] as const),
  ...(['answer-reset-unpaid', 'refused-locked', 'refused-internal-error', 'refused-busy', 'refused-spike'] as const),
  ...(['refused-rate', 'refused-firewall', 'refused-xml', 'refused-code', 'token-expired', 'oauth-down'] as const),
];
