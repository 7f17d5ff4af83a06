import { DAYS_MAX } from '../../shared/office/reports.ts';
import { dayKey } from '../kit/words.ts';
import { dayAfter } from '../programme/venue-clock.ts';

const DAY_BEGINS_HOUR = 6; // A night at the cinema is not cut at midnight.
const DAY_MS = 86_400_000;

/** Days of a venue, both included. */
export interface Period {
  from: string;
  to: string;
}

export const PERIODS = ['today', 'week', 'last7', 'last30'] as const;
export type PeriodName = (typeof PERIODS)[number];

/** The venue's day that it is at `now`: before six in the morning still the one before. */
export function todayAt(timeZone: string, now: Date): string {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now));
  const day = dayKey(now, timeZone);
  return hour < DAY_BEGINS_HOUR ? dayAfter(day, -1) : day;
}

/** Weeks begin on Monday; every period ends today. */
export function periodOf(name: PeriodName, today: string): Period {
  const daysSinceMonday = (new Date(today).getUTCDay() + 6) % 7;
  const daysBefore = { today: 0, week: daysSinceMonday, last7: 6, last30: 29 };
  return { from: dayAfter(today, -daysBefore[name]), to: today };
}

/** While one types a date, half of it stands there. */
export function isPeriod({ from, to }: Period): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return days >= 1 && days <= DAYS_MAX; // Never so while one of them is no day.
}
