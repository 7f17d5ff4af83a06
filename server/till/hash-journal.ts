import { createHash } from 'node:crypto';
import type { JournalKind } from '../../shared/office/shift-report.ts';

/** What stands in front of the first line, and before the first sealed shift. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** One line of a journal, as far as its hash vouches for it: everything that it says. */
export interface JournalLine {
  shift: number;
  line: number;
  at: Date;
  kind: JournalKind;
  cash: number;
  sale: string | null;
  payment: string | null;
  actor: string;
  approver: string | null;
  details: Record<string, unknown>;
}

/** SHA-256, in hex, of a line and of all lines before it. */
export function hashLine(previous: string, line: JournalLine): string {
  const { shift, line: number, at, kind, cash, sale, payment, actor, approver, details } = line;
  const words = [previous, shift, number, at.toISOString(), kind, cash, sale, payment, actor, approver, details];
  return sha256(stable(words));
}

/** Of a sealed shift: its whole journal, and every shift that was sealed before it. */
export function hashSeal(previous: string, seal: { shift: number; seal: number; journalHash: string }): string {
  return sha256(stable([previous, seal.seal, seal.shift, seal.journalHash]));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Databases give an object's keys back in an order of their own. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
