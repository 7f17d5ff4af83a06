import * as v from 'valibot';
import { Code, readJson } from '../answer.ts';
import type { Called } from '../send-with-token.ts';
import { describe, readFault } from './read-fault.ts';
import { isThrottled } from './refusals.ts';

const SOME = '1000';
const NONE = '1001';

const Told = v.object({ ResponseCode: v.pipe(Code, v.picklist([SOME, NONE])), Response: v.optional(v.unknown()) });

/** `failed` is a short code for logs. */
export type StatementPage = { rows: unknown[] } | { failed: string; slowDown: boolean };

/** Reads one page of Pull Transactions; what is in a row is looked at elsewhere. */
export function readStatementPage(called: Called): StatementPage {
  if (called.result !== 'answered') return { failed: called.why, slowDown: false };
  const body = readJson(called.body);
  const told = v.safeParse(Told, body);
  if (called.status !== 200 || !told.success) {
    const fault = readFault(body);
    return { failed: describe(called, fault), slowDown: isThrottled(called.status, fault) };
  }
  const rows = rowsOf(told.output.Response);
  if (rows !== undefined) return { rows };
  return told.output.ResponseCode === NONE ? { rows: [] } : { failed: 'unreadable', slowDown: false };
}

/** A list in a list, for no reason known, or the same as a text: `"[[]]"`. */
function rowsOf(response: unknown): unknown[] | undefined {
  const list = typeof response === 'string' ? readJson(response) : response;
  return Array.isArray(list) ? list.flat() : undefined;
}
