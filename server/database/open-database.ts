import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { EntityCaseNamingStrategy } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { type AbstractSqlDriver, MikroORM, type SqlEntityManager } from '@mikro-orm/sql';
import { SqliteDriver } from '@mikro-orm/sqlite';
import { type Em, entities, type Orm } from '../model/entities.ts';
import { DurableSqliteDialect } from './sqlite-dialect.ts';
import { type Write, writeTogether } from './write-together.ts';

export interface Database {
  orm: Orm;
  /** One durable transaction: nobody is answered before its commit. */
  write: Write;
  /** An EntityManager of one's own, to look things up. */
  read(): Em;
  close(): Promise<void>;
}

/** Opens and migrates the SQLite database in `file`, which may be `:memory:`. */
export async function openDatabase(file: string): Promise<Database> {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = await connect(file);
  await database.orm.migrator.up();
  return database;
}

/** The same, as it is, for whoever writes a migration. */
export async function connect(file: string, dialect = new DurableSqliteDialect(file)): Promise<Database> {
  const path = `${import.meta.dirname}/migrations/sqlite`;
  const orm = await MikroORM.init<AbstractSqlDriver, SqlEntityManager, typeof entities>({
    entities,
    namingStrategy: EntityCaseNamingStrategy, // Columns are called as properties are: one word, one meaning.
    extensions: [Migrator],
    migrations: { path, pathTs: path, glob: '*.ts', snapshotName: 'snapshot', snapshotOnMigrate: false, silent: true },
    driver: SqliteDriver,
    dbName: file,
    driverOptions: () => dialect,
  });
  return {
    orm,
    write: writeTogether(orm, dialect.database),
    read: () => orm.em.fork(),
    close: () => orm.close(true),
  };
}
