import { setImmediate } from 'node:timers/promises';
import type { Clock, Stop } from '../../shared/clock.ts';
import type { Disk } from './disk.ts';

const QUIET_TURNS = 2; // Of the event loop: a write waits for the next turn, and whoever waited for it acts in the one after.

interface Timer {
  at: number;
  then(): void;
}

/** Time that stands still while anything happens, and then jumps exactly to the next thing that is due. */
export class SimulatedTime implements Clock {
  #now: number;
  readonly #timers: Timer[] = [];
  readonly #disk: Pick<Disk, 'settled'> | undefined;
  /** Counts whatever happens, so that silence can be told from work. */
  #happenings = 0;

  /** Stands still for `disk` too. */
  constructor(start: string, disk?: Pick<Disk, 'settled'>) {
    this.#now = Date.parse(start);
    this.#disk = disk;
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Those of one instant fire in the order in which they were set. */
  after(ms: number, then: () => void): Stop {
    this.happened();
    const timer = { at: this.#now + Math.max(0, Math.ceil(ms)), then };
    const next = this.#timers.findLastIndex(other => other.at <= timer.at) + 1;
    this.#timers.splice(next, 0, timer);
    return () => {
      const at = this.#timers.indexOf(timer);
      if (at >= 0) this.#timers.splice(at, 1);
    };
  }

  happened(): void {
    this.#happenings += 1;
  }

  /** Resolves when nothing can go on before time does. Nothing here waits for a network, so loop and disk tell. */
  async quiet(): Promise<void> {
    for (let turns = 0; turns < QUIET_TURNS; turns++) {
      const before = this.#happenings;
      await setImmediate();
      const underWay = this.#disk?.settled();
      await underWay;
      if (underWay || this.#happenings !== before) turns = -1;
    }
  }

  /** In milliseconds since 1970; undefined when nothing will ever happen. */
  get nextAt(): number | undefined {
    return this.#timers[0]?.at;
  }

  fireNext(): void {
    const timer = this.#timers.shift();
    if (!timer) return;
    this.#now = Math.max(this.#now, timer.at);
    timer.then();
  }
}
