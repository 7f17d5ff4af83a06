import * as v from 'valibot';
import { CURRENCIES } from '../money.ts';
import { METHODS, REFUND_REASONS, REFUND_STATES } from '../views.ts';

const Instant = v.pipe(v.string(), v.isoTimestamp());

/** What a till's journal tells. */
export const JOURNAL_KINDS = [
  'shift_opened',
  'cash_taken',
  'cash_given_back',
  'card_taken',
  'complimentary_granted',
  'paid_in',
  'paid_out',
  'drop',
  'sale_abandoned',
  'reprinted',
  'counted',
  'sealed',
] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

/** Where bookings and charges, receipts, and the drawer can fail to tell one story. */
export const DIFFERENCES = [
  'receipts_without_purpose',
  'cash_receipt_without_cash',
  'cash_without_receipt',
  'given_back_not_owed',
  'tickets_not_paid',
  'drawer_short',
  'drawer_over',
  'cards_short',
  'cards_over',
] as const;
export type DifferenceName = (typeof DIFFERENCES)[number];

/** Why a sum stands behind a figure. `counted` and `terminal` is what people said, `expected` and `booked` what the books say. */
const What = v.variant('kind', [
  v.object({ kind: v.literal('receipt'), method: v.picklist(METHODS), number: v.nullable(v.string()) }),
  v.object({ kind: v.literal('booking'), reference: v.string() }),
  v.object({ kind: v.literal('charge'), reference: v.string() }),
  v.object({ kind: v.literal('refund'), reason: v.picklist(REFUND_REASONS), state: v.picklist(REFUND_STATES) }),
  v.object({ kind: v.literal('taken_back') }),
  v.object({
    kind: v.literal('line'),
    line: v.number(),
    entry: v.picklist(JOURNAL_KINDS),
    reason: v.nullable(v.string()),
  }),
  v.object({ kind: v.picklist(['counted', 'expected', 'terminal', 'booked']) }),
]);
export type What = v.InferOutput<typeof What>;

/** One sale, movement or other line behind a figure. */
const Behind = v.object({
  saleId: v.nullable(v.string()),
  reference: v.nullable(v.string()),
  bookingId: v.nullable(v.string()),
  what: What,
  amount: v.number(),
  at: Instant,
  shiftId: v.nullable(v.number()),
});
export type Behind = v.InferOutput<typeof Behind>;
/** A sum in minor units, and what it is the sum of. */
export const Figure = v.object({ amount: v.number(), behind: v.array(Behind) });
export type Figure = v.InferOutput<typeof Figure>;

const Difference = v.object({
  name: v.picklist(DIFFERENCES),
  ...Figure.entries,
  /** Sales of exactly this sum, which one slip of the finger would explain: cash that was a card, or a card that was cash. */
  perhaps: v.array(Behind),
});
export type Difference = v.InferOutput<typeof Difference>;

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
  /** What was taken by card, by the books and, once somebody said it, by the terminal. */
  cards: v.object({ booked: v.number(), terminal: v.nullable(v.number()) }),
  /** Bookings and charges, receipts, drawer: what does not come to zero, with its name. */
  match: v.object({ isZero: v.boolean(), differences: v.array(Difference) }),
  notes: v.array(v.object({ by: v.string(), note: v.string() })),
  seal: v.nullable(v.object({ number: v.number(), hash: v.string(), previousHash: v.string(), by: v.string() })),
});
export type ReportView = v.InferOutput<typeof ReportView>;
export const ReportAnswer = v.object({ report: ReportView });

/** One line of a journal, as it was written. */
export const JournalLine = v.object({
  line: v.number(),
  at: Instant,
  kind: v.picklist(JOURNAL_KINDS),
  /** By how much the drawer holds more afterwards, in minor units. */
  cash: v.number(),
  sale: v.nullable(v.string()),
  payment: v.nullable(v.string()),
  actor: v.string(),
  approver: v.nullable(v.string()),
  details: v.record(v.string(), v.unknown()),
  hash: v.string(),
});
export type JournalLine = v.InferOutput<typeof JournalLine>;
/** Every line and the seal is as it was written, or `brokenLine` is the first that is not; null: its seal. */
export const JournalAnswer = v.object({
  lines: v.array(JournalLine),
  chain: v.object({ isWhole: v.boolean(), brokenLine: v.nullable(v.number()) }),
});
export type Journal = v.InferOutput<typeof JournalAnswer>;
