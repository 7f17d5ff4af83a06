/** Since when the connection is lost, if it is. */
export class Staleness {
  readonly #now: () => Date;
  readonly #changed: () => void;
  #since: Date | null = null;

  constructor(now: () => Date, changed: () => void) {
    this.#now = now;
    this.#changed = changed;
  }

  get since(): Date | null {
    return this.#since;
  }

  /** What is on the screen may be old from now on. */
  begin(): void {
    if (this.#since) return;
    this.#since = this.#now();
    this.#changed();
  }

  end(): void {
    if (!this.#since) return;
    this.#since = null;
    this.#changed();
  }

  /** Nobody looks any more. */
  forget(): void {
    this.#since = null;
  }
}
