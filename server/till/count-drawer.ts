import type { CountRequest } from '../../shared/office/shifts.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { type FoundShift, lockShift } from './find-shift.ts';
import { writeJournal } from './write-journal.ts';

/**
 * The cashier says what is in the drawer, and the shift takes no more money. Blind: the answer tells nothing of what should
 * be there, nor whether it is. What was counted before may be counted again until the shift is sealed, with a supervisor.
 */
export async function countDrawer(
  em: Em,
  { id }: Pick<FoundShift, 'id'>,
  { counts, cardTotal }: Pick<CountRequest, 'counts' | 'cardTotal'>,
  { actor, approver }: { actor: string; approver: string | null },
  now: Date,
): Promise<void> {
  const shift = await lockShift(em, id);
  if (shift.sealedAt) throw new ProblemError('not_possible_now', { detail: 'This shift is sealed for ever' });
  if (shift.countedAt !== null && approver === null) throw new ProblemError('approval_needed'); // Of two first counts at once one is the second.
  if (shift.live) await refuseOpenSales(em, shift.id);
  const counted = counts.reduce((sum, { denomination, count }) => sum + denomination * count, 0);
  const details = { counts, counted, ...(cardTotal !== undefined && { cardTotal }), again: shift.countedAt !== null };
  await writeJournal(em, { shift: shift.id, at: now, kind: 'counted', actor, approver, details });
  await query(em)
    .updateTable('shift')
    .set({ live: false, counted, countedAt: now })
    .where('id', '=', shift.id)
    .where('sealedAt', 'is', null)
    .execute();
}

/** A customer who still waits would find nobody to take the money. */
async function refuseOpenSales(em: Em, shiftId: number) {
  const open = await query(em)
    .selectFrom('sale')
    .select('reference')
    .where('shift', '=', shiftId)
    .where('state', '=', 'open')
    .execute();
  if (open.length === 0) return;
  const references = open.map(({ reference }) => reference).join(', ');
  throw new ProblemError('not_possible_now', { detail: `Finish or give up the sales that are open: ${references}` });
}
