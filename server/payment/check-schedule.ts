import { addMs } from '../../shared/clock.ts';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const GIVE_UP_MS = 7 * DAY_MS; // Then a person must close it; it never means failed.
const JITTER = 0.2; // Of the pause before a check: a thousand payments of one minute are not asked about in one second.

interface Checked {
  startedAt: Date;
  /** How many checks were made, this one included. */
  checks: number;
  /** When a query's failure was believed, if that is what ended it. */
  failedAt: Date | null;
}

/** When to ask again about a payment that was just asked about; null: never again. `fraction` is from 0 up to 1. */
export function nextCheckAt(
  { startedAt, checks, failedAt }: Checked,
  now: Date,
  checkAfterMs: number[],
  fraction: number,
) {
  if (failedAt) return now < addMs(failedAt, HOUR_MS) ? addMs(failedAt, HOUR_MS) : null;
  const after = checkAfterMs[checks];
  if (after !== undefined) {
    const pauseMs = after - (checkAfterMs[checks - 1] ?? 0);
    return addMs(startedAt, after + pauseMs * JITTER * (2 * fraction - 1));
  }
  const tomorrow = addMs(now, DAY_MS);
  return tomorrow <= addMs(startedAt, GIVE_UP_MS) ? tomorrow : null;
}
