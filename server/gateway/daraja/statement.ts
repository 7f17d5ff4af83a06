import { addMs, type Clock, later } from '../../../shared/clock.ts';
import type { Statement, StatementLine } from '../gateway.ts';
import type { CallDaraja } from './call-daraja.ts';
import { readStatementLine } from './read-statement-line.ts';
import { readStatementPage } from './read-statement-page.ts';
import { STATEMENT_PATH, statementFields } from './requests.ts';
import type { DarajaSettings } from './settings.ts';

const REACH_MS = 48 * 60 * 60 * 1_000 - 60_000; // Daraja goes back 48 hours, by a clock that may differ from ours.
const PAGES_MAX = 20; // How many rows a page has is written nowhere; more calls than these would stand in the way of queries.
const PAGE_BYTES_MAX = 4 * 1_024 * 1_024; // Some 15,000 rows.
const SECOND_MS = 1_000; // The end is told in whole seconds: the last one begun counts in full.

/** Pull Transactions: a PayBill's payments, those whose callback never came too. Null where it is not switched on. */
export function createStatement(settings: DarajaSettings, parts: { call: CallDaraja; clock: Clock }) {
  if (!settings.statements || settings.tillNumber !== null) return null;

  return async (from: Date, to: Date): Promise<Statement> => {
    const start = later(from, addMs(parts.clock.now(), -REACH_MS));
    const end = addMs(to, SECOND_MS - 1);
    const lines = new Map<string, StatementLine>();
    const stop = (why: string, slowDown = false): Statement => ({
      lines: [...lines.values()],
      stopped: { why, slowDown },
    });
    if (start > end) return { lines: [], stopped: null };
    let offset = 0;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const fields = statementFields(settings, start, end, offset);
      const read = readStatementPage(await parts.call(STATEMENT_PATH, fields, { answerBytesMax: PAGE_BYTES_MAX }));
      if ('failed' in read) return stop(read.failed, read.slowDown);
      if (read.rows.length === 0) return { lines: [...lines.values()], stopped: null };
      if (!addLines(lines, read.rows)) return stop('the same rows again');
      offset += read.rows.length;
    }
    return stop('too many pages');
  };
}

/** False when every line was there before: the offset counts for nothing, and no further page will tell more. */
function addLines(lines: Map<string, StatementLine>, rows: unknown[]): boolean {
  const readable = rows.map(readStatementLine).filter(line => line !== undefined);
  const fresh = readable.filter(line => !lines.has(line.receiptNumber));
  for (const line of fresh) lines.set(line.receiptNumber, line);
  return fresh.length > 0 || readable.length === 0;
}
