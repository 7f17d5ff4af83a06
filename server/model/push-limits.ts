import { addMs, later } from '../../shared/clock.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { PaymentState } from '../../shared/views.ts';
import { isUnresolved } from './payment.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const PUSHES_REMEMBERED_MS = 24 * HOUR_MS; // The longest of the limits below.

/** A stranger must not be bombed with prompts: at most so many pushes to one phone in so long. */
const LIMITS = [
  { pushes: 3, withinMs: 10 * MINUTE_MS, unanswered: false },
  { pushes: 10, withinMs: PUSHES_REMEMBERED_MS, unanswered: false },
  { pushes: 5, withinMs: PUSHES_REMEMBERED_MS, unanswered: true }, // After more, operators block the number for a day.
];

/** A push that may have reached the phone. */
export interface Push {
  startedAt: Date;
  amount: number;
  state: PaymentState;
  reason: ReasonCode | null;
}

/**
 * The instant from which `phone` may be pushed for `amount` again, given its pushes of the last 24 hours. Daraja refuses
 * the same amount to the same phone for two minutes (code 17) and locks the subscriber for one.
 */
export function nextPushAt(pushes: Push[], amount: number, retryAfterMs: number): Date {
  let from = new Date(0);
  for (const push of pushes)
    from = later(from, addMs(push.startedAt, push.amount === amount ? retryAfterMs : retryAfterMs / 2));
  for (const limit of LIMITS) from = later(from, whenBelow(limit, pushes));
  return from;
}

/** A limit is free again once its oldest push that fills it is old enough. */
function whenBelow({ pushes: most, withinMs, unanswered }: (typeof LIMITS)[number], pushes: Push[]): Date {
  const counted = pushes.filter(push => !unanswered || wasUnanswered(push));
  const times = counted.map(push => push.startedAt.getTime()).sort((one, other) => other - one);
  const oldest = times[most - 1];
  return oldest === undefined ? new Date(0) : addMs(new Date(oldest), withinMs);
}

function wasUnanswered({ state, reason }: Push): boolean {
  return isUnresolved(state) || reason === 'expired' || reason === 'phone_unreachable';
}
