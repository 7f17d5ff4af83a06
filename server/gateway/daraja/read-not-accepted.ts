import { type Answered, readJson } from '../answer.ts';
import { type NotAccepted, notAccepted, refused } from '../not-accepted.ts';
import type { Called } from '../send-with-token.ts';
import { describe, readFault } from './read-fault.ts';
import { refusalOf } from './refusals.ts';

/** Concludes from whatever came instead of an acceptance, of a push or of a reversal. */
export function readNotAccepted(called: Called): NotAccepted {
  return notAccepted(called, readAnswered);
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
  return refused(refusal, fault.code || 'fault', answer);
}
