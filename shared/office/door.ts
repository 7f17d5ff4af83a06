import * as v from 'valibot';
import { NumericId } from '../requests.ts';
import { Approval } from './people.ts';

const CODE_MAX = 200; // A QR code may hold anything; a ticket's is at most 36 characters.
const PLACE_MAX = 80;
const REASON_MIN = 3;
const REASON_MAX = 500;
const PLAIN = /^[^\p{Cc}\p{Cs}]*$/u;

const Instant = v.pipe(v.string(), v.isoTimestamp());
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Code = v.pipe(v.string(), v.maxLength(CODE_MAX));

export const VERDICTS = [
  'admitted',
  'already_admitted',
  'wrong_showing',
  'void',
  'refunded',
  'unknown',
  'test_mode',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** `scanId`: drawn anew for each scan, so that asking again after a lost answer is no second admission. */
export const AdmissionRequest = v.object({
  code: Code,
  showingId: NumericId,
  scanId: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))),
  device: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(PLACE_MAX), v.regex(PLAIN))),
});
export type AdmissionRequest = v.InferOutput<typeof AdmissionRequest>;

/** Somebody was let in by mistake. A cashier needs a supervisor's approval. */
export const WithdrawalRequest = v.object({
  code: Code,
  showingId: NumericId,
  reason: v.pipe(v.string(), v.trim(), v.minLength(REASON_MIN), v.maxLength(REASON_MAX), v.regex(PLAIN)),
  approval: v.optional(Approval),
});
export type WithdrawalRequest = v.InferOutput<typeof WithdrawalRequest>;

/** A showing as the door sees it: how many have a ticket, and how many of them are in. */
export const DoorShowing = v.object({
  /** When this was read: of two, the later one counts. */
  now: Instant,
  showingId: NumericId,
  venueId: NumericId,
  title: v.string(),
  startsAt: Instant,
  timeZone: v.string(),
  venue: v.string(),
  screen: v.string(),
  cancelled: v.boolean(),
  sold: Count,
  admitted: Count,
});
export type DoorShowing = v.InferOutput<typeof DoorShowing>;

export const DoorAnswer = v.object({ now: Instant, showings: v.array(DoorShowing) });
export type DoorAnswer = v.InferOutput<typeof DoorAnswer>;

/** What became of one scan. `entry`: when, by whom and where this ticket was let in. */
export const AdmissionAnswer = v.object({
  now: Instant,
  verdict: v.picklist(VERDICTS),
  /** Null where the code is no ticket of ours. */
  ticket: v.nullable(
    v.object({
      reference: v.string(),
      seat: v.nullable(v.string()),
      /** For which showing it is good. */
      showing: v.object({
        showingId: NumericId,
        title: v.string(),
        startsAt: Instant,
        timeZone: v.string(),
        venue: v.string(),
        screen: v.string(),
      }),
      entry: v.nullable(v.object({ at: Instant, by: v.nullable(v.string()), where: v.nullable(v.string()) })),
    }),
  ),
  /** The showing at whose door it was shown, as it is now. */
  showing: DoorShowing,
});
export type AdmissionAnswer = v.InferOutput<typeof AdmissionAnswer>;

export const WithdrawalAnswer = v.object({ now: Instant, showing: DoorShowing });
export const DoorWatch = v.object({ venueId: NumericId });
