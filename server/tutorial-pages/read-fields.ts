import type { Context } from 'koa';
import * as v from 'valibot';
import { PLACES_MAX } from '../../shared/limits.ts';
import { invalid } from '../http/problem.ts';
import { readJson } from '../http/read-body.ts';

const NUMBER = /^\s*\d+(\.\d+)?\s*$/; // Not 0x10, 1e3 or a blank.
/** Of ours: a schema's own would repeat what was sent. */
const SENTENCES = new Map([
  ['quantity', `Choose between 1 and ${PLACES_MAX} tickets`],
  ['customerName', 'Give a name of at most 80 letters'],
  ['phone', 'Give a mobile number such as 0712 345 678'],
  ['amount', 'Give a whole amount'],
  ['purpose', 'Say in at most 120 letters what it is for'],
]);

/** What a page sent, as far as it is fields at all. */
export type Fields = Record<string, unknown>;

export async function readFields(ctx: Context): Promise<Fields> {
  const body = await readJson(ctx, v.unknown());
  if (fits(v.record(v.string(), v.unknown()), body)) return body;
  throw invalid('invalid_body', '', 'The body has no fields');
}

export function refuseMissing(fields: Fields, names: string[]): void {
  const missing = names.filter(name => isMissing(fields[name]));
  if (missing.length > 0) throw invalid('invalid_body', '', `Missing required fields: ${missing.join(', ')}`);
}

export function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Some pages send what stood in an input, some what they made of it; anything else is left for a schema to refuse. */
export function numberOf(value: unknown): unknown {
  return typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;
}

export function textOf(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

export function fits<const S extends v.GenericSchema>(schema: S, value: unknown): value is v.InferInput<S> {
  return v.is(schema, value);
}

/** As `schema` has it, or a sentence about the first field that is wrong. */
export function check<const S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const read = v.safeParse(schema, value);
  if (read.success) return read.output;
  const field = String(read.issues[0].path?.[0]?.key);
  throw invalid('invalid_body', field, SENTENCES.get(field) ?? 'Something in the request is wrong');
}
