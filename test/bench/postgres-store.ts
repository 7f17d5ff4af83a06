import pg from 'pg';
import { type Database, openDatabase } from '../../server/database/open-database.ts';
import { startPostgres } from '../support/postgres.ts';
import type { Filling, Store } from './stores.ts';

/** A PostgreSQL of its own that really syncs; a database for each run, copied from one that was filled once. */
export function openPostgres(): Store {
  const started = startPostgres({ durable: true });
  const filled = new Map<string, Promise<unknown>>();
  let copies = 0;
  const within = async (name: string) => (await started).url.replace(/[^/]+$/, name);

  async function ask(sql: string) {
    const client = new pg.Client({ connectionString: (await started).url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }

  async function fill<T>(name: string, { fill: add }: Filling<T>): Promise<T> {
    await ask(`create database ${name}`);
    return using(await within(name), add);
  }

  return {
    name: 'PostgreSQL',
    async open<T>(filling: Filling<T>) {
      const original = `bench_${filling.name.replaceAll('-', '_')}`;
      const filledOnce = filled.get(original) ?? fill(original, filling);
      filled.set(original, filledOnce);
      const seeded = (await filledOnce) as T;
      const name = `run_${++copies}`;
      await ask(`create database ${name} template ${original}`);
      const url = await within(name);
      await using(url, ({ orm }) => orm.em.fork().execute('analyze'));
      return {
        ...{ url, seeded, using: work => using(url, work) },
        remove: () => ask(`drop database if exists ${name} with (force)`),
      };
    },
    close: async () => (await started).stop(),
  };
}

async function using<R>(url: string, work: (database: Database) => Promise<R>): Promise<R> {
  const database = await openDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
