import * as v from 'valibot';
import { CURRENCIES, type Currency, Money } from '../money.ts';
import { Closing, LookupRequest, NumericId, RandomId, RefundClosing, RefundDecision } from '../requests.ts';
import { BOOKING_STATES, CHARGE_STATES, METHODS, REFUND_REASONS, SALE_STATES } from '../views.ts';
import { Approval } from './people.ts';

const Instant = v.pipe(v.string(), v.isoTimestamp());

/** From here on a decision takes two people: in minor units, about a month's wage of whoever could be tempted. */
export const SECOND_PERSON_FROM: Record<Currency, number> = { KES: 1_000_000, TZS: 20_000_000, USD: 10_000 };

export const needsSecondPerson = ({ amount, currency }: Money): boolean => amount >= SECOND_PERSON_FROM[currency];

export const EXCEPTION_KINDS = [
  'unknown_outcome',
  'under_review',
  'contradiction',
  'unmatched_money',
  'underpaid',
  'overpaid',
  'refund_due',
  'refund_uncertain',
  'reversed_after_admission',
] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

/**
 * What can be done about an exception. `check`: ask the gateway now. `place`: seat them after all. `apply`: it is what was
 * asked for. `match`: it is for something else. `refund`: it goes back. `send`: have the gateway give it back. `paid_out`:
 * it went back by hand, or somebody has found out that it is back. `not_back`: somebody has found out that it is not.
 * `reverse`: the gateway took it back. `close`: nothing more is to be done.
 */
export const EXCEPTION_ACTIONS = [
  'check',
  'place',
  'apply',
  'match',
  'refund',
  'send',
  'paid_out',
  'not_back',
  'reverse',
  'close',
] as const;
export type ExceptionAction = (typeof EXCEPTION_ACTIONS)[number];

/** What happens by itself, if nobody does anything. */
export const EXPECTATIONS = ['asked_again', 'result_awaited', 'nothing'] as const;

/** One thing that a person must look at. It is about a booking, a charge, a sale, or money that is nobody's. */
export const ExceptionView = v.object({
  exceptionId: v.string(),
  kind: v.picklist(EXCEPTION_KINDS),
  amount: Money,
  /** What was asked for, where that is something else. */
  asked: v.nullable(Money),
  since: Instant,
  /** What the system will still do by itself, as a sentence, and as a page may say it in its own words. */
  next: v.string(),
  expects: v.object({ what: v.picklist(EXPECTATIONS), at: v.nullable(Instant) }),
  /** Why it is to go back. */
  reason: v.nullable(v.picklist(REFUND_REASONS)),
  method: v.picklist(METHODS),
  /** Null: money that is nobody's is of no venue. */
  venueId: v.nullable(NumericId),
  venue: v.nullable(v.string()),
  bookingId: v.nullable(RandomId),
  chargeId: v.nullable(RandomId),
  saleId: v.nullable(RandomId),
  reference: v.nullable(v.string()),
  phone: v.nullable(v.string()),
  paymentId: v.nullable(RandomId),
  receiptId: v.nullable(NumericId),
  receiptNumber: v.nullable(v.string()),
  refundId: v.nullable(RandomId),
  actions: v.array(v.picklist(EXCEPTION_ACTIONS)),
  /** Every decision about so much takes a second person. */
  secondPerson: v.boolean(),
});
export type ExceptionView = v.InferOutput<typeof ExceptionView>;

export const ExceptionsWatch = v.object({ venueId: v.optional(NumericId) });
export const ExceptionsAnswer = v.object({ now: Instant, exceptions: v.array(ExceptionView) });

/**
 * Where things of one venue, or money of none, stand now: `exceptions` takes the place of whatever was said before about
 * the ids in `about`, or about all of the venue where that is null.
 */
export const ExceptionChange = v.object({
  now: Instant,
  venueId: v.nullable(NumericId),
  about: v.nullable(v.array(v.string())),
  exceptions: v.array(ExceptionView),
});
export type ExceptionChange = v.InferOutput<typeof ExceptionChange>;

/** What a change may name: a booking, a charge, a sale or a receipt. */
export function isAbout({ bookingId, chargeId, saleId, receiptId }: ExceptionView, ids: readonly string[]): boolean {
  return [bookingId, chargeId, saleId, receiptId].some(id => id !== null && ids.includes(String(id)));
}

