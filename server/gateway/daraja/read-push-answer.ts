import * as v from 'valibot';
import type { Collected, Retry } from '../gateway.ts';
import type { Called } from './call-daraja.ts';
import { type Answered, Code, describe, Id, readFault, readJson } from './read-answer.ts';
import { type Refusal, refusalOf } from './refusals.ts';

const CODE_LENGTH_MAX = 40;
const RETRY_AFTER_SECONDS_MAX = 3_600; // Longer would be a mistake, or a date.
const NOT_REACHED: Refusal = { reason: 'gateway_unavailable', retry: { after: 'wait', seconds: 60 } };

const Accepted = v.object({
  ResponseCode: v.pipe(Code, v.literal('0')),
  CheckoutRequestID: Id,
  MerchantRequestID: Id,
});

/** Concludes from the push's answer: what was sent and is not understood is unknown, because a prompt may appear. */
export function readPushAnswer(called: Called): Collected {
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
 * The HTTP status decides only whether a push was accepted: the portal gives some refusals no status at all, and others
 * a 500. Unknown are therefore
 * - 200 with a ResponseCode other than 0: "not accepted", but no such code is documented, so none is known to be final;
 * - 200 without one of the two ids: the callback's token will bring both, and half a name must never be compared;
 * - a firewall's page, 403 as well as 503: it also stands in for an origin that took the request and was slow to answer;
 * - 429 in any shape but the gateway's own fault.
 */
function readAnswered(answer: Answered): Collected {
  const body = readJson(answer.body);
  const accepted = v.safeParse(Accepted, body);
  if (answer.status === 200 && accepted.success) {
    const { CheckoutRequestID, MerchantRequestID } = accepted.output;
    return { answer: 'accepted', ids: { checkoutRequestId: CheckoutRequestID, merchantRequestId: MerchantRequestID } };
  }
  const fault = readFault(body);
  const refusal = refusalOf(fault);
  if (refusal === undefined) return { answer: 'unknown', why: describe(answer, fault) };
  return refused({ ...refusal, retry: atLeast(refusal.retry, answer.headers['retry-after']) }, fault.code || 'fault');
}

function refused({ reason, retry }: Refusal, code: string): Collected {
  return { answer: 'refused', reason, code: code.slice(0, CODE_LENGTH_MAX), retry };
}

/** Waits as long as the gateway itself asks for, where that is longer than our table's wait. */
function atLeast(retry: Retry, retryAfter: string | undefined): Retry {
  const seconds = Number(retryAfter);
  if (retry.after !== 'wait' || !(seconds > retry.seconds)) return retry;
  return { after: 'wait', seconds: Math.min(Math.ceil(seconds), RETRY_AFTER_SECONDS_MAX) };
}
