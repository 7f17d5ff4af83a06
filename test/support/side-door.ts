import Database from 'better-sqlite3';
import { isPostgres } from '../../server/database/open-database.ts';
import { PostgresNow } from './postgres-now.ts';
import { toPostgres } from './raw-sql.ts';

/** A database as somebody sees it who is not the server: only what was committed, in the words of SQLite. */
export interface SideDoor {
  all<Row>(sql: string): Row[];
  change(sql: string): void;
  /** Everything that `look` reads stands side by side in the database. */
  atOneInstant<T>(look: () => T): T;
  /** All tables. */
  names(): string[];
  close(): void;
}

/** `place` is a SQLite file or the URL of a PostgreSQL database. Answers at once: nothing else happens meanwhile. */
export function openSideDoor(place: string): SideDoor {
  return isPostgres(place) ? toPostgresDatabase(place) : toFile(place);
}

function toFile(file: string): SideDoor {
  const database = new Database(file, { timeout: 1_000 });
  return {
    all: <Row>(sql: string) => database.prepare<[], Row>(sql).all(),
    change: sql => void database.exec(sql),
    atOneInstant: look => database.transaction(look)(),
    names: () =>
      database
        .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
        .pluck()
        .all(),
    close: () => void database.close(),
  };
}

function toPostgresDatabase(url: string): SideDoor {
  const database = new PostgresNow(url);
  return {
    all: <Row>(sql: string) => database.ask(toPostgres(sql)) as Row[],
    change: sql => void database.ask(toPostgres(sql)),
    atOneInstant(look) {
      database.ask('begin isolation level repeatable read, read only');
      try {
        return look();
      } finally {
        database.ask('commit');
      }
    },
    names: () =>
      database
        .ask(`select tablename as name from pg_tables where schemaname = 'public'`)
        .map(({ name }) => String(name)),
    close: () => database.close(),
  };
}
