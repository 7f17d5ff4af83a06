import type { Context } from 'koa';
import * as v from 'valibot';
import { DAYS_MAX, Day } from '../../shared/office/reports.ts';
import { invalid } from '../http/problem.ts';
import { dayIn } from '../show/venue-time.ts';
import { boundsOf } from '../till/day-report.ts';

const DAY_MS = 86_400_000;
const Asked = v.object({ from: v.optional(Day), to: v.optional(Day) });

/** Days of a venue, both included. */
export interface Period {
  from: string;
  to: string;
}

/** `?from&to`: without `to` until today, without `from` the last day alone. */
export function periodAsked(ctx: Context, timeZone: string, now: Date): Period {
  const asked = v.safeParse(Asked, ctx.query);
  if (!asked.success) throw invalid('invalid_body', 'from', 'Days such as 2026-11-22');
  const { to = todayIn(timeZone, now), from = to } = asked.output;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days < 1 || days > DAYS_MAX) throw invalid('invalid_body', 'from', `From one day to ${DAYS_MAX}`);
  return { from, to };
}

export function daysOf({ from, to }: Period): string[] {
  const count = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return Array.from({ length: count }, (_, at) => isoDay(Date.parse(from) + at * DAY_MS));
}

/** Before six in the morning it is still yesterday. */
function todayIn(timeZone: string, now: Date): string {
  const { year, month, day } = dayIn(timeZone, now);
  const today = isoDay(Date.UTC(year, month - 1, day));
  return now < boundsOf(timeZone, today).from ? isoDay(Date.parse(today) - DAY_MS) : today;
}

const isoDay = (at: number) => new Date(at).toISOString().slice(0, 10);
