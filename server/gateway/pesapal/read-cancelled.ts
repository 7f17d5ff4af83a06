import type { Cancelled } from '../gateway.ts';
import type { Called } from '../send-with-token.ts';
import { type Envelope, readEnvelope } from './read-envelope.ts';
import { type Certain, readNotAccepted } from './read-not-accepted.ts';

/** Concludes from CancelOrder's answer. What was cancelled may still turn out to be paid: a prompt can be open on the phone. */
export function readCancelled(called: Called): Cancelled {
  const envelope = called.result === 'answered' ? readEnvelope(called) : null;
  if (envelope !== null && envelope.code === '' && envelope.status === '200') return { answer: 'cancelled' };
  const not = readNotAccepted(called, refusalIn);
  return not.answer === 'refused' ? { answer: 'refused', why: not.code } : not;
}

/** It was paid, given back, or cancelled before. */
function refusalIn({ message }: Envelope): Certain | undefined {
  if (!/cannot be cancelled/i.test(message)) return undefined;
  return { reason: 'refused', code: 'cannot be cancelled', retry: { after: 'no' } };
}
