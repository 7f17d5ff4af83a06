import type { BookingView, ChargeView } from '../../shared/views.ts';
import type { Database } from '../database/open-database.ts';
import type { Em } from '../model/entities.ts';
import type { Outbox, Topic } from '../model/outbox.ts';
import type { Realtime } from '../realtime/realtime.ts';
import { seeProgrammeVersion } from '../view/showing-view.ts';

export type OutboxRow = Pick<Outbox, 'topic' | 'subject'> & { showing: number | null };

export interface TellerParts {
  database: Pick<Database, 'read'>;
  realtime: Pick<Realtime, 'tellBooking' | 'tellCharge' | 'tellProgramme' | 'touchShowing' | 'watchers'>;
  seeBooking(em: Em, bookingId: string): Promise<BookingView | undefined>;
  seeCharge(em: Em, chargeId: string): Promise<ChargeView | undefined>;
  /** What only the box office of a venue watches. */
  tellOffice?: Record<'sale' | 'shift', (em: Em, id: string) => Promise<void>>;
  /** The boards of the venues gather what has changed, and tell it together. */
  touchBoard?(changes: readonly OutboxRow[]): void;
  failed(error: unknown): void;
}

/**
 * Tells the watchers of this process: the newest state of what has changed, not the one of the row. One telling at a
 * time, so that nothing older follows what is newer; what changes meanwhile is told together.
 */
export function createNewsTeller(parts: TellerParts) {
  const waiting = new Map<string, OutboxRow>();
  let telling: Promise<void> | undefined;

  async function tellAll() {
    while (waiting.size > 0) {
      const rows = [...waiting.values()];
      waiting.clear();
      await tell(parts, rows).catch(parts.failed);
    }
  }

  return {
    /** Resolves when everything that waits was told. */
    tell(rows: readonly OutboxRow[]): Promise<void> {
      for (const row of rows) waiting.set(`${row.topic} ${row.subject} ${row.showing}`, row);
      telling ??= tellAll().finally(() => {
        telling = undefined;
      });
      return telling;
    },
    async idle() {
      await telling;
    },
  };
}

async function tell(parts: TellerParts, rows: readonly OutboxRow[]) {
  const { database, realtime, failed } = parts;
  const em = database.read();
  for (const { subject, topic } of new Map(rows.map(row => [`${row.topic} ${row.subject}`, row])).values()) {
    if ((topic === 'booking' || topic === 'charge') && realtime.watchers(subject) === 0) continue; // Whoever comes later reads it.
    await TELL[topic](parts, em, subject).catch(failed); // One that fails must not silence the others.
  }
  for (const showing of new Set(rows.map(row => row.showing))) if (showing !== null) realtime.touchShowing(showing);
  parts.touchBoard?.(rows);
}

const TELL: Record<Topic, (parts: TellerParts, em: Em, id: string) => Promise<void>> = {
  async booking({ realtime, seeBooking }, em, id) {
    const view = await seeBooking(em, id);
    if (view) realtime.tellBooking(view);
  },
  async charge({ realtime, seeCharge }, em, id) {
    const view = await seeCharge(em, id);
    if (view) realtime.tellCharge(view);
  },
  async programme({ realtime }, em) {
    realtime.tellProgramme(await seeProgrammeVersion(em));
  },
  async sale({ tellOffice }, em, id) {
    await tellOffice?.sale(em, id);
  },
  async receipt() {}, // Only those watch it who gather what has changed.
  async shift({ tellOffice }, em, id) {
    await tellOffice?.shift(em, id);
  },
};
