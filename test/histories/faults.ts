import type { FaultName } from '../../server/simulator/faults.ts';

/** How likely each misfortune is, each time that it could happen. */
export const FAULTS = {
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
  /** On the way of a callback to us. */
  'callback lost': 0.1,
  'callback repeated': 0.1,
  'callback late': 0.1,
  'callback out of order': 0.1,
  'callback malformed': 0.01,
  'callback with another amount': 0.005,
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
export type FaultKind = keyof typeof FAULTS;

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
