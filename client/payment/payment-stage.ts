import type { Money } from '../../shared/money.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { GatewayName, PaymentView, RefundView } from '../../shared/views.ts';

const CHECK_AFTER_MS = 20_000; // Sooner, the person is still typing the PIN.
export const AT_ONCE = new Date(0);

/** Whose turn it is: the four things that a page can say. */
export type Turn = 'yours' | 'providers' | 'done' | 'failed';

export type PaymentStageName =
  | 'prompt'
  | 'page_opening' // The provider is making a page of its own for it.
  | 'hosted_page' // That page waits for the person.
  | 'silent' // The prompt is over and nobody answered.
  | 'unsure' // Nobody can say whether the request left.
  | 'failed'
  | 'review' // A person at the venue must look first.
  | 'refund_due'
  | 'refunded';

/** Where something stands for the one who pays. The instants say from when on something may be done; null is never. */
export interface Stage<Name extends string = string> {
  name: Name;
  turn: Turn;
  /** What the page counts down to. */
  endsAt: Date | null;
  payFrom: Date | null;
  checkFrom: Date | null;
}

/** A booking or a charge, as far as its money is concerned. */
export interface Payable {
  reference: string;
  amount: Money;
  gateways: GatewayName[];
  payment: PaymentView | null;
  refunds: RefundView[];
}

export const NOTHING = { endsAt: null, payFrom: null, checkFrom: null };
const WITH_PAGES: readonly GatewayName[] = ['pesapal'];
const AGAIN_NEEDS_LESS: readonly ReasonCode[] = ['amount_not_allowed'];

/** What is going on with the last payment for something that is not paid yet. */
export function stageOfPayment(payment: PaymentView, now: Date): Stage<PaymentStageName> {
  if (isUnderReview(payment)) return { ...NOTHING, name: 'review', turn: 'providers' };
  switch (payment.state) {
    case 'started':
    case 'pending':
      return atProvider(payment, now);
    case 'unknown':
      return { ...NOTHING, name: 'unsure', turn: 'providers', checkFrom: checkFrom(payment) };
    case 'failed':
      return { ...NOTHING, name: 'failed', turn: 'failed', payFrom: retryFrom(payment) };
    case 'paid': // A part of the price, at a till; or money that went back: the counter knows more than this page.
    case 'reversed':
      return { ...NOTHING, name: 'review', turn: 'providers' };
  }
}

/** What is going on with money that goes back. */
export function stageOfRefunds(refunds: RefundView[]): Stage<'refund_due' | 'refunded'> {
  const isBack = refunds.every(({ state }) => state === 'done');
  return isBack
    ? { ...NOTHING, name: 'refunded', turn: 'done' }
    : { ...NOTHING, name: 'refund_due', turn: 'providers' };
}

export function isPossible(from: Date | null, now: Date): boolean {
  return from !== null && from <= now;
}

/** Money may still arrive, or may have: nobody should pay again. */
export function isUnresolved(payment: PaymentView | null): payment is PaymentView {
  return payment !== null && ['started', 'unknown', 'pending'].includes(payment.state);
}

export const isUnderReview = (payment: PaymentView | null): boolean => payment?.reason?.code === 'under_review';
export const checkFrom = ({ startedAt }: PaymentView): Date => new Date(Date.parse(startedAt) + CHECK_AFTER_MS);

function atProvider(payment: PaymentView, now: Date): Stage<PaymentStageName> {
  const endsAt = payment.promptEndsAt === null ? null : new Date(payment.promptEndsAt);
  const waiting = { ...NOTHING, turn: 'providers', checkFrom: checkFrom(payment) } as const;
  if (endsAt !== null && endsAt <= now) return { ...waiting, name: 'silent' };
  if (payment.redirectUrl) return { ...waiting, name: 'hosted_page', turn: 'yours', endsAt };
  if (WITH_PAGES.some(gateway => gateway === payment.gateway)) return { ...waiting, name: 'page_opening' };
  return { ...waiting, name: 'prompt', turn: 'yours', endsAt };
}

function retryFrom({ reason, retryAfter }: PaymentView): Date | null {
  if (reason && AGAIN_NEEDS_LESS.includes(reason.code)) return null;
  return retryAfter === null ? AT_ONCE : new Date(retryAfter);
}
