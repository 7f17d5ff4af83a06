import { EntityCaseNamingStrategy } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import type { AbstractSqlDriver, Options, SqlEntityManager } from '@mikro-orm/sql';
import { type Meters, NO_METERS } from '../metrics/meters.ts';
import { type Em, entities, type Orm } from '../model/entities.ts';
import type { PostgresPoolDialect } from './postgres-dialect.ts';
import { connectSqlite } from './sqlite.ts';
import type { DurableSqliteDialect } from './sqlite-dialect.ts';
import type { Write } from './write-together.ts';

export const CONNECTIONS = 16; // Of one process; a few processes stay well under PostgreSQL's usual 100.

export interface Database {
  orm: Orm;
  /** One durable transaction: nobody is answered before its commit. */
  write: Write;
  /** To look things up, outside of any write. It is one for all, since nobody lets it load entities: a new one takes longer than to ask. */
  read(): Em;
  close(): Promise<void>;
}

/** A database that is not migrated yet. */
export interface Connected extends Database {
  migrate(): Promise<void>;
}

/** Opens and migrates the database at `place`: a SQLite file, `:memory:`, or `postgres://…`. */
export async function openDatabase(
  place: string,
  connections = CONNECTIONS,
  meters: Meters = NO_METERS,
): Promise<Database> {
  const database = await (isPostgres(place)
    ? postgres(place, connections, undefined, meters)
    : connectSqlite(place, optionsFor('sqlite'), undefined, meters));
  await database.migrate();
  return database;
}

/** The same, as it is, for whoever writes a migration or wants a look inside. */
export function connect(place: string, dialect?: DurableSqliteDialect | PostgresPoolDialect): Promise<Connected> {
  if (dialect && 'pool' in dialect) return postgres(place, CONNECTIONS, dialect);
  return isPostgres(place) ? postgres(place, CONNECTIONS) : connectSqlite(place, optionsFor('sqlite'), dialect);
}

export function isPostgres(place: string): boolean {
  return /^postgres(ql)?:/.test(place);
}

/** Only who uses PostgreSQL waits for its driver to be loaded. */
async function postgres(
  url: string,
  connections: number,
  dialect?: PostgresPoolDialect,
  meters: Meters = NO_METERS,
): Promise<Connected> {
  const { connectPostgres } = await import('./postgres.ts');
  const { PostgresPoolDialect } = await import('./postgres-dialect.ts');
  return connectPostgres(url, optionsFor('postgres'), dialect ?? new PostgresPoolDialect(url, connections), meters);
}

export type CommonOptions = Options<AbstractSqlDriver, SqlEntityManager, typeof entities>;

/** What both databases have in common. */
function optionsFor(folder: 'sqlite' | 'postgres'): CommonOptions {
  const path = `${import.meta.dirname}/migrations/${folder}`;
  return {
    entities,
    namingStrategy: EntityCaseNamingStrategy, // Columns are called as properties are: one word, one meaning.
    extensions: [Migrator],
    migrations: { path, pathTs: path, glob: '*.ts', snapshotName: 'snapshot', snapshotOnMigrate: false, silent: true },
  };
}
