/** Undoes what a start did. */
export type Stop = () => void;

/** Where the time comes from. Handed in everywhere, so that a test can move it by hand. */
export interface Clock {
  now(): Date;
  /** Calls `then` once, `ms` milliseconds from now, unless stopped before. */
  after(ms: number, then: () => void): Stop;
}

export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

/** Runs `work` again and again, each time `ms` after the last run ended, so that a slow run never overlaps itself. */
export function every(clock: Clock, ms: number, work: () => Promise<void>): Stop {
  let stopped = false;
  let stopTimer: Stop = () => {};
  const again = () => {
    if (!stopped) stopTimer = clock.after(ms, () => void work().finally(again));
  };
  again();
  return () => {
    stopped = true;
    stopTimer();
  };
}

export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise(done => clock.after(ms, done));
}

export function addMs(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}

export function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

export function sooner(one: Date, other: Date): Date {
  return one < other ? one : other;
}
