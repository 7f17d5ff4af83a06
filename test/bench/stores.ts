import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../server/database/open-database.ts';
import { createVault } from '../../server/database/vault.ts';
import { systemRandom } from '../../shared/random.ts';
import { BROKEN } from '../support/invariants.ts';
import { openPostgres } from './postgres-store.ts';

export const DATA_KEY = 'a key of at least thirty-two characters';
export const vault = createVault(DATA_KEY, systemRandom);

/** What a run begins with; made once for all runs. */
export interface Filling<T> {
  name: string;
  /** The SQLite file that it is added to; without it, to nothing. */
  base?: () => Promise<string>;
  fill(database: Database): Promise<T>;
}

/** Where the data of a run stand: another kind of database is another one of these. */
export interface Store {
  name: string;
  /** A place of its own, filled. */
  open<T>(filling: Filling<T>): Promise<OpenStore<T>>;
  close(): Promise<void>;
}

export interface OpenStore<T> {
  /** For the server under test, as its setting `DATABASE_URL`. */
  url: string;
  seeded: T;
  /** Looked at from here, also while a server has it. */
  using<R>(work: (database: Database) => Promise<R>): Promise<R>;
  remove(): Promise<void>;
}

/** A file for each run: a copy of one that was filled once. */
export function openSqlite(): Store {
  const folder = mkdtemp(join(tmpdir(), 'tiketi-bench-'));
  const filled = new Map<string, Promise<unknown>>();
  let copies = 0;

  return {
    name: 'SQLite',
    async open<T>(filling: Filling<T>) {
      const original = join(await folder, `${filling.name}.db`);
      const filledOnce = filled.get(filling.name) ?? fill(original, filling);
      filled.set(filling.name, filledOnce);
      const seeded = (await filledOnce) as T;
      const file = join(await folder, `run-${++copies}.db`);
      await copyFile(original, file);
      return {
        ...{ url: `sqlite:${file}`, seeded, using: work => using(file, work) },
        async remove() {
          for (const ending of ['', '-wal', '-shm']) await rm(file + ending, { force: true });
        },
      };
    },
    close: async () => rm(await folder, { recursive: true, force: true }),
  };
}

async function fill<T>(file: string, { base, fill: add }: Filling<T>): Promise<T> {
  if (base) await copyFile(await base(), file);
  return using(file, add);
}

async function using<R>(file: string, work: (database: Database) => Promise<R>): Promise<R> {
  const database = await openDatabase(file);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

export const STORES: Record<'sqlite' | 'postgres', () => Store> = { sqlite: openSqlite, postgres: openPostgres };

/** Throws with the rule and the rows that break it. */
export async function assertUnbroken(store: OpenStore<unknown>): Promise<void> {
  await store.using(async ({ orm }) => {
    for (const [rule, sql] of Object.entries(BROKEN)) {
      const rows = await orm.em.fork().execute(sql);
      if (rows.length > 0) throw new Error(`${rule}: ${JSON.stringify(rows.slice(0, 5))}`);
    }
  });
}
