import * as v from 'valibot';
import { Money } from '../money.ts';
import { REASON_CODES } from '../reasons.ts';
import { NumericId, RandomId } from '../requests.ts';
import { BOOKING_STATES, METHODS, PAYMENT_STATES } from '../views.ts';

const Instant = v.pipe(v.string(), v.isoTimestamp());
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** One showing as the board shows it: how full it is, and never how much money came in. */
export const BoardShowing = v.object({
  showingId: NumericId,
  version: Count,
  title: v.string(),
  screen: v.string(),
  startsAt: Instant,
  price: Money,
  capacity: Count,
  sold: Count,
  held: Count,
  left: Count,
  admitted: Count,
  cancelled: v.boolean(),
});
export type BoardShowing = v.InferOutput<typeof BoardShowing>;

/** What a showing has brought by each method. For supervisors: a cashier counts the drawer without knowing. */
export const Takings = v.object({
  showingId: NumericId,
  version: Count,
  byMethod: v.array(v.object({ method: v.picklist(METHODS), taken: Money })),
});
export type Takings = v.InferOutput<typeof Takings>;

/** A booking and how its payment goes. While it is held it is in progress; any other state ends that. */
export const BoardBooking = v.object({
  bookingId: RandomId,
  version: Count,
  reference: v.string(),
  state: v.picklist(BOOKING_STATES),
  showingId: NumericId,
  title: v.string(),
  startsAt: Instant,
  quantity: Count,
  total: Money,
  phone: v.nullable(v.string()),
  heldUntil: Instant,
  payment: v.nullable(
    v.object({
      gateway: v.picklist(METHODS),
      state: v.picklist(PAYMENT_STATES),
      promptEndsAt: v.nullable(Instant),
      reason: v.nullable(v.picklist(REASON_CODES)),
    }),
  ),
});
export type BoardBooking = v.InferOutput<typeof BoardBooking>;

export const BoardWatch = v.object({ venueId: NumericId });

/** The whole board. `tonight` goes from 06:00 to 06:00 where the venue is. */
export const BoardView = v.object({
  now: Instant,
  venueId: NumericId,
  tonight: v.object({ from: Instant, until: Instant }),
  showings: v.array(BoardShowing),
  bookings: v.array(BoardBooking),
});
export type BoardView = v.InferOutput<typeof BoardView>;
export const BoardAnswer = v.object({ board: BoardView, takings: v.optional(v.array(Takings)) });
export type BoardAnswer = v.InferOutput<typeof BoardAnswer>;

/** Rows that changed, as they stand now. */
export const BoardChange = v.object({
  now: Instant,
  venueId: NumericId,
  showings: v.array(BoardShowing),
  bookings: v.array(BoardBooking),
});
export type BoardChange = v.InferOutput<typeof BoardChange>;
export const TakingsChange = v.object({ venueId: NumericId, takings: v.array(Takings) });
export type TakingsChange = v.InferOutput<typeof TakingsChange>;
