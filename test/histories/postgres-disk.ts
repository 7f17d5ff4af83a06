import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { CONNECTIONS, connect as connectTo } from '../../server/database/open-database.ts';
import { PostgresPoolDialect } from '../../server/database/postgres-dialect.ts';
import { PostgresNow } from '../support/postgres-now.ts';
import { outsideQuotes, toPostgres } from '../support/raw-sql.ts';
import { newPlace } from '../support/stores.ts';
import type { Disk, Supervisor } from './disk.ts';
import { lookingGlass } from './looking-glass.ts';

const STILL_MS = 5; // A statement that has no answer by then may be waiting for somebody's lock.
const BLOCKED = `select count(*) as blocked from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

/**
 * The same on PostgreSQL: its statements take their time, several are under way at once, and what comes first is not for
 * the seed to say. So a seed gives the same evening here, but not the same order of everything in it.
 */
export async function createPostgresDisk(): Promise<Disk> {
  const { url } = await newPlace('postgres');
  const dialect = new PostgresPoolDialect(url, CONNECTIONS);
  const { pool } = dialect;
  const eyes = new PostgresNow(url);
  const tables = lookingGlass(eyes);
  let supervisor: Supervisor | null = null;
  const waiting = new Waiting();
  const clients = new Set<PoolClient>();
  pool.prependListener('connect', client => {
    clients.add(client);
    client.once('end', () => clients.delete(client));
    supervise(client, waiting, () => supervisor);
  });
  const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
  pool.connect = (() => waiting.until(connectAnew(connect))) as typeof pool.connect;
  const database = await connectTo(url, dialect);
  const cut = () => {
    for (const client of clients) streamOf(client).destroy();
    clients.clear();
  };
  return {
    query: sql => {
      const names = new Map([...sql.matchAll(/\w+/g)].map(([word]) => [word.toLowerCase(), word]));
      return (...given) => {
        const { text, values } = inItsWords(sql, given);
        return eyes.ask(text, values).map(row => renamed(row, names)) as never[];
      };
    },
    change: sql => void eyes.ask(`set search_path to public; ${toPostgres(sql)}; set search_path to looking, public`),
    supervise(next) {
      supervisor = next;
    },
    open: () => database,
    rollBack: cut,
    erase() {
      cut();
      eyes.ask(`truncate ${tables.map(table => `public."${table}"`).join(', ')} restart identity cascade`);
    },
    asking: () => waiting.ended(() => 0),
    settled: () => waiting.ended(() => Number(eyes.ask(BLOCKED)[0]?.blocked)),
  };
}

/** The pool has not heard yet of those that were cut in this instant. */
async function connectAnew(connect: () => Promise<PoolClient>): Promise<PoolClient> {
  const client = await connect();
  if (!streamOf(client).destroyed) return client;
  client.release(true);
  return connectAnew(connect);
}

function streamOf(client: PoolClient) {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}

/** What is under way to the database and back. */
class Waiting {
  readonly #under = new Set<Promise<unknown>>();
  #outside = 0;
  #stillSince = performance.now();

  until<T>(work: Promise<T>): Promise<T> {
    this.#under.add(work);
    this.#stillSince = performance.now();
    const over = () => {
      this.#under.delete(work);
      this.#stillSince = performance.now();
    };
    work.then(over, over);
    return work;
  }

  /** So long it is not the database that is waited for. */
  async outside(work: Promise<void> | undefined): Promise<void> {
    this.#outside += 1;
    await work;
    this.#outside -= 1;
    this.#stillSince = performance.now();
  }

  /** Undefined when nothing is, or nothing can be until somebody else goes on: `blocked` counts who waits for a lock. */
  ended(blocked: () => number): Promise<unknown> | undefined {
    const asking = this.#under.size - this.#outside;
    if (asking === 0) return undefined;
    if (performance.now() - this.#stillSince > STILL_MS && blocked() === asking) return undefined;
    return Promise.race([...[...this.#under].map(one => one.catch(() => {})), setTimeout(STILL_MS)]);
  }
}

/** What the supervisor throws is what the wire would have answered. */
function supervise(client: PoolClient, waiting: Waiting, supervisor: () => Supervisor | null) {
  const query = client.query.bind(client) as (...asked: unknown[]) => Promise<unknown>;
  const supervised = async (...asked: unknown[]) => {
    const sql = textOf(asked[0]);
    if (supervisor()?.turn) await waiting.outside(supervisor()?.turn?.(sql));
    supervisor()?.before(sql);
    const answer = await query(...instead(asked, supervisor()));
    if (sql === 'commit') supervisor()?.committed();
    return answer;
  };
  client.query = ((...asked: unknown[]) => waiting.until(supervised(...asked))) as typeof client.query;
}

/** Under another name than the text that it stands for has already. */
function instead([asked, ...values]: unknown[], supervisor: Supervisor | null): unknown[] {
  const text = textOf(asked);
  const other = supervisor?.instead?.(text) ?? text;
  if (other === text) return [asked, ...values];
  return [typeof asked === 'string' ? other : { ...(asked as object), text: other, name: undefined }, ...values];
}

function textOf(asked: unknown): string {
  return typeof asked === 'string' ? asked : String((asked as { text?: string }).text);
}

/** `?` and `@name` are how SQLite marks a value. */
function inItsWords(sql: string, given: readonly unknown[]) {
  const values: unknown[] = [];
  const text = outsideQuotes(sql, code => code.replaceAll('"', '')).replace(/\?|@([a-z]\w*)/gi, (_, name?: string) => {
    const value = name === undefined ? given[values.length] : (given[0] as Record<string, unknown>)[name];
    values.push(value);
    return `$${values.length}${typeof value === 'number' ? '::bigint' : ''}`;
  });
  return { text, values };
}

/** PostgreSQL knows names in small letters only, unless they are quoted. */
function renamed(row: Record<string, unknown>, names: Map<string, string>) {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [names.get(name) ?? name, value]));
}
