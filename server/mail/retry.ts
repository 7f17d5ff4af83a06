import { addMs, later, sooner } from '../../shared/clock.ts';

const FIRST_MS = 60_000; // A mail server that puts strangers off for a moment ("greylisting") wants about this.
const LONGEST_MS = 4 * 3_600_000;
const GIVEN_UP_MS = 24 * 3_600_000; // By then people have asked for their tickets elsewhere.

/** When a mail that did not go through is tried again, each time later; null: it is given up, and people are told. */
export function retryAt(queuedAt: Date, tries: number, now: Date): Date | null {
  const lastTryAt = addMs(queuedAt, GIVEN_UP_MS);
  if (now >= lastTryAt) return null;
  const waitMs = Math.min(FIRST_MS * 2 ** (tries - 1), LONGEST_MS);
  return later(sooner(addMs(now, waitMs), lastTryAt), now);
}
