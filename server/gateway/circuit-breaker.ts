import { addMs, type Clock } from '../../shared/clock.ts';
import type { Collected } from './gateway.ts';

const FAILURES = 5; // In a row: then it is not one customer's bad luck.
const PAUSE_MS = 30_000; // Then one push tries again for everybody.

/** Stops sending while a gateway does not answer, instead of letting customers queue before a closed door. */
export class CircuitBreaker {
  readonly #clock: Clock;
  #failures = 0;
  #closedUntil = new Date(0);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isOpen(): boolean {
    return this.#failures >= FAILURES;
  }

  /** Whether a push may go. After a pause the first one tries, and the others wait for what becomes of it. */
  mayTry(): boolean {
    const now = this.#clock.now();
    if (this.#failures < FAILURES) return true;
    if (now < this.#closedUntil) return false;
    this.#closedUntil = addMs(now, PAUSE_MS);
    return true;
  }

  /** What became of a push. A refusal with a reason is an answer like any other. */
  learn(collected: Collected): void {
    const failed = collected.answer === 'unknown' || isUnavailable(collected);
    this.#failures = failed ? this.#failures + 1 : 0;
    if (this.#failures === FAILURES) this.#closedUntil = addMs(this.#clock.now(), PAUSE_MS);
  }
}

function isUnavailable(collected: Collected): boolean {
  return collected.answer === 'refused' && collected.reason === 'gateway_unavailable';
}
