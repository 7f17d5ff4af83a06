import type { Clock, Stop } from '../../shared/clock.ts';
import type { BoardChange, TakingsChange } from '../../shared/office/board.ts';
import type { Database } from '../database/open-database.ts';
import type { OfficeSockets } from '../realtime/office.ts';
import type { OutboxRow } from '../relay.ts';
import { seeBoardBookings } from '../view/board-bookings.ts';
import { seeBoardShowings, seeTakings } from '../view/board-view.ts';

const PAUSE_MS = 200; // Five times a second: as fast as numbers can be read.
const ROWS_MAX = 100; // Of one message; the rest follows in the next.

interface BoardParts {
  clock: Clock;
  database: Pick<Database, 'read'>;
  office: Pick<OfficeSockets, 'to' | 'listeners'>;
  failed(error: unknown): void;
}

export interface BoardTeller {
  touch(changes: readonly OutboxRow[]): void;
  /** Resolves when everything touched was told. */
  idle(): Promise<void>;
  /** What is being told is told to the end. */
  stop(): Promise<void>;
}

/** Tells the boards of the venues what has changed: never each change, always the newest state. */
export function createBoardTeller(parts: BoardParts): BoardTeller {
  const showings = new Set<number>();
  const bookings = new Set<string>();
  let telling: Promise<void> | undefined;
  let stopPause: Stop | undefined;

  /** The first change goes out at once, those that follow wait together. One telling at a time: none overtakes another. */
  function begin() {
    if (stopPause || telling || showings.size + bookings.size === 0) return;
    stopPause = parts.clock.after(PAUSE_MS, () => {
      stopPause = undefined;
      begin();
    });
    telling = tell(parts, { showings: take(showings), bookings: take(bookings) })
      .catch(parts.failed)
      .finally(() => {
        telling = undefined;
        begin();
      });
  }

  return {
    touch(changes) {
      if (parts.office.listeners() === 0) return; // Whoever comes later reads it all.
      for (const { topic, subject, showing } of changes) {
        if (showing !== null) showings.add(showing);
        if (topic === 'booking') bookings.add(subject);
      }
      begin();
    },
    async idle() {
      while (telling !== undefined) await telling;
    },
    async stop() {
      showings.clear();
      bookings.clear();
      stopPause?.();
      await telling;
    },
  };
}

function take<T>(waiting: Set<T>): T[] {
  const taken = [...waiting].slice(0, ROWS_MAX);
  for (const one of taken) waiting.delete(one);
  return taken;
}

async function tell({ clock, database, office }: BoardParts, ids: { showings: number[]; bookings: string[] }) {
  const em = database.read();
  const showings = await seeBoardShowings(em, { ids: ids.showings });
  const bookings = ids.bookings.length === 0 ? [] : await seeBoardBookings(em, ids.bookings);
  const takings = await seeTakings(em, { ids: ids.showings });
  const now = clock.now().toISOString();
  for (const venueId of new Set([...showings, ...bookings].map(row => row.venueId))) {
    const change: BoardChange = { now, venueId, showings: at(venueId, showings), bookings: at(venueId, bookings) };
    office.to(venueId).emit('board:changed', change);
    const taken: TakingsChange = { venueId, takings: at(venueId, takings) };
    if (taken.takings.length > 0) office.to(venueId, 'supervisor').emit('takings:changed', taken);
  }
}

function at<Row extends { venueId: number }>(venueId: number, rows: Row[]): Omit<Row, 'venueId'>[] {
  return rows.filter(row => row.venueId === venueId).map(({ venueId: _, ...row }) => row);
}
