import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AbstractSqlDriver, MikroORM, type SqlEntityManager } from '@mikro-orm/sql';
import { SqliteDriver } from '@mikro-orm/sqlite';
import { NO_METERS } from '../metrics/meters.ts';
import type { entities } from '../model/entities.ts';
import type { CommonOptions, Connected } from './open-database.ts';
import { DurableSqliteDialect } from './sqlite-dialect.ts';
import { watchReads } from './watch-reads.ts';
import { writeTogether } from './write-together.ts';

/** One file, one connection, one writer. */
export async function connectSqlite(
  file: string,
  options: CommonOptions,
  dialect = newDialect(file),
  meters = NO_METERS,
): Promise<Connected> {
  const orm = await MikroORM.init<AbstractSqlDriver, SqlEntityManager, typeof entities>({
    ...options,
    driver: SqliteDriver,
    dbName: file,
    driverOptions: () => watchReads(dialect, meters),
  });
  const reader = orm.em.fork();
  return {
    orm,
    write: writeTogether(orm, dialect.database, meters),
    read: () => reader,
    close: () => orm.close(true),
    migrate: async () => void (await orm.migrator.up()),
  };
}

function newDialect(file: string) {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  return new DurableSqliteDialect(file);
}
