import * as v from 'valibot';
import { Money } from '../money.ts';
import { NETWORKS } from '../networks.ts';
import { NumericId, RandomId } from '../requests.ts';
import {
  BOOKING_STATES,
  CHARGE_STATES,
  METHODS,
  PaymentView,
  REFUND_REASONS,
  REFUND_STATES,
  SALE_STATES,
  TICKET_STATES,
} from '../views.ts';
import { Approval } from './people.ts';

const LINES_MAX = 20; // Of one sale: more is two sales.
const REASON_MAX = 200;
const PURPOSE_MAX = 120; // It stands on a receipt.

const Instant = v.pipe(v.string(), v.isoTimestamp());
const Text = (least: number, most: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(least), v.maxLength(most), v.regex(/^[^\p{Cc}\p{Cs}]*$/u));
export const Reason = Text(3, REASON_MAX);
/** More than nothing, in whole cents. */
export const Sum = v.pipe(
  Money,
  v.check(({ amount }) => amount > 0, 'More than nothing'),
);

/** What is sold: places for somebody who stands here, a booking made before, or an amount with a purpose. */
export const LineRequest = v.union([
  v.object({ showingId: NumericId, quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) }),
  v.object({ bookingId: RandomId }),
  v.object({ amount: Sum, purpose: Text(1, PURPOSE_MAX) }),
]);
export type LineRequest = v.InferOutput<typeof LineRequest>;

/** `leave`: the prompt that is open is left behind; what it still brings goes back. */
const COMMON = { leave: v.optional(v.boolean()) };
/** Without an amount: all that is still to be paid. */
const SPLIT = { ...COMMON, amount: v.optional(Sum) };

/** How the customer pays, and what the cashier must say about it. */
export const TakingRequest = v.variant('method', [
  v.object({ method: v.literal('cash'), given: Sum, ...SPLIT }),
  /** `reference`: as the terminal's slip has it. */
  v.object({ method: v.literal('card'), reference: v.pipe(Text(4, 40), v.toUpperCase()), ...SPLIT }),
  v.object({ method: v.literal('complimentary'), reason: Reason, approval: v.optional(Approval), ...SPLIT }),
  v.object({ method: v.literal('daraja'), phone: Text(1, 24), ...SPLIT }),
  v.object({
    method: v.literal('pesapal'),
    phone: Text(1, 24),
    network: v.optional(v.nullable(v.picklist(NETWORKS))),
    ...SPLIT,
  }),
  /** The customer has paid to our number before; `receiptNumber` stands in their message. */
  v.object({
    method: v.literal('paid_before'),
    receiptNumber: v.pipe(v.string(), v.trim(), v.toUpperCase(), v.regex(/^[A-Z0-9]{6,20}$/)),
    ...COMMON,
  }),
]);
export type TakingRequest = v.InferOutput<typeof TakingRequest>;

/** One key for both: a lost answer is never a second sale, nor a second payment. */
export const SaleRequest = v.object({
  lines: v.pipe(v.array(LineRequest), v.minLength(1), v.maxLength(LINES_MAX)),
  payment: v.optional(TakingRequest),
});
export type SaleRequest = v.InferOutput<typeof SaleRequest>;

/** A word of a supervisor's, where one is needed; whoever is one already gives none. */
export const Approved = v.object({ approval: v.optional(Approval) });
export const ReprintRequest = v.object({ reason: Reason });

const Ticket = v.object({ ticketCode: v.string(), seat: v.nullable(v.string()), state: v.picklist(TICKET_STATES) });
const LINE = {
  reference: v.string(),
  total: Money,
  paid: Money,
  /** The customer's own page for it: to be shown as a QR code, or sent by hand. Nothing of ours sends messages. */
  url: v.string(),
};

export const SaleLine = v.variant('kind', [
  v.object({
    kind: v.literal('places'),
    bookingId: v.string(),
    state: v.picklist(BOOKING_STATES),
    showingId: v.number(),
    title: v.string(),
    startsAt: Instant,
    timeZone: v.string(),
    screen: v.string(),
    quantity: v.number(),
    /** When the places go back; null once they do not go back by themselves. */
    heldUntil: v.nullable(Instant),
    tickets: v.array(Ticket),
    ...LINE,
  }),
  v.object({
    kind: v.literal('charge'),
    chargeId: v.string(),
    state: v.picklist(CHARGE_STATES),
    purpose: v.string(),
    ...LINE,
  }),
]);
export type SaleLine = v.InferOutput<typeof SaleLine>;

/** `isLeft`: the cashier went on to another way; what it still brings goes back. */
export const SalePayment = v.object({
  ...PaymentView.entries,
  isLeft: v.boolean(),
  /** Of money paid before: the number that the cashier typed. */
  claimedNumber: v.nullable(v.string()),
  given: v.nullable(Money),
  change: v.nullable(Money),
});
export type SalePayment = v.InferOutput<typeof SalePayment>;

const SaleRefund = v.object({
  refundId: v.string(),
  method: v.picklist(METHODS),
  amount: Money,
  state: v.picklist(REFUND_STATES),
  reason: v.picklist(REFUND_REASONS),
});

export const SaleView = v.object({
  now: Instant,
  saleId: v.string(),
  reference: v.string(),
  version: v.number(),
  state: v.picklist(SALE_STATES),
  venueId: v.number(),
  shiftId: v.number(),
  cashier: v.string(),
  createdAt: Instant,
  total: Money,
  paid: Money,
  outstanding: Money,
  lines: v.array(SaleLine),
  /** The oldest first. */
  payments: v.array(SalePayment),
  refunds: v.array(SaleRefund),
});
export type SaleView = v.InferOutput<typeof SaleView>;

/** `left`: prompts that this payment left behind. What they still bring goes back, and the cashier should say so. */
export const TakingAnswer = v.object({
  sale: SaleView,
  payment: v.nullable(SalePayment),
  left: v.array(v.object({ paymentId: v.string(), phone: v.nullable(v.string()) })),
});
export type TakingAnswer = v.InferOutput<typeof TakingAnswer>;
export const SaleAnswer = v.object({ sale: SaleView });
export const SalesAnswer = v.object({ sales: v.array(SaleView) });
