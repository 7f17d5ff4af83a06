import * as v from 'valibot';
import { LANGUAGES } from './language.ts';
import { PURPOSE_MAX } from './limits.ts';
import { Money } from './money.ts';
import { NETWORKS } from './networks.ts';

const NAME_MAX = 80;
const PHONE_MAX = 24; // As people write it: spaces, dashes, a plus.
const EMAIL_MAX = 254; // RFC 5321.

/** A database id as it stands in a path; what cannot be one is simply not found. */
export const NumericId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** The ids that we draw ourselves: 128 bits in lower-case hex. */
export const RandomId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
export const IdempotencyKey = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{16,64}$/));

const Text = (most: number) =>
  v.pipe(v.string(), v.trim(), v.maxLength(most), v.regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Control characters')); // Cs: half a letter.

/** `quantity` has no upper bound here: too many places is a problem of its own. */
export const BookingRequest = v.object({
  showingId: NumericId,
  quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  customerName: v.optional(v.nullable(Text(NAME_MAX))),
  phone: v.optional(v.nullable(Text(PHONE_MAX))),
  email: v.optional(v.nullable(v.pipe(Text(EMAIL_MAX), v.union([v.literal(''), v.pipe(v.string(), v.email())])))),
  /** In which we write to the customer; without it, as the header Accept-Language says. */
  language: v.optional(v.nullable(v.picklist(LANGUAGES))),
});
export type BookingRequest = v.InferOutput<typeof BookingRequest>;

/** `network`: with which of them, where a gateway serves several. */
export const PaymentRequest = v.object({
  gateway: v.string(),
  phone: Text(PHONE_MAX),
  network: v.optional(v.nullable(v.picklist(NETWORKS))),
});
export type PaymentRequest = v.InferOutput<typeof PaymentRequest>;

/** An amount and what it is for, with everything that a first payment for it needs. */
export const ChargeRequest = v.object({
  venueId: NumericId,
  amount: Money,
  purpose: v.pipe(Text(PURPOSE_MAX), v.minLength(1)),
  ...PaymentRequest.entries,
});
export type ChargeRequest = v.InferOutput<typeof ChargeRequest>;

export const LookupRequest = v.object({
  reference: v.pipe(v.string(), v.trim(), v.toUpperCase(), v.minLength(6), v.maxLength(8)),
  phone: Text(PHONE_MAX),
});
export type LookupRequest = v.InferOutput<typeof LookupRequest>;

export const BookingWatch = v.object({ bookingId: RandomId });
export const ChargeWatch = v.object({ chargeId: RandomId });
export const ShowingWatch = v.object({ showingId: NumericId });

const NOTE_MAX = 500;

const Note = v.pipe(Text(NOTE_MAX), v.minLength(3));

/** A person's decisions about money always say why. */
export const RefundDecision = v.pipe(
  v.object({ bookingId: v.optional(RandomId), chargeId: v.optional(RandomId), note: Note }),
  v.forward(
    v.check(one => (one.bookingId === undefined) !== (one.chargeId === undefined), 'A booking or a charge'),
    ['bookingId'],
  ),
);
export const RefundClosing = v.object({ state: v.picklist(['done', 'failed']), proof: Note });
export const Closing = v.object({ note: Note });
