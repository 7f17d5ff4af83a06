import * as v from 'valibot';
import type { Sent } from './send.ts';

export type Answered = Extract<Sent, { result: 'answered' }>;

const ID_LENGTH_MAX = 128; // Real ones have up to 50.

/** Codes come as strings and as numbers, sometimes with a blank: `"0"` in one answer is `0` in the next. */
export const Code = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.finite())]),
  v.transform(code => String(code).trim()),
);

/** One of a gateway's names for a payment. */
export const Id = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(ID_LENGTH_MAX));

/** What is no text says nothing. */
export const Text = v.fallback(v.string(), '');

/** Undefined when the text is not JSON, such as nothing at all or a firewall's page. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
