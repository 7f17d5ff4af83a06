import { addMs } from '../../shared/clock.ts';

const EAT_AHEAD_MS = 3 * 60 * 60 * 1_000; // East Africa Time is UTC+3 all year. No gateway names its zone; ids and dates show this one.
const TIMESTAMP = /^\d{14}$/;
const SPELT_OUT = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/;

/** `YYYYMMDDHHmmss` on a clock in Nairobi. */
export function eatTimestamp(instant: Date): string {
  return addMs(instant, EAT_AHEAD_MS).toISOString().replace(/\D/g, '').slice(0, 14);
}

/** `YYYY-MM-DD HH:mm:ss` on the same clock: only Pull Transactions is asked so. */
export function eatSpeltOut(instant: Date): string {
  return eatTimestamp(instant).replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6');
}

/** Reads `20191219102115`, as a number or a string, and `2019-12-19 10:21:15`; null when it is no such moment. */
export function readEatTimestamp(value: unknown): Date | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  const digits = SPELT_OUT.test(text) ? text.replace(/\D/g, '') : text;
  if (!TIMESTAMP.test(digits)) return null;
  const instant = new Date(digits.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6+03:00'));
  // The way back finds what a calendar does not have, such as 31 February.
  return Number.isNaN(instant.getTime()) || eatTimestamp(instant) !== digits ? null : instant;
}
