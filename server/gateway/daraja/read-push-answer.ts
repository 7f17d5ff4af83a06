import * as v from 'valibot';
import { Code, Id, readJson } from '../answer.ts';
import type { Collected } from '../gateway.ts';
import type { Called } from '../send-with-token.ts';
import { readNotAccepted } from './read-not-accepted.ts';

const Accepted = v.object({
  ResponseCode: v.pipe(Code, v.literal('0')),
  CheckoutRequestID: Id,
  MerchantRequestID: Id,
});

/** Concludes from the push's answer: what was sent and is not understood is unknown, because a prompt may appear. */
export function readPushAnswer(called: Called): Collected {
  const body = called.result === 'answered' && called.status === 200 ? readJson(called.body) : undefined;
  const accepted = v.safeParse(Accepted, body);
  if (!accepted.success) return readNotAccepted(called);
  const { CheckoutRequestID, MerchantRequestID } = accepted.output;
  const ids = { trackingId: CheckoutRequestID, requestId: MerchantRequestID };
  return { answer: 'accepted', ids, redirectUrl: null };
}
