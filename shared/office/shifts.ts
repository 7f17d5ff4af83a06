import * as v from 'valibot';
import { CURRENCIES, Money } from '../money.ts';
import { NumericId } from '../requests.ts';
import { METHODS } from '../views.ts';
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
  approval: v.optional(Approval),
});
export type CountRequest = v.InferOutput<typeof CountRequest>;
/** `note`: why the drawer holds another sum than it should. */
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
