/** How often a gateway may be called: of this process alone, or of all that serve the same database. */
export interface Budget {
  /** Whether `take` would be granted now. */
  has(): boolean | Promise<boolean>;
  take(): boolean | Promise<boolean>;
  /** Resolves to false when there would be none within `patienceMs`. */
  wait(patienceMs: number): Promise<boolean>;
  /** The gateway said "too many". */
  slowDown(): void | Promise<void>;
}
