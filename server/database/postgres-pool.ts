import pg, { type Pool, type PoolClient } from 'pg';
import { parserOf, storable } from './postgres-values.ts';

const CONNECTED_WITHIN_MS = 10_000; // Also the wait for a free connection: longer, and people have left.
/** A plan that is kept for all values misses the indexes that only some values have: with it, payments began at a fifth of the pace. */
const PLANNED_EACH_TIME = '-c plan_cache_mode=force_custom_plan';
const STATEMENTS_KEPT = 500; // By each connection. The hot paths use a few dozen.
const IDLE_IN_TRANSACTION_MS = 30_000; // Our transactions wait for nothing but the database: a longer one is of a process that hangs.

/** Connections that a server can live with for months. */
export function createPool(url: string, connections: number): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECTED_WITHIN_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    application_name: 'tiketi',
    options: PLANNED_EACH_TIME,
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  });
  pool.on('error', () => {}); // An idle connection broke: the pool has dropped it, and opens another when it needs one.
  pool.on('connect', client => {
    client.on('error', () => {}); // Whoever is using it hears of it from their own query.
    giveBackWhenBroken(client);
  });
  return pool;
}

/**
 * Kysely keeps a connection for ever when its `begin` or `rollback` fails (kysely #1990). PostgreSQL restarting a few
 * times under load would empty the pool, and every request after that would wait without end. Here a broken connection
 * is given back: a rollback on it has happened by itself, and a begin on it is the caller's to try again.
 */
function giveBackWhenBroken(client: PoolClient) {
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
  const guarded = (sql: unknown, values?: unknown, ...rest: unknown[]) => {
    const asked = Array.isArray(values) ? [named(sql, values.map(storable))] : [sql, values, ...rest];
    const answer = query(...asked);
    return isTransaction(sql) ? (answer as Promise<unknown>).catch(error => release(client, sql, error)) : answer;
  };
  client.query = guarded as PoolClient['query'];
}

/** Under its name PostgreSQL has read it once for each connection, and only plans it every time. */
function named(text: unknown, values: unknown[]) {
  const name = typeof text === 'string' ? nameOf(text) : undefined;
  return { text, values, ...(name && { name }) };
}

const names = new Map<string, string>();

/** Undefined for those that come after so many others: lists of any length would have no end. */
function nameOf(sql: string): string | undefined {
  const known = names.get(sql);
  if (known || names.size === STATEMENTS_KEPT) return known;
  const name = `tiketi-${names.size}`;
  names.set(sql, name);
  return name;
}

function isTransaction(sql: unknown) {
  return sql === 'begin' || sql === 'rollback';
}

function release(client: PoolClient, sql: unknown, error: Error) {
  if (sql === 'rollback') return { command: 'ROLLBACK', rowCount: 0, rows: [] };
  client.release(error);
  throw error;
}
