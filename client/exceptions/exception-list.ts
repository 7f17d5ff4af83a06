import { type ExceptionChange, type ExceptionView, isAbout } from '../../shared/office/exceptions.ts';

/** What came and what went with a change: both are said to ears. */
export interface Moved {
  arrived: ExceptionView[];
  left: ExceptionView[];
}

/** The list as it was last told, the largest sum first. Knows no page. */
export class ExceptionList {
  #all: ExceptionView[] | null = null;
  /** When each venue's part, or what is nobody's, was last told as a whole: what is older than that says nothing new. */
  #wholeAt = new Map<number | null, string>();
  #startedAt = '';

  /** Null until it is known. */
  get all(): readonly ExceptionView[] | null {
    return this.#all;
  }

  find(exceptionId: string | null): ExceptionView | undefined {
    return this.#all?.find(one => one.exceptionId === exceptionId);
  }

  /** All of it, as answered. */
  start(now: string, exceptions: ExceptionView[]): void {
    this.#startedAt = now;
    this.#wholeAt.clear();
    this.#all = sorted(exceptions);
  }

  hear({ now, venueId, about, exceptions }: ExceptionChange): Moved {
    const before = this.#all ?? [];
    const isOld = now < (this.#wholeAt.get(venueId) ?? this.#startedAt);
    if (this.#all === null || isOld) return { arrived: [], left: [] };
    if (about === null) this.#wholeAt.set(venueId, now);
    const isReplaced = (one: ExceptionView) => one.venueId === venueId && (about === null || isAbout(one, about));
    this.#all = sorted([...before.filter(one => !isReplaced(one)), ...exceptions]);
    return { arrived: without(this.#all, before), left: without(before, this.#all) };
  }
}

function sorted(exceptions: ExceptionView[]): ExceptionView[] {
  return exceptions.sort(
    (one, other) => other.amount.amount - one.amount.amount || one.since.localeCompare(other.since),
  );
}

function without(these: readonly ExceptionView[], those: readonly ExceptionView[]): ExceptionView[] {
  const ids = new Set(those.map(({ exceptionId }) => exceptionId));
  return these.filter(({ exceptionId }) => !ids.has(exceptionId));
}
