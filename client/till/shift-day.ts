import { dayKey } from '../kit/words.ts';

const DAY_BEGINS_MS = 6 * 3_600_000; // Nobody changes the clocks between midnight and six in East Africa.
const DAY_MS = 86_400_000;

/** The venue's day, such as `2026-11-22`, to which an instant belongs: from six to six. */
export function dayOf(instant: Date, timeZone: string): string {
  return dayKey(new Date(instant.getTime() - DAY_BEGINS_MS), timeZone);
}

/** The day so many days later, or before. */
export function dayAfter(day: string, days: number): string {
  const noon = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(noon) ? day : new Date(noon + days * DAY_MS).toISOString().slice(0, 10);
}
