import type { PesapalFaultName } from '../../server/simulator/pesapal/faults.ts';

/** What one order may meet at Pesapal: its answer is lost or odd, it is refused, tokens and notification URLs are forgotten. */
export const ODD_ORDERS: readonly PesapalFaultName[] = [
  ...(['pesapal-answer-slow', 'pesapal-answer-hangs', 'pesapal-answer-reset', 'pesapal-answer-html'] as const),
  ...(['pesapal-answer-empty', 'pesapal-answer-hangs-unmade', 'pesapal-answer-reset-unmade'] as const),
  ...(['pesapal-answer-html-unmade', 'pesapal-answer-without-page', 'pesapal-answer-without-id'] as const),
  ...(['pesapal-answer-foreign-page', 'pesapal-refused-parameters', 'pesapal-refused-limit'] as const),
  ...(['pesapal-refused-unlisted', 'pesapal-refused-firewall', 'pesapal-refused-ipn-id'] as const),
  ...(['pesapal-token-401', 'pesapal-token-200', 'pesapal-token-500', 'pesapal-token-refused'] as const),
  ...(['pesapal-token-down', 'pesapal-token-credentials', 'pesapal-token-hour'] as const),
  ...(['pesapal-ipn-forgotten', 'pesapal-ipn-forgotten', 'pesapal-ipn-down', 'pesapal-ipn-url'] as const),
];

/** What one payment may meet there: how it ends, when it is told, how often, and in which words. */
export const ODD_PAYMENTS: readonly PesapalFaultName[] = [
  ...(['pesapal-failed-first', 'pesapal-failed-first', 'pesapal-late', 'pesapal-late', 'pesapal-late'] as const),
  ...(['pesapal-after-cancel', 'pesapal-after-cancel', 'pesapal-after-cancel'] as const),
  ...(['pesapal-dollars', 'pesapal-dollars', 'pesapal-limit', 'pesapal-silent', 'pesapal-tries-twice'] as const),
  ...(['pesapal-notified-four-times', 'pesapal-notified-again', 'pesapal-notified-late'] as const),
  ...(['pesapal-not-notified', 'pesapal-notified-early', 'pesapal-notified-after-back', 'pesapal-forged'] as const),
  ...(['pesapal-status-slow', 'pesapal-status-silence', 'pesapal-status-html', 'pesapal-status-hangs'] as const),
  ...(['pesapal-status-reset', 'pesapal-status-token', 'pesapal-status-rate', 'pesapal-status-upper'] as const),
  ...(['pesapal-status-old', 'pesapal-status-strings', 'pesapal-status-extra', 'pesapal-status-unlisted'] as const),
  ...(['pesapal-status-pending', 'pesapal-status-amount', 'pesapal-status-reference'] as const),
  ...(['pesapal-status-order', 'pesapal-status-without-code', 'pesapal-status-others-code'] as const),
];

export const ODD_CANCELLINGS: readonly PesapalFaultName[] = [
  ...(['pesapal-cancel-refused', 'pesapal-cancel-html', 'pesapal-cancel-html-done'] as const),
  ...(['pesapal-cancel-hangs', 'pesapal-cancel-reset'] as const),
];

export const ODD_REFUND_REQUESTS: readonly PesapalFaultName[] = [
  ...(['pesapal-refund-amount', 'pesapal-refund-already', 'pesapal-refund-parameters'] as const),
  ...(['pesapal-refund-html', 'pesapal-refund-html-done', 'pesapal-refund-hangs', 'pesapal-refund-reset'] as const),
];
