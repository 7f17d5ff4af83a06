import * as v from 'valibot';
import { CURRENCIES, Money } from '../money.ts';
import { NumericId } from '../requests.ts';
import { Approval } from './people.ts';
import { Reason, SaleView, Sum } from './till.ts';

const KINDS_OF_MONEY_MAX = 30; // Notes and coins of one currency.
const Instant = v.pipe(v.string(), v.isoTimestamp());

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
  /** What the card terminal says that it took, in minor units; without it nobody compares. */
  cardTotal: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  approval: v.optional(Approval),
});
export type CountRequest = v.InferOutput<typeof CountRequest>;
/** `note`: why drawer and books do not agree. */
export const SealRequest = v.object({ note: v.optional(Reason), approval: v.optional(Approval) });

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
/** One's own: the one that is open, and those that are counted and wait for their seal. */
export const OwnShiftsAnswer = v.object({ shift: v.nullable(ShiftView), waiting: v.array(ShiftView) });
export type OwnShifts = v.InferOutput<typeof OwnShiftsAnswer>;
export const ShiftsAnswer = v.object({ shifts: v.array(ShiftView) });

export const TillWatch = v.object({ venueId: NumericId });
/** The answer to `till:watch`: from then on `sale:changed` and `shift:changed` follow. */
export const TillWatched = v.object({ sales: v.array(SaleView), shift: v.nullable(ShiftView) });
export type TillWatched = v.InferOutput<typeof TillWatched>;

/** In the room of a venue, in namespace `/box-office`. */
export interface TillEvents {
  'sale:changed': (sale: SaleView) => void;
  'shift:changed': (shift: ShiftView) => void;
}
