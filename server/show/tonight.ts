import { addMs } from '../../shared/clock.ts';
import { dayIn, instantIn } from './venue-time.ts';

const DAY_STARTS_MINUTES = 6 * 60; // A night at the cinema is not cut at midnight.
const DAY_MINUTES = 24 * 60;

/** From 06:00 to 06:00, where the venue is. */
export function tonightIn(timeZone: string, now: Date): { from: Date; until: Date } {
  const day = dayIn(timeZone, addMs(now, -DAY_STARTS_MINUTES * 60_000));
  return {
    from: instantIn(timeZone, day, DAY_STARTS_MINUTES),
    until: instantIn(timeZone, day, DAY_STARTS_MINUTES + DAY_MINUTES),
  };
}
