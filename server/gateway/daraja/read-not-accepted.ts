import type { ReasonCode } from '../../../shared/reasons.ts';
import type { Retry } from '../gateway.ts';
import type { Called } from './call-daraja.ts';
import { type Answered, describe, readFault, readJson } from './read-answer.ts';
import { type Refusal, refusalOf } from './refusals.ts';

const CODE_LENGTH_MAX = 40;
const RETRY_AFTER_SECONDS_MAX = 3_600; // Longer would be a mistake, or a date.
const NOT_REACHED: Refusal = { reason: 'gateway_unavailable', retry: { after: 'wait', seconds: 60 } };

/** Refused: Daraja will do nothing. Unknown: it may. */
export type NotAccepted =
  | { answer: 'refused'; reason: ReasonCode; code: string; retry: Retry }
  | { answer: 'unknown'; why: string };

/** Concludes from whatever came instead of an acceptance, of a push or of a reversal. */
export function readNotAccepted(called: Called): NotAccepted {
  switch (called.result) {
    case 'no_token':
      return refused(NOT_REACHED, `oauth:${called.why}`);
    case 'not_sent':
      return refused(NOT_REACHED, `not_sent:${called.why}`);
    case 'unanswered':
      return { answer: 'unknown', why: called.why };
    case 'answered':
      return readAnswered(called);
  }
}

/**
 * The HTTP status decides only whether a request was accepted: the portal gives some refusals no status at all, and
 * others a 500. Unknown are therefore
 * - 200 with a ResponseCode other than 0: "not accepted", but no such code is documented, so none is known to be final;
 * - 200 without its ids: the callback's token will bring them, and half a name must never be compared;
 * - a firewall's page, 403 as well as 503: it also stands in for an origin that took the request and was slow to answer;
 * - 429 in any shape but the gateway's own fault.
 */
function readAnswered(answer: Answered): NotAccepted {
  const fault = readFault(readJson(answer.body));
  const refusal = refusalOf(fault);
  if (refusal === undefined) return { answer: 'unknown', why: describe(answer, fault) };
  return refused({ ...refusal, retry: atLeast(refusal.retry, answer.headers['retry-after']) }, fault.code || 'fault');
}

function refused({ reason, retry }: Refusal, code: string): NotAccepted {
  return { answer: 'refused', reason, code: code.slice(0, CODE_LENGTH_MAX), retry };
}

/** Waits as long as the gateway itself asks for, where that is longer than our table's wait. */
function atLeast(retry: Retry, retryAfter: string | undefined): Retry {
  const seconds = Number(retryAfter);
  if (retry.after !== 'wait' || !(seconds > retry.seconds)) return retry;
  return { after: 'wait', seconds: Math.min(Math.ceil(seconds), RETRY_AFTER_SECONDS_MAX) };
}
