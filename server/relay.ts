import { type Clock, every } from '../shared/clock.ts';
import type { Database } from './database/open-database.ts';
import { type Em, query } from './model/entities.ts';
import { prepared } from './model/prepared.ts';
import { createTold, type Told } from './relay/forget-told.ts';
import { hearNews, shareNews, takeRows } from './relay/share-news.ts';
import { createNewsTeller, type OutboxRow, type TellerParts } from './relay/tell-news.ts';

export type { OutboxRow } from './relay/tell-news.ts';

const SWEEP_MS = 1_000; // Finds what a crash left behind, and what a wake-up missed.
const BATCH = 200;

export interface Relay {
  /** Something was committed that watchers want to know. */
  wake(): void;
  /** What a relay of any process has shared. */
  hear(news: string): void;
  /** When it last found that everything was told, or told some more. */
  wellAt(): Date;
  /** Resolves when there is nothing left to tell. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

interface RelayParts extends TellerParts {
  clock: Clock;
  database: Database;
  /** Where other processes serve the same database: the name of this one. */
  self?: string | null;
  /** Where customers get mail: it is queued in the transaction in which these rows of the outbox are deleted. */
  mail?: { queue(em: Em, outboxIds: readonly number[]): Promise<void>; wake(): void } | null;
  /** `lagMs`: from the first word of a change until its watchers were told. */
  told?(lagMs: number): void;
}

/**
 * Carries what the outbox holds to the watchers. Alone, a row is deleted a moment after its state was sent, so a crash in
 * between sends it again, and watchers ignore what is not newer. Where there are other processes, each takes rows that no
 * other has, and shares them in the transaction that deletes them; only then its own watchers are told, who would be gone
 * with it if it died.
 */
export function startRelay(parts: RelayParts): Relay {
  const teller = createNewsTeller(parts);
  const told = openTold(parts);
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
        rows = await deliver(parts, teller.tell, told);
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
    hear(news) {
      const rows = parts.self ? hearNews(news, parts.self) : undefined;
      if (rows && !stopped) void teller.tell(rows);
    },
    wellAt: () => wellAt,
    async idle() {
      while (running !== undefined) await running;
      await finish(teller, told);
    },
    async stop() {
      stopped = true;
      stopSweeping();
      await running;
      await finish(teller, told);
    },
  };
}

/** Letters are queued in the commit that forgets: where there are any, it follows at once. */
function openTold(parts: RelayParts): Told {
  const { clock, failed, mail } = parts;
  return createTold({ clock, atOnce: Boolean(mail), remove: ids => forget(parts, ids), failed });
}

async function finish(teller: { idle(): Promise<void> }, told: Told) {
  await teller.idle();
  await told.forget();
}

type Tell = (rows: readonly OutboxRow[]) => Promise<void>;

/** Sends one batch; answers how many rows it held. */
function deliver(parts: RelayParts, tell: Tell, told: Told): Promise<number> {
  return parts.self ? deliverToAll(parts, parts.self, tell) : deliverHere(parts, tell, told);
}

async function deliverHere(parts: RelayParts, tell: Tell, told: Told): Promise<number> {
  const rows = (await findOldest.all(parts.database.read(), {})).filter(({ id }) => !told.has(id));
  if (rows.length === 0) return 0;
  await tell(rows);
  await told.add(rows.map(({ id }) => id));
  return rows.length;
}

async function forget({ database, mail }: RelayParts, ids: number[]) {
  await database.write(em => remove(em, mail, ids));
  mail?.wake();
}

async function deliverToAll(parts: RelayParts, self: string, tell: Tell): Promise<number> {
  const rows = await parts.database.write(async em => {
    const taken = await takeRows(em, BATCH);
    if (taken.length === 0) return taken;
    await shareNews(em, self, taken);
    await remove(
      em,
      parts.mail,
      taken.map(({ id }) => id),
    );
    return taken;
  });
  if (rows.length === 0) return 0;
  parts.mail?.wake();
  await tell(rows);
  return rows.length;
}

async function remove(em: Em, mail: RelayParts['mail'], ids: readonly number[]) {
  await mail?.queue(em, ids);
  await query(em).deleteFrom('outbox').where('id', 'in', padded(ids)).execute();
}

const findOldest = prepared((em, _: object) =>
  query(em).selectFrom('outbox').select(['id', 'topic', 'subject', 'showing']).orderBy('id').limit(BATCH),
);

/** To the next power of two, the last one again and again: a statement for each length would be written and planned anew each time. */
function padded(ids: readonly number[]): number[] {
  const length = 2 ** Math.ceil(Math.log2(ids.length));
  return Array.from({ length }, (_, at) => ids[Math.min(at, ids.length - 1)] ?? 0);
}
