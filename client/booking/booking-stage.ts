import type { ReasonCode } from '../../shared/reasons.ts';
import type { BookingView, PaymentView } from '../../shared/views.ts';

const CHECK_AFTER_MS = 20_000; // Sooner, the person is still typing the PIN.
const BOOK_AGAIN_AFTER_MS = 600_000; // How long a payment nobody has heard of may still turn up on a lapsed booking.
const AT_ONCE = new Date(0);

/** Whose turn it is: the four things that a page can say. */
export type Turn = 'yours' | 'providers' | 'done' | 'failed';

export type StageName =
  | 'hold' // Nothing asked of the phone yet.
  | 'hold_over' // Our clock says it ended; the server has not said so yet.
  | 'prompt'
  | 'hosted_page' // The provider's own page waits for the person.
  | 'silent' // The prompt is over and nobody answered.
  | 'unsure' // Nobody can say whether the request left.
  | 'failed'
  | 'review' // A person at the venue must look first.
  | 'confirmed'
  | 'lapsed'
  | 'lapsed_unresolved'
  | 'cancelled'
  | 'cancelled_unresolved'
  | 'refund_due'
  | 'refunded';

/** Where a booking stands for its customer. The instants say from when on something may be done; null is never. */
export interface Stage {
  name: StageName;
  turn: Turn;
  /** What the page counts down to. */
  endsAt: Date | null;
  payFrom: Date | null;
  checkFrom: Date | null;
  bookAgainFrom: Date | null;
  mayCancel: boolean;
}

const NOTHING = { endsAt: null, payFrom: null, checkFrom: null, bookAgainFrom: null, mayCancel: false };
const AGAIN_NEEDS_FEWER: readonly ReasonCode[] = ['amount_not_allowed'];

/** The whole decision, from what the server last said and what time it is there. */
export function stageOf(booking: BookingView, now: Date): Stage {
  switch (booking.state) {
    case 'held':
      return held(booking, now);
    case 'lapsed':
      return over(booking, 'lapsed');
    case 'cancelled':
      return over(booking, 'cancelled');
    case 'confirmed':
      return { ...NOTHING, name: 'confirmed', turn: 'done' };
    case 'refunded':
      return refunding(booking);
  }
}

export function isPossible(from: Date | null, now: Date): boolean {
  return from !== null && from <= now;
}

/** Money may still arrive, or may have: nobody should pay again. */
export function isUnresolved(payment: PaymentView | null): payment is PaymentView {
  return payment !== null && ['started', 'unknown', 'pending'].includes(payment.state);
}

/** Whether something about this booking may still change by itself. */
export function isUnsettled({ state, payment }: BookingView): boolean {
  return state === 'held' || isUnresolved(payment);
}

function held(booking: BookingView, now: Date): Stage {
  const { payment } = booking;
  if (isUnderReview(payment)) return { ...NOTHING, name: 'review', turn: 'providers' };
  if (!payment) return waitingForYou(booking, now, 'hold', AT_ONCE);
  switch (payment.state) {
    case 'started':
    case 'pending':
      return atProvider(payment, now);
    case 'unknown':
      return { ...NOTHING, name: 'unsure', turn: 'providers', checkFrom: checkFrom(payment) };
    case 'failed':
      return waitingForYou(booking, now, 'failed', retryFrom(payment));
    case 'paid': // A part of the price, at a till; or money that went back: the counter knows more than this page.
    case 'reversed':
      return { ...NOTHING, name: 'review', turn: 'providers' };
  }
}

function waitingForYou({ heldUntil }: BookingView, now: Date, name: 'hold' | 'failed', payFrom: Date | null): Stage {
  const endsAt = heldUntil === null ? null : new Date(heldUntil);
  if (endsAt !== null && endsAt <= now) return { ...NOTHING, name: 'hold_over', turn: 'providers' };
  return { ...NOTHING, name, turn: name === 'hold' ? 'yours' : 'failed', endsAt, payFrom, mayCancel: true };
}

function atProvider(payment: PaymentView, now: Date): Stage {
  const endsAt = payment.promptEndsAt === null ? null : new Date(payment.promptEndsAt);
  const waiting = { ...NOTHING, turn: 'providers', checkFrom: checkFrom(payment) } as const;
  if (endsAt !== null && endsAt <= now) return { ...waiting, name: 'silent' };
  if (payment.redirectUrl) return { ...waiting, name: 'hosted_page', turn: 'yours', endsAt };
  return { ...waiting, name: 'prompt', turn: 'yours', endsAt };
}

/** The places are gone. What was paid, or may have been, decides what is said. */
function over(booking: BookingView, state: 'lapsed' | 'cancelled'): Stage {
  const { payment } = booking;
  if (booking.refunds.length > 0) return refunding(booking);
  if (isUnderReview(payment)) return { ...NOTHING, name: 'review', turn: 'providers' };
  if (!isUnresolved(payment))
    return { ...NOTHING, name: state, turn: state === 'lapsed' ? 'failed' : 'done', bookAgainFrom: AT_ONCE };
  const stage = {
    ...NOTHING,
    turn: 'providers',
    checkFrom: checkFrom(payment),
    bookAgainFrom: bookAgainFrom(payment),
  } as const;
  return { ...stage, name: `${state}_unresolved` };
}

function refunding({ refunds }: BookingView): Stage {
  const isBack = refunds.every(({ state }) => state === 'done');
  return isBack
    ? { ...NOTHING, name: 'refunded', turn: 'done', bookAgainFrom: AT_ONCE }
    : { ...NOTHING, name: 'refund_due', turn: 'providers' };
}

const isUnderReview = (payment: PaymentView | null) => payment?.reason?.code === 'under_review';
const checkFrom = ({ startedAt }: PaymentView) => new Date(Date.parse(startedAt) + CHECK_AFTER_MS);
const bookAgainFrom = ({ promptEndsAt, startedAt }: PaymentView) =>
  new Date(Date.parse(promptEndsAt ?? startedAt) + BOOK_AGAIN_AFTER_MS);

function retryFrom({ reason, retryAfter }: PaymentView): Date | null {
  if (reason && AGAIN_NEEDS_FEWER.includes(reason.code)) return null;
  return retryAfter === null ? AT_ONCE : new Date(retryAfter);
}
