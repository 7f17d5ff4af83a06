import { type Clock, every } from '../shared/clock.ts';
import type { BookingView, ChargeView } from '../shared/views.ts';
import type { Database } from './database/open-database.ts';
import { type Em, query } from './model/entities.ts';
import type { Outbox, Topic } from './model/outbox.ts';
import { prepared } from './model/prepared.ts';
import type { Realtime } from './realtime/realtime.ts';
import { seeProgrammeVersion } from './view/showing-view.ts';

const SWEEP_MS = 1_000; // Finds what a crash left behind, and what a wake-up missed.
const BATCH = 200;

export interface Relay {
  /** Something was committed that watchers want to know. */
  wake(): void;
  /** When it last found that everything was told, or told some more. */
  wellAt(): Date;
  /** Resolves when there is nothing left to tell. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

interface RelayParts {
  clock: Clock;
  database: Database;
  realtime: Pick<Realtime, 'tellBooking' | 'tellCharge' | 'tellProgramme' | 'touchShowing' | 'watchers'>;
  seeBooking(em: Em, bookingId: string): Promise<BookingView | undefined>;
  seeCharge(em: Em, chargeId: string): Promise<ChargeView | undefined>;
  /** What only the box office of a venue watches. */
  tellOffice?: Record<'sale' | 'shift', (em: Em, id: string) => Promise<void>>;
  /** The boards of the venues gather what has changed, and tell it together. */
  touchBoard?(changes: readonly OutboxRow[]): void;
  /** Where customers get mail: it is queued in the transaction in which these rows of the outbox are deleted. */
  mail?: { queue(em: Em, outboxIds: readonly number[]): Promise<void>; wake(): void } | null;
  /** `lagMs`: from the first word of a change until its watchers were told. */
  told?(lagMs: number): void;
  failed(error: unknown): void;
}

export type OutboxRow = Pick<Outbox, 'topic' | 'subject'> & { showing: number | null };

/**
 * Carries what the outbox holds to the watchers: the newest state, not the one of the row. A row is deleted after its
 * state was sent, so a crash in between sends it again, and watchers ignore what is not newer.
 */
export function startRelay(parts: RelayParts): Relay {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let wokenAt: Date | undefined;
  let wellAt = parts.clock.now();

  function wake() {
    if (stopped) return;
    wokenAt ??= parts.clock.now();
    again = true;
    running ??= drain().finally(() => {
      running = undefined;
      if (again) wake();
    });
  }

  async function drain() {
    again = false;
    const since = wokenAt ?? parts.clock.now();
    wokenAt = undefined;
    try {
      for (let rows = BATCH; !stopped && rows === BATCH; ) {
        rows = await deliver(parts);
        wellAt = parts.clock.now();
        if (rows > 0) parts.told?.(+wellAt - +since);
      }
    } catch (error) {
      parts.failed(error);
    }
  }

  const stopSweeping = every(parts.clock, SWEEP_MS, async () => wake());
  wake();
  return {
    wake,
    wellAt: () => wellAt,
    async idle() {
      while (running !== undefined) await running;
    },
    async stop() {
      stopped = true;
      stopSweeping();
      await running;
    },
  };
}

/** Sends one batch; answers how many rows it held. */
async function deliver(parts: RelayParts): Promise<number> {
  const { database, realtime, failed } = parts;
  const em = database.read();
  const rows = await findUntold.all(em, {});
  if (rows.length === 0) return 0;
  for (const { subject, topic } of new Map(rows.map(row => [`${row.topic} ${row.subject}`, row])).values()) {
    if ((topic === 'booking' || topic === 'charge') && realtime.watchers(subject) === 0) continue; // Whoever comes later reads it.
    await TELL[topic](parts, em, subject).catch(failed); // One that fails must not silence the others.
  }
  for (const showing of new Set(rows.map(row => row.showing))) if (showing !== null) realtime.touchShowing(showing);
  parts.touchBoard?.(rows);
  const ids = rows.map(row => row.id);
  await database.write(async write => {
    await parts.mail?.queue(write, ids);
    await query(write).deleteFrom('outbox').where('id', 'in', padded(ids)).execute();
  });
  parts.mail?.wake();
  return rows.length;
}

const findUntold = prepared((em, _: object) =>
  query(em).selectFrom('outbox').select(['id', 'topic', 'subject', 'showing']).orderBy('id').limit(BATCH),
);

/** To the next power of two, the last one again and again: a statement for each length would be written and planned anew each time. */
function padded(ids: readonly number[]): number[] {
  const length = 2 ** Math.ceil(Math.log2(ids.length));
  return Array.from({ length }, (_, at) => ids[Math.min(at, ids.length - 1)] ?? 0);
}

const TELL: Record<Topic, (parts: RelayParts, em: Em, id: string) => Promise<void>> = {
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
