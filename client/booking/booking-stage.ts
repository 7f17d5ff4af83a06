import type { BookingView, PaymentView } from '../../shared/views.ts';
import {
  AT_ONCE,
  checkFrom,
  isUnderReview,
  isUnresolved,
  NOTHING as NOTHING_TO_PAY,
  type PaymentStageName,
  type Stage as StageOf,
  stageOfPayment,
  stageOfRefunds,
} from '../payment/payment-stage.ts';

const BOOK_AGAIN_AFTER_MS = 600_000; // How long a payment nobody has heard of may still turn up on a lapsed booking.

export type StageName =
  | PaymentStageName
  | 'hold' // Nothing asked of the phone yet.
  | 'hold_over' // Our clock says it ended; the server has not said so yet.
  | 'confirmed'
  | 'lapsed'
  | 'lapsed_unresolved'
  | 'cancelled'
  | 'cancelled_unresolved';

/** Where a booking stands for its customer. */
export interface Stage extends StageOf<StageName> {
  bookAgainFrom: Date | null;
  mayCancel: boolean;
}

const NOTHING = { ...NOTHING_TO_PAY, bookAgainFrom: null, mayCancel: false };

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

/** Whether something about this booking may still change by itself. */
export function isUnsettled({ state, payment }: BookingView): boolean {
  return state === 'held' || isUnresolved(payment);
}

/** An order that waits on a page of the gateway's own can be taken back; a prompt on a phone cannot. */
function held(booking: BookingView, now: Date): Stage {
  const { payment } = booking;
  if (!payment) return waitingForYou(booking, now, { ...NOTHING, name: 'hold', turn: 'yours', payFrom: AT_ONCE });
  const stage = { ...NOTHING, ...stageOfPayment(payment, now) };
  if (stage.name === 'failed') return waitingForYou(booking, now, stage);
  return { ...stage, mayCancel: stage.name === 'hosted_page' };
}

function waitingForYou({ heldUntil }: BookingView, now: Date, stage: Stage): Stage {
  const endsAt = heldUntil === null ? null : new Date(heldUntil);
  if (endsAt !== null && endsAt <= now) return { ...NOTHING, name: 'hold_over', turn: 'providers' };
  return { ...stage, endsAt, mayCancel: true };
}

/** The places are gone. What was paid, or may have been, decides what is said. */
function over(booking: BookingView, state: 'lapsed' | 'cancelled'): Stage {
  const { payment } = booking;
  if (booking.refunds.length > 0) return refunding(booking);
  if (isUnderReview(payment)) return { ...NOTHING, name: 'review', turn: 'providers' };
  if (!isUnresolved(payment))
    return { ...NOTHING, name: state, turn: state === 'lapsed' ? 'failed' : 'done', bookAgainFrom: AT_ONCE };
  const again = { checkFrom: checkFrom(payment), bookAgainFrom: bookAgainFrom(payment) };
  return { ...NOTHING, ...again, name: `${state}_unresolved`, turn: 'providers' };
}

function refunding({ refunds }: BookingView): Stage {
  const stage = stageOfRefunds(refunds);
  return { ...NOTHING, ...stage, bookAgainFrom: stage.name === 'refunded' ? AT_ONCE : null };
}

const bookAgainFrom = ({ promptEndsAt, startedAt }: PaymentView) =>
  new Date(Date.parse(promptEndsAt ?? startedAt) + BOOK_AGAIN_AFTER_MS);
