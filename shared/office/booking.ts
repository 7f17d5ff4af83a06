import * as v from 'valibot';
import { Money } from '../money.ts';
import { REASON_CODES } from '../reasons.ts';
import { NumericId, RandomId } from '../requests.ts';
import {
  BOOKING_STATES,
  BookingView,
  CHARGE_STATES,
  METHODS,
  PAYMENT_STATES,
  REFUND_REASONS,
  REFUND_STATES,
} from '../views.ts';
import { BoardShowing } from './board.ts';
import { SentMail } from './mail.ts';
import { Approval } from './people.ts';

const Instant = v.pipe(v.string(), v.isoTimestamp());
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const NOTE_MAX = 500;
const SEARCH_MAX = 80; // Letters: a name, and no more than a scanner reads.
const Note = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(3),
  v.maxLength(NOTE_MAX),
  v.regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Control characters'),
);

export const SearchText = v.pipe(v.string(), v.trim(), v.maxLength(SEARCH_MAX));
export const FOUND_BY = ['reference', 'ticket', 'receipt', 'phone', 'name'] as const;
export type FoundBy = (typeof FOUND_BY)[number];

/** A booking or a charge that fits what was typed. */
export const Found = v.object({
  kind: v.picklist(['booking', 'charge']),
  id: RandomId,
  foundBy: v.picklist(FOUND_BY),
  reference: v.string(),
  state: v.union([v.picklist(BOOKING_STATES), v.picklist(CHARGE_STATES)]),
  needsAttention: v.boolean(),
  /** The movie's, or what the charge is for. */
  title: v.string(),
  startsAt: v.nullable(Instant),
  screen: v.nullable(v.string()),
  quantity: Count,
  total: Money,
  customerName: v.nullable(v.string()),
  phone: v.nullable(v.string()),
  createdAt: Instant,
});
export type Found = v.InferOutput<typeof Found>;
export const SearchAnswer = v.object({ now: Instant, found: v.array(Found) });
export type SearchAnswer = v.InferOutput<typeof SearchAnswer>;

/** What can be done with a booking on its page. */
export const BOOKING_ACTIONS = ['resend', 'reprint', 'mail', 'move', 'cancel', 'refund'] as const;
export type BookingAction = (typeof BOOKING_ACTIONS)[number];

/** A booking as the people at the box office see it: with every payment, and what happened when. */
export const OfficeBooking = v.object({
  booking: BookingView,
  payments: v.array(
    v.object({
      paymentId: v.string(),
      method: v.picklist(METHODS),
      state: v.picklist(PAYMENT_STATES),
      amount: Money,
      phone: v.nullable(v.string()),
      startedAt: Instant,
      promptEndsAt: v.nullable(Instant),
      receiptNumber: v.nullable(v.string()),
      reason: v.nullable(v.picklist(REASON_CODES)),
    }),
  ),
  refunds: v.array(
    v.object({
      refundId: v.string(),
      amount: Money,
      state: v.picklist(REFUND_STATES),
      reason: v.picklist(REFUND_REASONS),
      decidedBy: v.nullable(v.string()),
      createdAt: Instant,
    }),
  ),
  /** What was sent to the customer's address, the newest first. */
  mails: v.array(SentMail),
  /** The address, masked; null where none is known. */
  email: v.nullable(v.string()),
  history: v.array(v.object({ at: Instant, who: v.string(), what: v.string() })),
  possible: v.array(v.picklist(BOOKING_ACTIONS)),
  /** When the phone may be asked again, if that is not now. */
  resendFrom: v.nullable(Instant),
});
export type OfficeBooking = v.InferOutput<typeof OfficeBooking>;
export const OfficeBookingAnswer = v.object({ booking: OfficeBooking });

/** Where a booking could go: the same venue and price, with room for it. */
export const MoveTargets = v.object({ showings: v.array(BoardShowing) });

export const ReasonRequest = v.object({ note: Note });
export const MoveRequest = v.object({ showingId: NumericId, note: Note });
export const ApprovedRequest = v.object({ note: Note, approval: v.optional(Approval) });
