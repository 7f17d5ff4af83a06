import { type Clock, pause } from './clock.ts';

const SLOWEST = 8; // After repeated "too many requests" a bucket fills at an eighth of its rate, never slower.
const RECOVERY_MS = 60_000; // A minute without complaint doubles the rate again.
const CLOCKS_DIFFER_MS = 5_000; // Of several machines; what is further ahead was wrong.

/** What a bucket must know of itself, for whoever keeps it elsewhere. */
export interface Level {
  tokens: number;
  filledAt: number;
  slowness: number;
  slowedAt: number;
}

/** So many a second and no more: what a gateway allows before it shuts the door. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #perMs: number;
  readonly #most: number;
  #tokens: number;
  #filledAt: number;
  #slowness: number;
  #slowedAt: number;

  /** `perSecond` may be a fraction; at least one is saved up. */
  constructor(clock: Clock, perSecond: number, level?: Level) {
    this.#clock = clock;
    this.#perMs = perSecond / 1_000;
    this.#most = Math.max(1, perSecond);
    this.#tokens = level?.tokens ?? this.#most;
    this.#filledAt = level?.filledAt ?? +clock.now();
    this.#slowness = level?.slowness ?? 1;
    this.#slowedAt = level?.slowedAt ?? 0;
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
    const waitMs = this.reserve(patienceMs);
    if (waitMs === null) return false;
    if (waitMs > 0) await pause(this.#clock, waitMs);
    return true;
  }

  /** How long to wait for it, or for several; null when that would be longer than `patienceMs`. */
  reserve(patienceMs: number, count = 1): number | null {
    this.#fill();
    this.#tokens -= count; // Taken now, even below zero: those who wait keep their order.
    const waitMs = Math.max(0, -this.#tokens / this.#rate());
    if (waitMs <= patienceMs) return waitMs;
    this.#tokens += count;
    return null;
  }

  /** The gateway said "too many": empty now, and slower for a while. */
  slowDown() {
    this.#fill();
    this.#tokens = Math.min(this.#tokens, 0);
    this.#slowness = Math.min(SLOWEST, this.#slowness * 2);
    this.#slowedAt = +this.#clock.now();
  }

  level(): Level {
    return {
      tokens: this.#tokens,
      filledAt: this.#filledAt,
      slowness: this.#slowness,
      slowedAt: this.#slowedAt,
    };
  }

  #fill() {
    const now = +this.#clock.now();
    while (this.#slowness > 1 && now - this.#slowedAt > RECOVERY_MS) {
      this.#slowness /= 2;
      this.#slowedAt += RECOVERY_MS;
    }
    this.#tokens = Math.min(this.#most, this.#tokens + Math.max(0, now - this.#filledAt) * this.#rate());
    this.#filledAt = this.#filledAt - now > CLOCKS_DIFFER_MS ? now : Math.max(this.#filledAt, now);
  }

  #rate(): number {
    return this.#perMs / this.#slowness;
  }
}
