import * as v from 'valibot';
import { type Answered, Code, readJson, Text } from '../answer.ts';

/** What every answer says of itself; empty where it says nothing. */
export interface Envelope {
  /** `200` and `500` are Pesapal's own words: HTTP often says 200 to both. */
  status: string;
  code: string;
  message: string;
}

const NO_ERROR = { code: '', message: '' };
/** On success `error` is null, or an object whose members are all null: only its code says that there was one. */
const Told = v.object({
  status: v.fallback(Code, ''),
  message: Text,
  error: v.fallback(v.object({ code: Text, message: Text }), NO_ERROR),
});

const CODE = /^\w[\w .-]*$/;
const CODE_LENGTH_MAX = 40;
const DIGITS_MAX = 4; // More could be somebody's number.

export function readEnvelope(answer: Answered): Envelope {
  const told = v.safeParse(Told, readJson(answer.body));
  if (!told.success) return { status: '', ...NO_ERROR };
  const { status, message, error } = told.output;
  return { status, code: error.code.trim(), message: error.message || message };
}

/** A code as it may be kept and logged; empty when it may not, because it could tell of a person. */
export function plainCode(code: string): string {
  const isPlain = CODE.test(code) && code.replace(/\D/g, '').length <= DIGITS_MAX;
  return isPlain ? code.slice(0, CODE_LENGTH_MAX) : '';
}

/** `HTTP 200 payment_details_not_found`, for logs. */
export function describe(answer: Answered): string {
  return `HTTP ${answer.status} ${plainCode(readEnvelope(answer).code)}`.trim();
}
