import { RateLimiterMemory } from 'rate-limiter-flexible';
import { ProblemError } from './problem.ts';

/** By address, generous: a mobile operator puts thousands of customers behind one. */
const LIMITS = {
  bookings: { points: 300, duration: 60 },
  payments: { points: 300, duration: 60 },
  checks: { points: 120, duration: 60 },
  signIns: { points: 10, duration: 900 }, // By address and name: guessing a password takes years.
  admissions: { points: 300, duration: 60 }, // By session: five people a second, and no guessing of codes.
  lookups: { points: 5, duration: 3_600 }, // A reference and a phone must not be guessed.
} as const;
type Limited = keyof typeof LIMITS;

export interface RateLimits {
  /** Throws `too_many_requests` when `address` has done `what` too often. */
  count(what: Limited, address: string): Promise<void>;
}

export function createRateLimits(now: () => Date, on: boolean): RateLimits {
  const limiters = new Map(Object.entries(LIMITS).map(([name, limit]) => [name, new RateLimiterMemory(limit)]));
  return {
    async count(what, address) {
      if (!on) return;
      try {
        await limiters.get(what)?.consume(address);
      } catch (refused) {
        if (refused instanceof Error) throw refused;
        const { msBeforeNext } = refused as { msBeforeNext: number };
        throw new ProblemError('too_many_requests', { retryAfter: new Date(+now() + msBeforeNext) });
      }
    },
  };
}
