import type { Answered } from '../answer.ts';
import { NOT_REACHED, type NotAccepted, notAccepted, type Refusal, refused } from '../not-accepted.ts';
import type { Called } from '../send-with-token.ts';
import { describe, type Envelope, plainCode, readEnvelope } from './read-envelope.ts';
import { refusalOf } from './refusals.ts';

/** A refusal with the code by which staff will know it. */
export interface Certain extends Refusal {
  code: string;
}

/**
 * Concludes from whatever came instead of an acceptance. `refusalIn` finds what only one endpoint says; what neither it nor
 * our table knows is unknown, whatever HTTP says of it.
 */
export function readNotAccepted(called: Called, refusalIn: (envelope: Envelope) => Certain | undefined): NotAccepted {
  if (called.result === 'no_token') return refused(refusalOf(called.why) ?? NOT_REACHED, called.why);
  return notAccepted(called, answer => {
    const envelope = readEnvelope(answer);
    const certain = listed(envelope) ?? refusalIn(envelope) ?? tokenRefused(answer);
    return certain ? refused(certain, certain.code, answer) : { answer: 'unknown', why: describe(answer) };
  });
}

/** Without a token that it takes, Pesapal does nothing. */
function tokenRefused(answer: Answered): Certain | undefined {
  return answer.status === 401 ? { ...NOT_REACHED, code: describe(answer) } : undefined;
}

function listed({ code }: Envelope): Certain | undefined {
  const refusal = refusalOf(code);
  return refusal && { ...refusal, code: plainCode(code) };
}
