import type { ReasonCode } from '../../shared/reasons.ts';
import type { Answered } from './answer.ts';
import type { Retry } from './gateway.ts';
import type { Called } from './send-with-token.ts';

const CODE_LENGTH_MAX = 40;
const RETRY_AFTER_SECONDS_MAX = 3_600; // Longer would be a mistake, or a date.

export interface Refusal {
  reason: ReasonCode;
  retry: Retry;
}

/** Refused: the gateway will do nothing. Unknown: it may. */
export type Refused = { answer: 'refused'; reason: ReasonCode; code: string; retry: Retry };
export type NotAccepted = Refused | { answer: 'unknown'; why: string };

export const NOT_REACHED: Refusal = { reason: 'gateway_unavailable', retry: { after: 'wait', seconds: 60 } };

/** Concludes from whatever came instead of an acceptance; what an answer means is the adapter's to say. */
export function notAccepted(called: Called, readAnswered: (answer: Answered) => NotAccepted): NotAccepted {
  switch (called.result) {
    case 'no_token':
      return refused(NOT_REACHED, called.why);
    case 'not_sent':
      return refused(NOT_REACHED, `not_sent:${called.why}`);
    case 'unanswered':
      return { answer: 'unknown', why: called.why };
    case 'answered':
      return readAnswered(called);
  }
}

/** Waits as long as the gateway itself asks for, where that is longer than our own wait. */
export function refused({ reason, retry }: Refusal, code: string, answer?: Answered): Refused {
  const patient = atLeast(retry, answer?.headers['retry-after']);
  return { answer: 'refused', reason, code: code.slice(0, CODE_LENGTH_MAX), retry: patient };
}

function atLeast(retry: Retry, retryAfter: string | undefined): Retry {
  const seconds = Number(retryAfter);
  if (retry.after !== 'wait' || !(seconds > retry.seconds)) return retry;
  return { after: 'wait', seconds: Math.min(Math.ceil(seconds), RETRY_AFTER_SECONDS_MAX) };
}
