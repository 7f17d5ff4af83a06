import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import pg from 'pg';
import { openDatabase } from '../../server/database/open-database.ts';
import { type Postgres, startPostgres } from './postgres.ts';

const MIGRATIONS = `${import.meta.dirname}/../../server/database/migrations/postgres`;
const TEMPLATE_LOCK = 7_113_002;

export type Store = 'sqlite' | 'postgres';

const WANTED = process.env.TIKETI_TEST_STORE;

/** On which database tests run that do not name one: `TIKETI_TEST_STORE=postgres npm test` tries everything there. */
export const STORE: Store = WANTED === 'postgres' ? 'postgres' : 'sqlite';
/** Those that tests of both run on. */
export const EACH_STORE: Store[] = WANTED === 'postgres' || WANTED === 'sqlite' ? [WANTED] : ['sqlite', 'postgres'];

/** The same test once on each database. */
export function testOnEachStore(name: string, body: (t: TestContext, store: Store) => Promise<void>): void {
  test(name, async t => {
    for (const store of EACH_STORE) await t.test(`on ${store}`, each => body(each, store));
  });
}

/** Where a test's data stand, empty. */
export interface Place {
  /** For the setting `DATABASE_URL`. */
  url: string;
  /** For what lies beside it. */
  folder: string;
  remove(): Promise<void>;
}

export function newPlace(store: Store = STORE): Promise<Place> {
  return store === 'postgres' ? newPostgresPlace() : newSqlitePlace();
}

async function newSqlitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'tiketi-'));
  return { url: `sqlite:${folder}/test.db`, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A database of its own, copied from one that is migrated: that takes a thirtieth of the time. */
async function newPostgresPlace(): Promise<Place> {
  const server = await serverUrl();
  template ??= makeTemplate(server);
  return createPlace(server, `template ${await template} strategy file_copy`);
}

/** One in which there is nothing at all. */
export async function newEmptyPostgres(): Promise<Place> {
  return createPlace(await serverUrl(), '');
}

async function createPlace(server: string, how: string): Promise<Place> {
  const name = `t${randomUUID().replaceAll('-', '')}`;
  await ask(server, `create database ${name} ${how}`);
  const folder = await mkdtemp(join(tmpdir(), 'tiketi-'));
  return {
    ...{ url: within(server, name), folder },
    async remove() {
      await ask(server, `drop database if exists ${name} with (force)`);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let own: Promise<Postgres> | undefined;
let template: Promise<string> | undefined;

/** The one of the whole run, or one of this process alone: it goes when this process does. */
async function serverUrl(): Promise<string> {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL;
  own ??= startPostgres();
  return (await own).url;
}

/** Made once in each PostgreSQL for each set of migrations, whoever comes first. */
async function makeTemplate(server: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of readdirSync(MIGRATIONS)) hash.update(readFileSync(join(MIGRATIONS, file)));
  const name = `tiketi_${hash.digest('hex').slice(0, 16)}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return name;
    await client.query(`drop database if exists ${name}_new with (force)`);
    await client.query(`create database ${name}_new`);
    await (await openDatabase(within(server, `${name}_new`))).close();
    await client.query(`alter database ${name}_new rename to ${name}`);
    return name;
  } finally {
    await client.end();
  }
}

function within(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** Asks the database at `url` from outside of whatever is tested. */
export async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
