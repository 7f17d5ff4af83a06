import { lockRefund } from '../booking/lock-paid-for.ts';
import { recordChange } from '../booking/record-change.ts';
import type { RefundReport } from '../gateway/gateway.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import type { Verdict } from './evidence.ts';

interface Ending {
  state: 'done' | 'failed';
  actor: Actor;
  code?: string | null;
  proof?: string | null;
  approvedBy?: string;
}

/** What a gateway's message makes of a refund. Money that went back beats any "failed"; uncertainty changes nothing. */
export async function settleRefund(
  em: Em,
  refundId: string,
  { conversationId, outcome }: RefundReport,
  now: Date,
): Promise<Verdict> {
  await lockRefund(em, refundId);
  const { conversationId: known, number } = await query(em)
    .selectFrom('refund')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt')
    .select(['conversationId', 'number'])
    .where('refund.id', '=', refundId)
    .executeTakeFirstOrThrow();
  const isOfAnother = known !== null && conversationId !== null && known !== conversationId;
  if (isOfAnother && outcome.outcome === 'failed')
    return { verdict: 'ignored', why: 'the ids of another request: an earlier one, that failed' };
  if (isOfAnother && outcome.outcome === 'done' && outcome.originalReceiptNumber !== number)
    return { verdict: 'quarantined', why: 'the ids of another refund' };
  switch (outcome.outcome) {
    case 'done':
      return end(em, refundId, { state: 'done', actor: 'callback', proof: outcome.receiptNumber }, now);
    case 'failed':
      return end(em, refundId, { state: 'failed', actor: 'callback', code: outcome.code }, now);
    case 'going':
      return { verdict: 'ignored', why: outcome.why };
  }
}

/** A person who has looked says what became of a refund, with the proof: money paid by hand, a line of a statement. */
export async function closeRefund(
  em: Em,
  refundId: string,
  ending: Ending & { proof: string },
  now: Date,
): Promise<void> {
  await lockRefund(em, refundId);
  const refund = await query(em).selectFrom('refund').select('state').where('id', '=', refundId).executeTakeFirst();
  if (!refund) throw new ProblemError('not_found', { detail: 'There is no such refund' });
  if (refund.state === 'done' || refund.state === 'requested')
    throw new ProblemError('not_possible_now', { detail: `This refund is ${refund.state}` });
  const { verdict } = await end(em, refundId, ending, now);
  if (verdict === 'ignored') throw new ProblemError('not_possible_now', { detail: 'This refund has failed already' });
}

/** A request whose result has not come for so long is nobody's to guess: a person finds out. */
export async function markUncertain(em: Em, refundId: string, now: Date): Promise<void> {
  await lockRefund(em, refundId);
  const row = await query(em)
    .updateTable('refund')
    .set({ state: 'unknown' })
    .where('id', '=', refundId)
    .where('state', '=', 'requested')
    .returning(['booking', 'charge', 'sale'])
    .executeTakeFirst();
  if (row)
    await recordChange(em, row, {
      happening: 'refund_uncertain',
      actor: 'janitor',
      at: now,
      details: { refund: refundId, code: 'no result' },
    });
}

async function end(
  em: Em,
  refundId: string,
  { state, actor, code, proof, approvedBy }: Ending,
  now: Date,
): Promise<Verdict> {
  const open =
    state === 'done'
      ? (['due', 'requested', 'failed', 'unknown'] as const)
      : (['due', 'requested', 'unknown'] as const);
  const row = await query(em)
    .updateTable('refund')
    .set({ state, endedAt: now, code: code ?? null, proof: proof ?? null })
    .where('id', '=', refundId)
    .where('state', 'in', open)
    .returning(['booking', 'charge', 'sale'])
    .executeTakeFirst();
  if (!row) return { verdict: 'ignored', why: 'this refund had ended before' };
  const approved = approvedBy === undefined ? {} : { approvedBy };
  const details = { refund: refundId, code: code ?? null, proof: proof ?? null, ...approved };
  await recordChange(em, row, {
    happening: state === 'done' ? 'refund_done' : 'refund_failed',
    actor,
    at: now,
    details,
  });
  return { verdict: 'settled', why: null };
}
