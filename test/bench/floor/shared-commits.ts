import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { CompiledQuery, Kysely, SqliteDialect } from 'kysely';

const MOST_TOGETHER = 64;
const SAVE = CompiledQuery.raw('savepoint alone');
const KEEP = CompiledQuery.raw('release alone');

export type Row = Record<string, string | number | null>;
/** One statement, through Kysely; answers its rows. */
export type Run = (sql: string, values?: readonly unknown[]) => Promise<Row[]>;
export type Write = <T>(work: (run: Run) => Promise<T>) => Promise<T>;

/** A SQLite file as safe as ours: what every design on Kysely that shares its commits must do, and no more. */
export function openShared(file: string): { read: Run; write: Write } {
  const database = new Database(file);
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = full');
  database.pragma('foreign_keys = on');
  const kept = new Map<string, Database.Statement>();
  const prepare = (sql: string) => {
    const statement = kept.get(sql) ?? database.prepare(sql);
    kept.set(sql, statement);
    return statement as never;
  };
  const kysely = new Kysely<unknown>({ dialect: new SqliteDialect({ database: { prepare, close() {} } }) });
  const through =
    (to: Pick<Kysely<unknown>, 'executeQuery'>): Run =>
    async (sql, values = []) =>
      (await to.executeQuery<Row>(CompiledQuery.raw(sql, [...values]))).rows;
  return { read: through(kysely), write: together(kysely, through) };
}

type Waiting = (run: Run, to: Pick<Kysely<unknown>, 'executeQuery'>) => Promise<() => void>;

/** Whatever arrives while a commit is under way shares the next one, in a savepoint of its own. */
function together(kysely: Kysely<unknown>, through: (to: Pick<Kysely<unknown>, 'executeQuery'>) => Run): Write {
  const queue: Waiting[] = [];
  let isWriting = false;

  async function writeAll() {
    await setImmediate();
    while (queue.length > 0) {
      const answers = await kysely.transaction().execute(async transaction => {
        const all: (() => void)[] = [];
        for (const waiting of queue.splice(0, MOST_TOGETHER))
          all.push(await waiting(through(transaction), transaction));
        return all;
      });
      for (const answer of answers) answer();
    }
    isWriting = false;
  }

  return work =>
    new Promise(done => {
      queue.push(async (run, to) => {
        await to.executeQuery(SAVE);
        const value = await work(run);
        await to.executeQuery(KEEP);
        return () => done(value);
      });
      if (isWriting) return;
      isWriting = true;
      void writeAll();
    });
}
