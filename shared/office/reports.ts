import * as v from 'valibot';
import { CURRENCIES } from '../money.ts';
import { NETWORKS } from '../networks.ts';
import { METHODS } from '../views.ts';

/** What the same sales can be told by. */
export const REPORTS_BY = ['showing', 'day', 'method', 'cashier'] as const;
export type ReportBy = (typeof REPORTS_BY)[number];

export const DAYS_MAX = 366; // A year, and one day more.

const Instant = v.pipe(v.string(), v.isoTimestamp());
const Amount = v.pipe(v.number(), v.safeInteger());
const Count = v.pipe(Amount, v.minValue(0));

/** A calendar day such as `2026-11-22`. It has to exist. */
export const Day = v.pipe(v.string(), v.isoDate(), v.check(isInCalendar));

const figures = {
  /** All that was received, in minor units; what of it goes or went back; the rest. */
  gross: Amount,
  givenBack: Amount,
  net: Amount,
  /** Tickets that were paid for and are not void; those that were granted; how many of both were let in. */
  sold: Count,
  complimentary: Count,
  admitted: Count,
};
export const SalesFigures = v.object(figures);
export type SalesFigures = v.InferOutput<typeof SalesFigures>;

/** What a row is about. */
export const SalesKey = v.variant('of', [
  v.object({ of: v.literal('showing'), showingId: Count, title: v.string(), startsAt: Instant, screen: v.string() }),
  /** Popcorn, hall hire: no places. */
  v.object({ of: v.literal('charges') }),
  /** Of a sale, and for nothing in it: too much, or twice. All of it goes back. */
  v.object({ of: v.literal('nothing') }),
  v.object({ of: v.literal('day'), day: Day }),
  v.object({ of: v.literal('method'), method: v.picklist(METHODS), network: v.nullable(v.picklist(NETWORKS)) }),
  v.object({ of: v.literal('cashier'), staffId: Count, name: v.string() }),
  /** What no shift took: customers on their own phones. */
  v.object({ of: v.literal('online') }),
]);
export type SalesKey = v.InferOutput<typeof SalesKey>;

export const SalesRow = v.object({ key: SalesKey, ...figures });
export type SalesRow = v.InferOutput<typeof SalesRow>;

/** `from` and `to` are days of the venue, from 06:00 to 06:00 there; both are in it. */
export const SalesReport = v.object({
  now: Instant,
  by: v.picklist(REPORTS_BY),
  venueId: Count,
  venue: v.string(),
  timeZone: v.string(),
  currency: v.picklist(CURRENCIES),
  from: Day,
  to: Day,
  rows: v.array(SalesRow),
  total: SalesFigures,
});
export type SalesReport = v.InferOutput<typeof SalesReport>;
export const SalesReportAnswer = v.object({ report: SalesReport });

function isInCalendar(day: string): boolean {
  const at = Date.parse(day);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}
