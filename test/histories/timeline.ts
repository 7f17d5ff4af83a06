import { createHash } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';

/** What happened, line by line: simulated time, who, what. The same seed gives the same lines. */
export class Timeline {
  readonly #clock: Clock;
  readonly #start: number;
  readonly #lines: string[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#start = +clock.now();
  }

  note(who: string, what: string): void {
    this.#lines.push(`${this.#sinceStart()}  ${who.padEnd(12)} ${what}`);
  }

  get hash(): string {
    return createHash('sha256').update(this.#lines.join('\n')).digest('hex').slice(0, 16);
  }

  toString(): string {
    return this.#lines.join('\n');
  }

  /** `1d 02:03:04.567`: days only where there are any. */
  #sinceStart(): string {
    const ms = +this.#clock.now() - this.#start;
    const days = Math.floor(ms / 86_400_000);
    const time = new Date(ms % 86_400_000).toISOString().slice(11, 23);
    return days > 0 ? `${days}d ${time}` : `   ${time}`;
  }
}
