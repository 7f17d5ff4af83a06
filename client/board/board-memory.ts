import type {
  BoardAnswer,
  BoardBooking,
  BoardChange,
  BoardShowing,
  Takings,
  TakingsChange,
} from '../../shared/office/board.ts';

interface Versioned {
  version: number;
}

/** Rows by what they are about, never an older one after a newer. */
class Rows<Id, Row extends Versioned> {
  readonly #rows = new Map<Id, Row>();
  readonly #newest = new Map<Id, number>(); // Also of rows that are gone: one that comes late does not bring them back.
  readonly #heardIn = new Map<Id, number>();
  readonly #idOf: (row: Row) => Id;

  constructor(idOf: (row: Row) => Id) {
    this.#idOf = idOf;
  }

  get all(): Row[] {
    return [...this.#rows.values()];
  }

  hear(rows: readonly Row[], round: number): void {
    for (const row of rows) {
      const id = this.#idOf(row);
      if (row.version <= (this.#newest.get(id) ?? -1)) continue;
      this.#rows.set(id, row);
      this.#newest.set(id, row.version);
      this.#heardIn.set(id, round);
    }
  }

  /** All that there is, as it was when `round` began: what is not in it is gone, unless it was heard of since. */
  hearAll(rows: readonly Row[], round: number): void {
    const there = new Set(rows.map(this.#idOf));
    for (const id of this.#rows.keys())
      if (!there.has(id) && (this.#heardIn.get(id) ?? 0) < round) this.#rows.delete(id);
    this.hear(rows, round);
  }
}

/** The board as this browser knows it, out of answers and of changes that may be lost, doubled or late. */
export class BoardMemory {
  readonly #showings = new Rows<number, BoardShowing>(row => row.showingId);
  readonly #bookings = new Rows<string, BoardBooking>(row => row.bookingId);
  readonly #takings = new Rows<number, Takings>(row => row.showingId);
  #round = 0;
  #answered = 0;
  #tonight: { from: string; until: string } | null = null;

  /** Null until the first answer. */
  get tonight() {
    return this.#tonight;
  }

  get showings(): BoardShowing[] {
    return this.#showings.all.sort(
      (one, other) => one.startsAt.localeCompare(other.startsAt) || one.showingId - other.showingId,
    );
  }

  /** Those in progress, the most urgent first. */
  get bookings(): BoardBooking[] {
    return this.#bookings.all
      .filter(({ state }) => state === 'held')
      .sort((one, other) => one.heldUntil.localeCompare(other.heldUntil));
  }

  takingsOf(showingId: number): Takings | undefined {
    return this.#takings.all.find(row => row.showingId === showingId);
  }

  /** A question begins; its answer says which. */
  ask(): number {
    return ++this.#round;
  }

  /** False: a later question was answered before. */
  hearAnswer({ board, takings = [] }: BoardAnswer, round: number): boolean {
    if (round < this.#answered) return false;
    this.#answered = round;
    this.#tonight = board.tonight;
    this.#showings.hearAll(board.showings, round);
    this.#bookings.hearAll(board.bookings, round);
    this.#takings.hearAll(takings, round);
    return true;
  }

  hearChange({ showings, bookings }: Pick<BoardChange, 'showings' | 'bookings'>): void {
    this.#showings.hear(showings, this.#round);
    this.#bookings.hear(bookings, this.#round);
  }

  hearTakings({ takings }: Pick<TakingsChange, 'takings'>): void {
    this.#takings.hear(takings, this.#round);
  }
}
