import type { Clock } from '../../shared/clock.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';
import type { Config } from '../config.ts';
import type { Reports } from './reporting.ts';

const FRAMES = 25; // Node keeps ten: with a database's error all of them are the library's own.
const PER_SECOND = 5; // When everything fails, a few are enough to see why.

/** Null where the settings name nobody to report to; only otherwise is the library loaded. */
export async function openReports({ sentryDsn, mode }: Config, clock: Clock): Promise<Reports | null> {
  if (sentryDsn === null) return null;
  Error.stackTraceLimit = FRAMES;
  const { createSentry } = await import('./sentry.ts');
  const sentry = createSentry(sentryDsn, mode);
  const budget = new TokenBucket(clock, PER_SECOND);
  return {
    report(error, what) {
      if (budget.take()) sentry.report(error, what);
    },
    close: sentry.close,
  };
}
