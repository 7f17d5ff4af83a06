import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { type AbstractSqlDriver, MikroORM, type SqlEntityManager } from '@mikro-orm/sql';
import { NO_METERS } from '../metrics/meters.ts';
import type { entities, Orm } from '../model/entities.ts';
import type { CommonOptions, Connected } from './open-database.ts';
import type { PostgresPoolDialect } from './postgres-dialect.ts';
import { TextGenerator } from './postgres-migrations.ts';
import { watchReads } from './watch-reads.ts';
import { writeApart } from './write-apart.ts';

const MIGRATION_LOCK = 7_113_001; // Any number that nothing else in this PostgreSQL uses.

/** Many connections, many writers. */
export async function connectPostgres(
  url: string,
  options: CommonOptions,
  dialect: PostgresPoolDialect,
  meters = NO_METERS,
): Promise<Connected> {
  const orm = await MikroORM.init<AbstractSqlDriver, SqlEntityManager, typeof entities>({
    ...options,
    migrations: { ...options.migrations, generator: TextGenerator },
    driver: PostgreSqlDriver,
    clientUrl: url,
    driverOptions: () => watchReads(dialect, meters),
  });
  const reader = orm.em.fork();
  return {
    orm,
    write: writeApart(orm, meters),
    read: () => reader,
    close: () => orm.close(true),
    migrate: () => migrate(orm),
  };
}

/** Several processes may start at once: one of them migrates, and the others wait. */
async function migrate(orm: Orm) {
  await orm.em.fork().transactional(async em => {
    await em.execute('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await assertSafe(em);
    await orm.migrator.up({ transaction: em.getTransactionContext() });
  });
}

/** A commit that returned must be on the disk, and every letter must find its place. */
async function assertSafe(em: Orm['em']) {
  const [{ commit, encoding } = {}] = (await em.execute(
    `select current_setting('synchronous_commit') as commit, current_setting('server_encoding') as encoding`,
  )) as { commit?: string; encoding?: string }[];
  if (commit === 'off' || encoding !== 'UTF8')
    throw new Error(`This PostgreSQL has synchronous_commit ${commit} and encoding ${encoding}: not safe for money`);
}
