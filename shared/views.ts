import * as v from 'valibot';
import { CURRENCIES, Money } from './money.ts';
import { NETWORKS } from './networks.ts';
import { COUNTRIES } from './phone.ts';
import { REASON_CODES } from './reasons.ts';

export const GATEWAYS = ['daraja', 'pesapal'] as const;
export type GatewayName = (typeof GATEWAYS)[number];

/** Every way in which money, or a grant instead of it, reaches us: the gateways, and what only a counter takes. */
export const METHODS = [...GATEWAYS, 'cash', 'card', 'complimentary'] as const;
export type Method = (typeof METHODS)[number];

export const BOOKING_STATES = ['held', 'lapsed', 'cancelled', 'confirmed', 'refunded'] as const;
export const CHARGE_STATES = ['open', 'cancelled', 'paid', 'refunded'] as const;
export const PAYMENT_STATES = ['started', 'unknown', 'pending', 'failed', 'paid', 'reversed'] as const;
export const SALE_STATES = ['open', 'abandoned', 'paid'] as const;
export const TICKET_STATES = ['valid', 'admitted', 'void'] as const;
export const REFUND_STATES = ['due', 'requested', 'done', 'failed', 'unknown'] as const;
export const REFUND_REASONS = [
  'duplicate_payment',
  'late_payment',
  'showing_cancelled',
  'booking_cancelled',
  'overpaid',
  'abandoned_sale',
  'reversed',
  'staff_decision',
] as const;
export type BookingState = (typeof BOOKING_STATES)[number];
export type ChargeState = (typeof CHARGE_STATES)[number];
export type SaleState = (typeof SALE_STATES)[number];
export type PaymentState = (typeof PAYMENT_STATES)[number];
export type TicketState = (typeof TICKET_STATES)[number];
export type RefundState = (typeof REFUND_STATES)[number];
export type RefundReason = (typeof REFUND_REASONS)[number];

const Instant = v.pipe(v.string(), v.isoTimestamp());
const Contact = v.object({ address: v.string(), phone: v.string(), email: v.string() });
export type Contact = v.InferOutput<typeof Contact>;
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Seat = v.object({
  seat: v.string(),
  row: v.string(),
  column: v.number(),
  state: v.picklist(['free', 'held', 'sold', 'blocked']),
});

export const VenueView = v.object({
  venueId: Count,
  name: v.string(),
  city: v.string(),
  country: v.picklist(COUNTRIES),
  currency: v.picklist(CURRENCIES),
  timeZone: v.string(),
  ...Contact.entries,
  gateways: v.array(v.picklist(GATEWAYS)),
  charges: v.nullable(v.object({ least: Money, largest: Money })),
});
export type VenueView = v.InferOutput<typeof VenueView>;

export const ShowingView = v.object({
  showingId: Count,
  movieId: Count,
  title: v.string(),
  startsAt: Instant,
  timeZone: v.string(),
  venueId: Count,
  venue: v.string(),
  screen: v.string(),
  price: Money,
  capacity: Count,
  placesLeft: Count,
  cancelled: v.boolean(),
  version: Count,
  gateways: v.array(v.picklist(GATEWAYS)),
  seats: v.nullable(v.array(Seat)),
});
export type ShowingView = v.InferOutput<typeof ShowingView>;

export const MovieView = v.object({
  movieId: Count,
  title: v.string(),
  description: v.string(),
  imageUrl: v.string(),
  minutes: Count,
  rating: v.string(),
  showings: v.array(ShowingView),
});
export type MovieView = v.InferOutput<typeof MovieView>;

const RefundView = v.object({
  amount: Money,
  state: v.picklist(REFUND_STATES),
  reason: v.picklist(REFUND_REASONS),
});
export type RefundView = v.InferOutput<typeof RefundView>;

export const PaymentView = v.object({
  paymentId: v.string(),
  gateway: v.picklist(METHODS),
  /** With which one the customer said to pay, where the gateway serves several. */
  network: v.nullable(v.picklist(NETWORKS)),
  state: v.picklist(PAYMENT_STATES),
  amount: Money,
  phone: v.nullable(v.string()),
  startedAt: Instant,
  promptEndsAt: v.nullable(Instant),
  retryAfter: v.nullable(Instant),
  redirectUrl: v.nullable(v.string()),
  receiptNumber: v.nullable(v.string()),
  reason: v.nullable(v.object({ code: v.picklist(REASON_CODES), text: v.string() })),
});
export type PaymentView = v.InferOutput<typeof PaymentView>;

export const BookingView = v.object({
  now: Instant,
  bookingId: v.string(),
  reference: v.string(),
  version: Count,
  state: v.picklist(BOOKING_STATES),
  showing: v.object({
    showingId: Count,
    movieId: Count,
    title: v.string(),
    imageUrl: v.string(),
    startsAt: Instant,
    timeZone: v.string(),
    venueId: Count,
    venue: v.string(),
    screen: v.string(),
    cancelled: v.boolean(),
    /** When and where it was to be when the booking was made, if it was moved since. */
    movedFrom: v.nullable(v.object({ startsAt: Instant, screen: v.string() })),
  }),
  venueContact: Contact,
  /** Through which it can be paid. */
  gateways: v.array(v.picklist(GATEWAYS)),
  quantity: Count,
  seats: v.nullable(v.array(v.string())),
  total: Money,
  customerName: v.nullable(v.string()),
  phone: v.nullable(v.string()),
  heldUntil: v.nullable(Instant),
  payment: v.nullable(PaymentView),
  tickets: v.array(
    v.object({
      ticketCode: v.string(),
      seat: v.nullable(v.string()),
      state: v.picklist(TICKET_STATES),
      admittedAt: v.nullable(Instant),
    }),
  ),
  refunds: v.array(RefundView),
});
export type BookingView = v.InferOutput<typeof BookingView>;

export const ChargeView = v.object({
  now: Instant,
  chargeId: v.string(),
  reference: v.string(),
  version: Count,
  state: v.picklist(CHARGE_STATES),
  venueId: Count,
  venue: v.string(),
  timeZone: v.string(),
  venueContact: Contact,
  gateways: v.array(v.picklist(GATEWAYS)),
  amount: Money,
  purpose: v.string(),
  payment: v.nullable(PaymentView),
  refunds: v.array(RefundView),
});
export type ChargeView = v.InferOutput<typeof ChargeView>;

/** What the storefront fetches. */
export const MoviesAnswer = v.object({
  now: Instant,
  /** Of the programme: raised by every change that a person makes. */
  version: Count,
  movies: v.array(MovieView),
  testMode: v.boolean(),
});
export type MoviesAnswer = v.InferOutput<typeof MoviesAnswer>;
export const MovieAnswer = v.object({ movie: MovieView });
export const VenuesAnswer = v.object({ venues: v.array(VenueView) });
export const BookingAnswer = v.object({ booking: BookingView });
export const ChargeAnswer = v.object({ charge: ChargeView, payment: PaymentView });
export const PaymentAnswer = v.object({ payment: PaymentView, booking: BookingView });
export const LookupAnswer = v.object({ bookingId: v.string() });
