import type { JournalKind } from '../../shared/office/shift-report.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { hashLine, NOTHING_BEFORE } from './hash-journal.ts';

/** What happened at a till, for its journal. */
export interface Entry {
  shift: number;
  at: Date;
  kind: JournalKind;
  /** By how much the drawer holds more afterwards, in minor units. */
  cash?: number;
  sale?: string;
  payment?: string;
  actor: string;
  approver?: string | null;
  details?: Record<string, unknown>;
  keyHash?: string;
}

/**
 * The one place that writes to the journal, in the transaction of what it tells. Answers the hash of the new line. Once a
 * shift is counted, nothing more happens in it but further counts and its seal.
 */
export async function writeJournal(em: Em, entry: Entry): Promise<string> {
  const { live } = await lockShift(em, entry.shift); // Two who write at once would both follow the same line.
  if (!live && entry.kind !== 'counted' && entry.kind !== 'sealed')
    throw new ProblemError('not_possible_now', { detail: 'This shift is counted: open a new one' });
  const last = await readLast(em, entry.shift);
  const line = {
    shift: entry.shift,
    line: (last?.line ?? 0) + 1,
    at: entry.at,
    kind: entry.kind,
    cash: entry.cash ?? 0,
    sale: entry.sale ?? null,
    payment: entry.payment ?? null,
    actor: entry.actor,
    approver: entry.approver ?? null,
    details: entry.details ?? {},
  };
  const hash = hashLine(last?.hash ?? NOTHING_BEFORE, line);
  await query(em)
    .insertInto('journal_entry')
    .values({ ...line, hash, keyHash: entry.keyHash ?? null })
    .execute();
  return hash;
}

/** Its watchers are told as well. */
async function lockShift(em: Em, shiftId: number) {
  const { version, live } = await query(em)
    .updateTable('shift')
    .set(shift => ({ version: shift('version', '+', 1) }))
    .where('id', '=', shiftId)
    .returning(['version', 'live'])
    .executeTakeFirstOrThrow();
  await query(em)
    .insertInto('outbox')
    .values({ topic: 'shift', subject: String(shiftId), showing: null, version })
    .execute();
  return { live };
}

export function readLast(em: Em, shiftId: number) {
  return query(em)
    .selectFrom('journal_entry')
    .select(['line', 'hash'])
    .where('shift', '=', shiftId)
    .orderBy('line', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The line that this very request wrote before, if it did: a lost answer is not a second movement. */
export function findWritten(em: Em, shift: number, keyHash: string) {
  return query(em)
    .selectFrom('journal_entry')
    .select(['kind', 'cash', 'details'])
    .where('shift', '=', shift)
    .where('keyHash', '=', keyHash)
    .executeTakeFirst();
}
