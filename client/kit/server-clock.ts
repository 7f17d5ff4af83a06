import type { Clock } from '../../shared/clock.ts';

/** The server's time as far as this page knows it. Phone clocks are wrong, sometimes by hours. */
export interface ServerClock {
  now(): Date;
  /** Takes the instant that stands in an answer which just arrived. */
  hear(serverNow: string): void;
}

export function createServerClock(own: Clock): ServerClock {
  let aheadMs = 0;
  return {
    now: () => new Date(own.now().getTime() + aheadMs),
    hear(serverNow) {
      const ms = Date.parse(serverNow);
      if (!Number.isNaN(ms)) aheadMs = ms - own.now().getTime();
    },
  };
}
