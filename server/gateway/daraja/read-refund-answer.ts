import * as v from 'valibot';
import { Code, Id, readJson } from '../answer.ts';
import type { RefundAnswer } from '../gateway.ts';
import type { Called } from '../send-with-token.ts';
import { readNotAccepted } from './read-not-accepted.ts';

const Accepted = v.object({ ResponseCode: v.pipe(Code, v.literal('0')), ConversationID: Id });

/** Concludes from the acknowledgement of a reversal: what was sent and is not understood is unknown, because money may move. */
export function readRefundAnswer(called: Called): RefundAnswer {
  const body = called.result === 'answered' && called.status === 200 ? readJson(called.body) : undefined;
  const accepted = v.safeParse(Accepted, body);
  if (accepted.success) return { answer: 'accepted', conversationId: accepted.output.ConversationID };
  const not = readNotAccepted(called);
  return not.answer === 'refused' ? { answer: 'refused', code: not.code, retry: not.retry } : not;
}
