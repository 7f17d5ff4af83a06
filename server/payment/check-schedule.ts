import { addMs } from '../../shared/clock.ts';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const GIVE_UP_MS = 7 * DAY_MS; // Then a person must close it; it never means failed.
const JITTER = 0.2; // Of the pause before a check: a thousand payments of one minute are not asked about in one second.

interface Asked {
  startedAt: Date;
  /** When a query's failure was believed, if that is what ended it. */
  failedAt: Date | null;
}

/**
 * When to ask again about a payment that was just asked about; null: never again. Only the time since it was started
 * counts, so neither a customer who asks often nor a standstill uses up the schedule. `fraction` is from 0 up to 1.
 */
export function nextCheckAt({ startedAt, failedAt }: Asked, now: Date, checkAfterMs: number[], fraction: number) {
  if (failedAt) return now < addMs(failedAt, HOUR_MS) ? addMs(failedAt, HOUR_MS) : null;
  for (const [at, afterMs] of checkAfterMs.entries()) {
    const jitterMs = (afterMs - (checkAfterMs[at - 1] ?? 0)) * JITTER;
    const soonest = addMs(startedAt, afterMs - jitterMs);
    if (soonest > now) return addMs(soonest, 2 * jitterMs * fraction);
  }
  const tomorrow = addMs(now, DAY_MS);
  return tomorrow <= addMs(startedAt, GIVE_UP_MS) ? tomorrow : null;
}
