import Database from 'better-sqlite3';
import type { Asked } from './probe.ts';

/** Tables that do not grow with the bookings, or are emptied all the time. */
const SMALL = new Set(['venue', 'movie', 'poster', 'staff', 'device', 'shift', 'remembered', 'outbox', 'mail']);

/** Throws where a statement reads a table from end to end that grows with the bookings. */
export function assertIndexed(file: string, { statements }: Asked): void {
  const database = new Database(file, { readonly: true });
  const scans = statements
    .filter(({ sql }) => /^(select|update|delete)/i.test(sql))
    .flatMap(asked => scansOf(database, asked).map(table => `${table}: ${asked.sql}`));
  database.close();
  if (scans.length > 0) throw new Error(`read from end to end: ${scans.join('\n')}`);
}

/** With the values that it was asked with: whether a partial index will do depends on them. */
function scansOf(database: Database.Database, { sql, values }: Asked['statements'][number]): string[] {
  const steps = database.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...values);
  return steps
    .map(({ detail }) => /^SCAN (\w+)$/.exec(detail)?.[1] ?? '')
    .filter(table => database.prepare("select 1 from sqlite_master where name = ? and type = 'table'").get(table))
    .filter(table => !SMALL.has(table));
}
