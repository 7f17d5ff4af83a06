import * as v from 'valibot';
import { CURRENCIES, Money } from '../money.ts';
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
const KINDS_OF_MONEY_MAX = 30; // Notes and coins of one currency.

const Instant = v.pipe(v.string(), v.isoTimestamp());
const Text = (least: number, most: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(least), v.maxLength(most), v.regex(/^[^\p{Cc}\p{Cs}]*$/u));
const Reason = Text(3, REASON_MAX);
/** More than nothing, in whole cents. */
const Sum = v.pipe(
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

export const OpeningRequest = v.object({ venueId: v.optional(NumericId), float: Money });
export const MovementRequest = v.object({
  kind: v.picklist(['paid_in', 'paid_out', 'drop']),
  amount: Sum,
  reason: Reason,
  approval: v.optional(Approval),
});
export type MovementRequest = v.InferOutput<typeof MovementRequest>;
/** How many of each note and coin; `denomination` in minor units. */
export const CountRequest = v.object({
  counts: v.pipe(
    v.array(
      v.object({
        denomination: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
        count: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1_000_000)),
      }),
    ),
    v.maxLength(KINDS_OF_MONEY_MAX),
  ),
  approval: v.optional(Approval),
});
export type CountRequest = v.InferOutput<typeof CountRequest>;
/** `note`: why the drawer holds another sum than it should. */
export const SealRequest = v.object({ note: v.optional(Reason), approval: v.optional(Approval) });

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

/** Blind: nothing here says what the drawer should hold, nor what was taken by which method. */
export const ShiftView = v.object({
  now: Instant,
  shiftId: v.number(),
  version: v.number(),
  venueId: v.number(),
  cashier: v.string(),
  currency: v.picklist(CURRENCIES),
  state: v.picklist(['open', 'counted', 'sealed']),
  openedAt: Instant,
  countedAt: v.nullable(Instant),
  sealedAt: v.nullable(Instant),
});
export type ShiftView = v.InferOutput<typeof ShiftView>;
export const ShiftAnswer = v.object({ shift: v.nullable(ShiftView) });
export const ShiftsAnswer = v.object({ shifts: v.array(ShiftView) });

/** One sale, movement or other line behind a figure. */
const Behind = v.object({
  saleId: v.nullable(v.string()),
  reference: v.nullable(v.string()),
  what: v.string(),
  amount: v.number(),
  at: Instant,
  shiftId: v.nullable(v.number()),
});
export type Behind = v.InferOutput<typeof Behind>;
/** A sum in minor units, and what it is the sum of. */
export const Figure = v.object({ amount: v.number(), behind: v.array(Behind) });
export type Figure = v.InferOutput<typeof Figure>;

export const ReportView = v.object({
  now: Instant,
  kind: v.picklist(['x', 'z']),
  of: v.variant('what', [
    v.object({ what: v.literal('shift'), shiftId: v.number(), cashier: v.string() }),
    /** `online`: what no shift of this day has taken, such as money paid on customers' own phones. */
    v.object({ what: v.literal('day'), day: v.string(), shifts: v.array(v.number()) }),
  ]),
  venueId: v.number(),
  venue: v.string(),
  timeZone: v.string(),
  currency: v.picklist(CURRENCIES),
  from: Instant,
  to: Instant,
  /** What was received by each method; a grant is no money, and stands apart. */
  methods: v.array(v.object({ method: v.picklist(METHODS), taken: Figure })),
  granted: Figure,
  /** What the received money is for. */
  places: Figure,
  charges: Figure,
  goesBack: Figure,
  unallocated: Figure,
  /** Received by no shift: customers' own payments. Empty for a shift. */
  online: Figure,
  drawer: v.object({
    float: Figure,
    cashTaken: Figure,
    givenBack: Figure,
    paidIn: Figure,
    paidOut: Figure,
    drops: Figure,
    expected: v.number(),
    /** Null until it was counted. */
    counted: v.nullable(v.number()),
    difference: v.nullable(v.number()),
  }),
  /** Bookings and charges, receipts, drawer: what does not come to zero, with its name. */
  match: v.object({
    isZero: v.boolean(),
    differences: v.array(v.object({ name: v.string(), amount: v.number(), behind: v.array(Behind) })),
  }),
  notes: v.array(v.object({ by: v.string(), note: v.string() })),
  seal: v.nullable(v.object({ number: v.number(), hash: v.string(), previousHash: v.string(), by: v.string() })),
});
export type ReportView = v.InferOutput<typeof ReportView>;

export const TillWatch = v.object({ venueId: NumericId });
/** The answer to `till:watch`: from then on `sale:changed` and `shift:changed` follow. */
export const TillWatched = v.object({ sales: v.array(SaleView), shift: v.nullable(ShiftView) });
export type TillWatched = v.InferOutput<typeof TillWatched>;

/** In the room of a venue, in namespace `/box-office`. */
export interface TillEvents {
  'sale:changed': (sale: SaleView) => void;
  'shift:changed': (shift: ShiftView) => void;
}
