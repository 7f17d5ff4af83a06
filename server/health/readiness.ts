import type { Clock } from '../../shared/clock.ts';
import type { Database } from '../database/open-database.ts';
import { query } from '../model/entities.ts';

const PROBED_EVERY_MS = 5_000; // Anybody may ask, and each probe is a sync to the disk.
const PATIENCE_MS = 2_000; // A database that takes longer for one row is no use to anybody.
const PROBE = 'last-probe'; // Its row in `remembered`.

/** One part of the server; `trouble`: a sentence without anything secret, null when all is well. */
export interface PartHealth {
  part: string;
  trouble: string | null;
}

/** Whether this process should be given work. */
export interface Readiness {
  see(): Promise<PartHealth[]>;
  /** A further part that must be well. */
  add(part: string, trouble: () => string | null): void;
  /** From now on it should be given none. */
  drain(): void;
}

/** The database is there from the beginning, and was migrated when it was opened. */
export function createReadiness(parts: { clock: Clock; database: Database }): Readiness {
  const further = new Map<string, () => string | null>();
  const probe = createProbe(parts);
  let isDraining = false;
  return {
    async see() {
      const database = await probe();
      return [
        { part: 'database', trouble: database },
        ...[...further].map(([part, trouble]) => ({ part, trouble: trouble() })),
        { part: 'process', trouble: isDraining ? 'is stopping' : null },
      ];
    },
    add: (part, trouble) => void further.set(part, trouble),
    drain() {
      isDraining = true;
    },
  };
}

/** For what goes round and round: in trouble when it has not done so for a while. */
export function staleAfter(ms: number, clock: Clock, wellAt: () => Date): () => string | null {
  return () => (+clock.now() - +wellAt() > ms ? `has not gone round for more than ${ms / 1_000} seconds` : null);
}

/** Really writes a row: a full disk and a standby can still be read. One probe at a time. */
function createProbe({ clock, database }: { clock: Clock; database: Database }): () => Promise<string | null> {
  let known: { trouble: string | null; at: Date } | undefined;
  let probing: Promise<string | null> | undefined;

  async function probeOnce() {
    const trouble = await writeRow(database, clock.now()).then(
      () => null,
      () => 'does not take a write',
    );
    known = { trouble, at: clock.now() };
    probing = undefined;
    return trouble;
  }

  return async () => {
    if (known && +clock.now() - +known.at < PROBED_EVERY_MS) return known.trouble;
    probing ??= probeOnce();
    const late = Promise.withResolvers<string>();
    const stopWaiting = clock.after(PATIENCE_MS, () =>
      late.resolve(`does not answer within ${PATIENCE_MS / 1_000} seconds`),
    );
    return Promise.race([probing, late.promise]).finally(stopWaiting);
  };
}

function writeRow(database: Database, now: Date): Promise<unknown> {
  const value = now.toISOString();
  return database.write(em =>
    query(em)
      .insertInto('remembered')
      .values({ name: PROBE, value })
      .onConflict(known => known.column('name').doUpdateSet({ value }))
      .execute(),
  );
}
