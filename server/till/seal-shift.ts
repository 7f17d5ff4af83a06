import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { type FoundShift, lockShift } from './find-shift.ts';
import { hashSeal, NOTHING_BEFORE } from './hash-journal.ts';
import { drawUp } from './shift-report.ts';
import { writeJournal } from './write-journal.ts';

interface Sealing {
  /** Who asked for it, on whose screen it is. */
  actor: string;
  /** The supervisor who stands for it. */
  approver: string;
  note: string | null;
}

/**
 * A supervisor stands for a counted shift, and it is sealed for ever: its Z-report becomes the last line of its journal,
 * and its hash vouches for that journal and for every shift that was sealed before it. A difference takes a note.
 */
export async function sealShift(
  em: Em,
  { id }: Pick<FoundShift, 'id'>,
  { actor, approver, note }: Sealing,
  now: Date,
): Promise<void> {
  const shift = await lockShift(em, id);
  if (shift.sealedAt) return; // Asking twice is harmless.
  if (shift.countedAt === null)
    throw new ProblemError('not_possible_now', { detail: 'The drawer must be counted first' });
  const report = await drawUp(em, shift, now);
  if (!report.match.isZero && note === null)
    throw new ProblemError('note_needed', { detail: 'Say in a note why the drawer and the books do not agree' });
  const notes = note === null ? report.notes : [...report.notes, { by: approver, note }];
  const details = { note, report: { ...report, notes } };
  const journalHash = await writeJournal(em, { shift: shift.id, at: now, kind: 'sealed', actor, approver, details });
  const before = await readNewest(em);
  const previousHash = before?.sealHash ?? NOTHING_BEFORE;
  const seal = (before?.seal ?? 0) + 1; // Unique: of two who seal at once, the second tries again.
  const sealHash = hashSeal(previousHash, { shift: shift.id, seal, journalHash });
  await query(em)
    .updateTable('shift')
    .set({ sealedAt: now, sealedBy: approver, seal, journalHash, previousHash, sealHash })
    .where('id', '=', shift.id)
    .where('sealedAt', 'is', null)
    .execute();
}

function readNewest(em: Em) {
  return query(em)
    .selectFrom('shift')
    .select(['seal', 'sealHash'])
    .where('seal', 'is not', null)
    .orderBy('seal', 'desc')
    .limit(1)
    .executeTakeFirst();
}
