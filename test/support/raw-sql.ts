import { types } from '@mikro-orm/core';
import { isAlone } from '../../server/database/lock.ts';
import { type Em, entities } from '../../server/model/entities.ts';

const INSTANT = /\b(1[5-9]\d{11})\b/g; // Milliseconds since 1970, in this century's first half.
const namesOf = (kind: unknown) =>
  entities
    .flatMap(entity => Object.entries(entity.meta.properties))
    .filter(([, property]) => (property.type as unknown) === kind)
    .map(([name]) => name);
const YES_OR_NO = new RegExp(`\\b(${namesOf(types.boolean).join('|')}) (!?=) ([01])\\b`, 'g');
const LONG_AGO = new RegExp(`\\b(${namesOf(types.datetime).join('|')}) = (\\d{1,6})\\b`, 'g');

/**
 * Tests look at tables, and spoil them, in the words of SQLite: columns as they are called, instants in milliseconds, 0
 * and 1. This says the same to PostgreSQL.
 */
export function toPostgres(sql: string): string {
  return outsideQuotes(sql, text =>
    text
      .replaceAll('"', '')
      .replace(YES_OR_NO, (_, column, sign, digit) => `${column} ${sign} ${digit === '1'}`)
      .replace(LONG_AGO, '$1 = to_timestamp($2 / 1000.0)')
      .replace(INSTANT, 'to_timestamp($1 / 1000.0)')
      .replace(/\b[a-z]+[A-Z]\w*\b/g, '"$&"'),
  );
}

/** Changes everything but what stands between single quotes. */
export function outsideQuotes(sql: string, change: (text: string) => string): string {
  return sql
    .split(/('(?:[^']|'')*')/)
    .map((piece, at) => (at % 2 === 0 ? change(piece) : piece))
    .join('');
}

/** A row as SQLite keeps it. */
export function asKept(row: object): object {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, keptValue(value)]));
}

function keptValue(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'boolean' ? Number(value) : value;
}

/** Runs the words of a test, in the transaction of `em` if it has one; answers rows as SQLite keeps them. */
export async function execute<Row>(em: Em, sql: string): Promise<Row[]> {
  if (isAlone(em)) return (await em.execute(sql)) as Row[];
  const rows: object[] = await em.execute(toPostgres(sql));
  return (Array.isArray(rows) ? rows.map(asKept) : rows) as Row[];
}
