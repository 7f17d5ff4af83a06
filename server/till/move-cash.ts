import type { MovementRequest } from '../../shared/office/shifts.ts';
import { plainHash } from '../database/vault.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import type { Em } from '../model/entities.ts';
import type { FoundShift } from './find-shift.ts';
import { findWritten, writeJournal } from './write-journal.ts';

interface By {
  actor: string;
  approver: string;
  idempotencyKey: string;
}

/** Cash that goes into the drawer or out of it without a sale. How much is in there nobody says: the count is blind. */
export async function moveCash(
  em: Em,
  shift: FoundShift,
  { kind, amount, reason }: MovementRequest,
  { actor, approver, idempotencyKey }: By,
  now: Date,
): Promise<void> {
  const keyHash = plainHash(idempotencyKey);
  if (amount.currency !== shift.currency) throw invalid('invalid_body', 'amount', 'Not the money of this drawer');
  const cash = kind === 'paid_in' ? amount.amount : -amount.amount;
  const written = await findWritten(em, shift.id, keyHash);
  if (written && (written.kind !== kind || written.cash !== cash || written.details.reason !== reason))
    throw new ProblemError('idempotency_key_reused');
  if (written) return;
  await writeJournal(em, { shift: shift.id, at: now, kind, cash, actor, approver, details: { reason }, keyHash });
}
