import Sqlite from 'better-sqlite3';
import { connect, type Database } from '../../server/database/open-database.ts';
import { DurableSqliteDialect } from '../../server/database/sqlite-dialect.ts';
import { writeTogether } from '../../server/database/write-together.ts';

/** Sees every statement of the server's before it runs, and every commit after it. What it throws, the server meets. */
export interface Supervisor {
  before(sql: string): void;
  committed(): void;
  /** Only of PostgreSQL, where several are under way: each statement waits for its turn. */
  turn?(sql: string): Promise<void>;
  /** The same: what is really asked instead. */
  instead?(sql: string): string;
}

/** A database that survives the death of the process that used it. */
export interface Disk {
  /** Unsupervised, for looking at what was committed. */
  query<Row>(sql: string): (...values: unknown[]) => Row[];
  /** For tests that break something on purpose. */
  change(sql: string): void;
  supervise(supervisor: Supervisor | null): void;
  /** As a process sees it that just opened it. */
  open(): Database;
  /** What a killed process had not committed never was. */
  rollBack(): void;
  /** Empty, as new. */
  erase(): void;
  /** Resolves when a statement that is under way may have ended; undefined when there is none. */
  asking(): Promise<unknown> | undefined;
  /** The same without those that wait for what only somebody else can bring about. */
  settled(): Promise<unknown> | undefined;
}

/** One for all histories of this process: to open and migrate it takes longer than a history. */
export async function createDisk(): Promise<Disk> {
  const dialect = new DurableSqliteDialect(':memory:');
  const sqlite = dialect.database;
  const prepare = sqlite.prepare.bind(sqlite);
  let supervisor: Supervisor | null = null;
  const supervised = (sql: string) => supervise(prepare(sql), sql, () => supervisor);
  sqlite.prepare = supervised as unknown as typeof sqlite.prepare;
  const { orm, read, close } = await connect(':memory:', dialect);
  await orm.migrator.up();
  const tables = prepare("select name from sqlite_master where type = 'table' and name not like '%migrations'")
    .pluck()
    .all() as string[];
  const kept = new Map<string, Sqlite.Statement>();
  return {
    query: sql => {
      const statement = kept.get(sql) ?? prepare(sql);
      kept.set(sql, statement);
      return (...values) => statement.all(...values) as never[];
    },
    change: sql => void sqlite.exec(sql),
    supervise(next) {
      supervisor = next;
    },
    open: () => ({ orm, read, write: writeTogether(orm, sqlite), close }),
    rollBack: () => void (sqlite.inTransaction && prepare('rollback').run()),
    erase: () => erase(sqlite, tables),
    asking: () => undefined,
    settled: () => undefined,
  };
}

function supervise(statement: Sqlite.Statement, sql: string, supervisor: () => Supervisor | null) {
  const around = <T>(run: () => T): T => {
    supervisor()?.before(sql);
    const result = run();
    if (sql === 'commit') supervisor()?.committed();
    return result;
  };
  return {
    reader: statement.reader,
    all: (...values: unknown[]) => around(() => statement.all(...values)),
    run: (...values: unknown[]) => around(() => statement.run(...values)),
    iterate: (...values: unknown[]) => around(() => statement.iterate(...values)),
  };
}

/** The counters of generated ids too: a seed must find the same numbers whatever was before it. */
function erase(sqlite: Sqlite.Database, tables: string[]) {
  sqlite.pragma('foreign_keys = off');
  const guards = sqlite.prepare('select 1 from shift limit 1').all().length > 0 ? guardsOf(sqlite) : [];
  for (const { name } of guards) sqlite.exec(`drop trigger "${name}"`);
  for (const table of tables) sqlite.exec(`delete from "${table}"`);
  for (const { sql } of guards) sqlite.exec(sql);
  sqlite.pragma('foreign_keys = on');
}

/** Journals and sealed shifts let nobody delete them; a new history begins without any. */
function guardsOf(sqlite: Sqlite.Database): { name: string; sql: string }[] {
  return sqlite.prepare(`select name, sql from sqlite_master where type = 'trigger'`).all() as never[];
}

/** Somebody else has held the file for longer than anybody waits. */
export function busy(): Error {
  return Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY', simulated: true });
}

/** SQLite could not write the commit down; it never was. */
export function diskFull(): Error {
  return Object.assign(new Sqlite.SqliteError('database or disk is full', 'SQLITE_FULL'), { simulated: true });
}
