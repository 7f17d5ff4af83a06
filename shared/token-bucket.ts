import { type Clock, pause } from './clock.ts';

const SLOWEST = 8; // After repeated "too many requests" a bucket fills at an eighth of its rate, never slower.
const RECOVERY_MS = 60_000; // A minute without complaint doubles the rate again.

/** So many a second and no more: what a gateway allows before it shuts the door. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #perMs: number;
  readonly #most: number;
  #tokens: number;
  #filledAt: number;
  #slowness = 1;
  #slowedAt = 0;

  /** `perSecond` may be a fraction; at least one is saved up. */
  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perMs = perSecond / 1_000;
    this.#most = Math.max(1, perSecond);
    this.#tokens = this.#most;
    this.#filledAt = +clock.now();
  }

  /** Whether `take` would be granted now. */
  has(): boolean {
    this.#fill();
    return this.#tokens >= 1;
  }

  take(): boolean {
    if (!this.has()) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Resolves to false when there would be none within `patienceMs`. */
  async wait(patienceMs: number): Promise<boolean> {
    this.#fill();
    this.#tokens -= 1; // Taken now, even below zero: those who wait keep their order.
    const waitMs = Math.max(0, -this.#tokens / this.#rate());
    if (waitMs > patienceMs) {
      this.#tokens += 1;
      return false;
    }
    if (waitMs > 0) await pause(this.#clock, waitMs);
    return true;
  }

  /** The gateway said "too many": empty now, and slower for a while. */
  slowDown() {
    this.#fill();
    this.#tokens = Math.min(this.#tokens, 0);
    this.#slowness = Math.min(SLOWEST, this.#slowness * 2);
    this.#slowedAt = +this.#clock.now();
  }

  #fill() {
    const now = +this.#clock.now();
    while (this.#slowness > 1 && now - this.#slowedAt > RECOVERY_MS) {
      this.#slowness /= 2;
      this.#slowedAt += RECOVERY_MS;
    }
    this.#tokens = Math.min(this.#most, this.#tokens + Math.max(0, now - this.#filledAt) * this.#rate());
    this.#filledAt = now;
  }

  #rate(): number {
    return this.#perMs / this.#slowness;
  }
}
