import type { Journal } from '../../shared/office/shift-report.ts';
import { type Em, query } from '../model/entities.ts';
import { hashLine, hashSeal, NOTHING_BEFORE } from './hash-journal.ts';

/** What was looked at, and the first thing that is not as it was written. */
export interface Checked {
  shifts: number;
  lines: number;
  broken: string | null;
}

/** Goes through every journal, line by line, and through the seals in their order. */
export async function checkChain(em: Em): Promise<Checked> {
  const shifts = await readShifts(em);
  const checked: Checked = { shifts: 0, lines: 0, broken: null };
  for (const shift of shifts) {
    const { lines, last, broken } = await checkJournal(em, shift.id);
    checked.shifts += 1;
    checked.lines += lines;
    if (broken !== null) return { ...checked, broken: `shift ${shift.id}, line ${broken.line}: it ${broken.why}` };
    if (shift.journalHash !== null && shift.journalHash !== last)
      return { ...checked, broken: `shift ${shift.id}: its journal is not the one that was sealed` };
  }
  return { ...checked, broken: checkSeals(shifts) };
}

/** Of one shift: its journal, and its seal upon that and upon the shift sealed before it. */
export async function checkShift(em: Em, shiftId: number): Promise<Journal['chain']> {
  const { last, broken } = await checkJournal(em, shiftId);
  if (broken !== null) return { isWhole: false, brokenLine: broken.line };
  const shift = await shifts(em).where('id', '=', shiftId).executeTakeFirstOrThrow();
  if (shift.seal === null) return { isWhole: true, brokenLine: null };
  const before = await shifts(em)
    .where('seal', '=', shift.seal - 1)
    .executeTakeFirst();
  const previous = shift.seal === 1 ? NOTHING_BEFORE : before?.sealHash;
  const hash = hashSeal(previous ?? '', { shift: shiftId, seal: shift.seal, journalHash: last });
  const isWhole = shift.journalHash === last && shift.previousHash === previous && shift.sealHash === hash;
  return { isWhole, brokenLine: null };
}

async function checkJournal(em: Em, shift: number) {
  const rows = await query(em)
    .selectFrom('journal_entry')
    .select(['shift', 'line', 'at', 'kind', 'cash', 'sale', 'payment', 'actor', 'approver', 'details', 'hash'])
    .where('shift', '=', shift)
    .orderBy('line')
    .execute();
  let last = NOTHING_BEFORE;
  for (const [at, { hash, ...line }] of rows.entries()) {
    if (line.line !== at + 1) return { lines: at, last, broken: { line: at + 1, why: 'is missing' } };
    last = hashLine(last, line);
    if (last !== hash) return { lines: at, last, broken: { line: line.line, why: 'was changed' } };
  }
  return { lines: rows.length, last, broken: null };
}

type ShiftRow = Awaited<ReturnType<typeof readShifts>>[number];

function readShifts(em: Em) {
  return shifts(em).orderBy('id').execute();
}

function shifts(em: Em) {
  return query(em).selectFrom('shift').select(['id', 'seal', 'journalHash', 'previousHash', 'sealHash', 'sealedAt']);
}

function checkSeals(shifts: ShiftRow[]): string | null {
  const sealed = shifts
    .filter(({ sealedAt }) => sealedAt !== null)
    .sort((one, other) => (one.seal ?? 0) - (other.seal ?? 0));
  let previous = NOTHING_BEFORE;
  for (const [at, { id, seal, journalHash, previousHash, sealHash }] of sealed.entries()) {
    if (seal !== at + 1) return `seal ${at + 1}: it is missing`;
    const hash = hashSeal(previous, { shift: id, seal, journalHash: journalHash ?? '' });
    if (previousHash !== previous || sealHash !== hash) return `shift ${id}: its seal was changed`;
    previous = hash;
  }
  return null;
}
