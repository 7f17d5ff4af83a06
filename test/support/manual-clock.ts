import type { Clock, Stop } from '../../shared/clock.ts';

interface Timer {
  at: number;
  then(): void;
}

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: number;
  #timers: Timer[] = [];

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  after(ms: number, then: () => void): Stop {
    const timer = { at: this.#now + ms, then };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer);
    };
  }

  /** It is `ms` later. What was due meanwhile happens now, in order; what that starts counts from now. */
  move(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter(timer => timer.at <= this.#now).sort((one, other) => one.at - other.at);
    this.#timers = this.#timers.filter(timer => !due.includes(timer));
    for (const timer of due) timer.then();
  }

  /** When the next timer is due, in milliseconds from now. */
  get nextMs(): number | undefined {
    return this.#timers.length === 0 ? undefined : Math.min(...this.#timers.map(timer => timer.at)) - this.#now;
  }
}
