import type { ReasonCode } from '../../../shared/reasons.ts';
import type { Outcome } from '../gateway.ts';
import { plainCode } from './read-envelope.ts';

const FAILED = '2'; // Pesapal's status_code, where the operator behind it gives no reason.

/** The operators' words are listed nowhere: only `request_terminated_by_user` was seen, the others are what one would call them. */
const REASONS: [pattern: RegExp, reason: ReasonCode][] = [
  [/terminated_by_user|cancel/i, 'cancelled_by_customer'],
  [/insufficient/i, 'insufficient_funds'],
  [/time_?d?_?out|expired/i, 'expired'],
];

/** The customer may try again at once: an order that failed takes part in nothing any more. */
export function failureOf(paymentStatusCode: string): Outcome {
  const [, reason] = REASONS.find(([pattern]) => pattern.test(paymentStatusCode)) ?? [];
  const code = plainCode(paymentStatusCode.trim()) || FAILED;
  return { outcome: 'failed', reason: reason ?? 'refused', code, retry: { after: 'now' } };
}
