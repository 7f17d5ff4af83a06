import pg from 'pg';

const { INT8, NUMERIC, TIMESTAMPTZ, JSON: JSON_TEXT } = pg.types.builtins;

type Parse = (text: string) => unknown;
const PARSERS: Record<number, Parse> = {
  [INT8]: exactly,
  [NUMERIC]: exactly, // Only sums of `bigint` columns are numeric: whole amounts in minor units.
  [TIMESTAMPTZ]: text => new Date(text),
  [JSON_TEXT]: text => text, // Parsed by the column's name, as on SQLite.
};

/** Values come out of queries as they do of SQLite's: numbers for sums and counts, instants for instants. */
export function parserOf(type: number, format?: 'text' | 'binary'): Parse {
  return PARSERS[type] ?? pg.types.getTypeParser(type, format);
}

function exactly(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is no whole number that can be counted with`);
  return value;
}

/**
 * PostgreSQL keeps every letter but one, and half a letter in no JSON: it would refuse the whole message of a gateway, or
 * fail where somebody asks for nonsense. Such letters become the one that says "this was no letter".
 */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return letters(value);
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? JSON.stringify(value, (_, inner) => (typeof inner === 'string' ? letters(inner) : inner)) : value;
}

function letters(text: string): string {
  return text.includes('\0') || !text.isWellFormed() ? text.toWellFormed().replaceAll('\0', '\uFFFD') : text;
}
