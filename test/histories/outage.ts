import type { Clock } from '../../shared/clock.ts';
import type { Chance } from './chance.ts';

const HOUR_MS = 3_600_000;

/** Some histories have a gateway that is away for one to six hours, beginning in the first after the doors open. */
export class Outage {
  readonly #clock: Clock;
  readonly #from: number;
  readonly #until: number;

  constructor(clock: Clock, opensMs: number, chance: Chance, happens: boolean) {
    this.#clock = clock;
    this.#from = +clock.now() + opensMs + chance.between(0, HOUR_MS);
    this.#until = happens ? this.#from + chance.between(HOUR_MS, 6 * HOUR_MS) : this.#from;
  }

  isOn(): boolean {
    return +this.#clock.now() >= this.#from && +this.#clock.now() < this.#until;
  }

  leftMs(): number {
    return this.isOn() ? this.#until - +this.#clock.now() : 0;
  }
}