const EvidenceLine = v.object({ at: Instant, who: v.string(), what: v.string() });
export const ExceptionDetails = v.object({
  now: Instant,
  exception: v.object({ ...ExceptionView.entries, evidence: v.array(EvidenceLine) }),
});
export type ExceptionDetails = v.InferOutput<typeof ExceptionDetails>;

/** Where the money of an equation is, and all of it together. */
export const EQUATION_TERMS = ['received', 'applied', 'due', 'refunded', 'unallocated'] as const;
export type EquationTerm = (typeof EQUATION_TERMS)[number];

/** Of one venue, or of money that is nobody's, in one currency, in minor units: received is the sum of the other four. */
export const Equation = v.object({
  venueId: v.nullable(NumericId),
  venue: v.nullable(v.string()),
  currency: v.picklist(CURRENCIES),
  received: v.number(),
  applied: v.number(),
  due: v.number(),
  refunded: v.number(),
  unallocated: v.number(),
  /** Receipts that do not come to their own amount: none, or something is badly wrong. */
  broken: v.number(),
});
export type Equation = v.InferOutput<typeof Equation>;

export const EQUATION_SPANS = ['day', 'all'] as const;
export type EquationSpan = (typeof EQUATION_SPANS)[number];
export const EquationAnswer = v.object({ now: Instant, of: v.picklist(EQUATION_SPANS), equations: v.array(Equation) });

export function holds({ received, applied, due, refunded, unallocated, broken }: Equation): boolean {
  return broken === 0 && received === applied + due + refunded + unallocated;
}

export const EquationReceipt = v.object({
  receiptId: NumericId,
  number: v.nullable(v.string()),
  method: v.picklist(METHODS),
  at: Instant,
  reference: v.nullable(v.string()),
  bookingId: v.nullable(RandomId),
  /** All of it, and what of it is in the term that was asked for. */
  amount: v.number(),
  part: v.number(),
});
export const EquationReceipts = v.object({ receipts: v.array(EquationReceipt) });
export type EquationReceipt = v.InferOutput<typeof EquationReceipt>;

export const EquationQuery = v.object({
  of: v.optional(v.picklist(EQUATION_SPANS), 'day'),
  venueId: v.optional(v.pipe(v.string(), v.transform(Number), NumericId)),
});
/** `venueId` is missing: of money that is nobody's. `broken`: of receipts that do not add up. */
export const EquationReceiptsQuery = v.object({
  ...EquationQuery.entries,
  currency: v.picklist(CURRENCIES),
  term: v.picklist([...EQUATION_TERMS, 'broken']),
});

/** Something that money may be for, found by its reference. */
export const MatchView = v.object({
  kind: v.picklist(['booking', 'charge', 'sale']),
  reference: v.string(),
  state: v.union([v.picklist(BOOKING_STATES), v.picklist(CHARGE_STATES), v.picklist(SALE_STATES)]),
  /** The movie's, or what the charge is for. */
  title: v.nullable(v.string()),
  startsAt: v.nullable(Instant),
  timeZone: v.string(),
  venue: v.string(),
  total: Money,
  outstanding: Money,
  phone: v.nullable(v.string()),
});
export type MatchView = v.InferOutput<typeof MatchView>;
export const MatchAnswer = v.object({ match: MatchView });
export const CheckAnswer = v.object({ asked: v.boolean() });

const approved = { approval: v.optional(Approval) };

/** A decision, and the word of the second person where it takes two. */
export const ApprovedOnly = v.object(approved);
export const ApprovedClosing = v.object({ ...Closing.entries, ...approved });
export const ApprovedRefundClosing = v.object({ ...RefundClosing.entries, ...approved });
export const ApprovedRefundDecision = v.intersect([RefundDecision, ApprovedOnly]);

/**
 * `booking`: it is what its payment asked for, whatever the sum. `match`: it is for the booking, charge or sale with this
 * reference. `refund`: it goes back; money that is nobody's does so in the books of a venue. `closed`: dealt with outside.
 */
export const ReceiptResolution = v.object({
  ...ApprovedClosing.entries,
  as: v.picklist(['booking', 'match', 'refund', 'closed']),
  reference: v.optional(LookupRequest.entries.reference),
  venueId: v.optional(NumericId),
});
