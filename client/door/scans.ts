import type { Clock } from '../../shared/clock.ts';
import type { AdmissionAnswer } from '../../shared/office/door.ts';
import { type Random, randomHex } from '../../shared/random.ts';

const GOOD_MS = 4_000; // Long enough to be seen from an arm away, gone before the next one steps up.
const BAD_MS = 8_000; // Somebody has to read it, and to explain it.
const BOUNCE_MS = 1_000;
const RECENT_MAX = 8;

/** What is known of a scan. Without an answer nothing is: nobody was checked. */
export type Outcome =
  | { answer: AdmissionAnswer }
  | { unchecked: 'offline' | 'silent' }
  | { unchecked: 'refused'; why: string };

export interface Scan {
  /** Drawn anew for each scan; the same again only where an earlier answer was lost. */
  readonly scanId: string;
  readonly code: string;
  readonly showingId: number;
  readonly at: Date;
  /** Null: the server is being asked. */
  outcome: Outcome | null;
  knownAt: Date | null;
  /** What came when nobody waited for it any more: it is for the list, not for the person at the door. */
  late: Outcome | null;
}

/** Good lets in, bad does not, and whatever was not checked is bad. */
export function isGood(outcome: Outcome | null): boolean {
  return outcome !== null && 'answer' in outcome && outcome.answer.verdict === 'admitted';
}

/** Of the booking whose ticket it was, as far as is known. */
export function referenceOf({ outcome, late }: Scan): string | null {
  const known = late ?? outcome;
  return known && 'answer' in known ? (known.answer.ticket?.reference ?? null) : null;
}

/** The scans of this phone. At most one is current, and only for as long as it is fresh. */
export class Scans {
  readonly #clock: Clock;
  readonly #random: Random;
  #current: Scan | null = null;
  #recent: Scan[] = [];

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** From now on only this one can be on the screen. */
  begin(code: string, showingId: number): Scan {
    const scan = {
      scanId: this.#lostId(code, showingId) ?? randomHex(this.#random),
      code,
      showingId,
      at: this.#clock.now(),
      outcome: null,
      knownAt: null,
      late: null,
    };
    this.#current = scan;
    this.#recent = [scan, ...this.#recent].slice(0, RECENT_MAX);
    return scan;
  }

  /** A scanner whose trigger bounced: nobody presents a second ticket within a second. */
  isBounce(code: string, showingId: number): boolean {
    const scan = this.#current;
    if (scan?.code !== code || scan.showingId !== showingId) return false;
    return !scan.knownAt || this.#clock.now().getTime() - scan.knownAt.getTime() < BOUNCE_MS;
  }

  /** A scan is decided once, while it is the newest. What comes later, or for an older one, never fills the screen. */
  decide(scan: Scan, outcome: Outcome): void {
    if (scan !== this.#current || scan.outcome) {
      scan.late = outcome;
      return;
    }
    scan.outcome = outcome;
    scan.knownAt = this.#clock.now();
  }

  /** What may fill the screen; null once it has been there long enough. */
  get current(): Scan | null {
    const scan = this.#current;
    if (!scan?.knownAt) return scan;
    const shownMs = this.#clock.now().getTime() - scan.knownAt.getTime();
    return shownMs < this.freshMs(scan) ? scan : null;
  }

  get recent(): readonly Scan[] {
    return this.#recent;
  }

  freshMs(scan: Scan): number {
    return isGood(scan.outcome) ? GOOD_MS : BAD_MS;
  }

  dismiss(): void {
    this.#current = null;
  }

  /** It was taken back: the ticket is as before. */
  forget(scan: Scan): void {
    if (scan === this.#current) this.#current = null;
    this.#recent = this.#recent.filter(one => one !== scan);
  }

  /** The same ticket, whose last answer did not arrive: the server knows by the id that this is no second entry. */
  #lostId(code: string, showingId: number): string | null {
    const last = this.#recent.find(scan => scan.code === code && scan.showingId === showingId);
    const known = last?.late ?? last?.outcome;
    return last && known && 'unchecked' in known && known.unchecked !== 'refused' ? last.scanId : null;
  }
}
