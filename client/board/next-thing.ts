import type { BoardBooking } from '../../shared/office/board.ts';
import type { ReasonCode } from '../../shared/reasons.ts';

/** What a booking in progress waits for, in one word, and until when. */
export interface NextThing {
  what: 'unpaid' | 'sending' | 'pin' | 'asking' | 'unknown' | 'failed' | 'rest' | 'review' | 'reversed' | 'ending';
  until: Date;
  kind: 'wait' | 'bad' | 'plain';
  reason: ReasonCode | null;
}

/** By the server's clock: the prompt on a phone ends without anybody saying so. */
export function nextThing({ heldUntil, payment }: Pick<BoardBooking, 'heldUntil' | 'payment'>, now: Date): NextThing {
  const until = new Date(heldUntil);
  const next = (what: NextThing['what'], kind: NextThing['kind'], end = until): NextThing => ({
    ...{ what, kind, until: end, reason: what === 'failed' ? (payment?.reason ?? null) : null },
  });
  if (!payment) return until > now ? next('unpaid', 'plain') : next('ending', 'plain');
  if (payment.reason === 'under_review') return next('review', 'bad');
  const promptEndsAt = payment.promptEndsAt === null ? null : new Date(payment.promptEndsAt);
  switch (payment.state) {
    case 'started':
      return next('sending', 'wait');
    case 'unknown':
      return next('unknown', 'bad');
    case 'pending':
      return promptEndsAt !== null && promptEndsAt > now ? next('pin', 'wait', promptEndsAt) : next('asking', 'wait');
    case 'failed':
      return until > now ? next('failed', 'bad') : next('ending', 'plain');
    case 'paid':
      return next('rest', 'wait');
    case 'reversed':
      return next('reversed', 'bad');
  }
}
