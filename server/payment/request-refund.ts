import { addMs } from '../../shared/clock.ts';
import { randomHex } from '../../shared/random.ts';
import { lockRefund } from '../booking/lock-paid-for.ts';
import { recordChange } from '../booking/record-change.ts';
import { plainHash } from '../database/vault.ts';
import type { RefundAnswer, RefundRequest, Refunds } from '../gateway/gateway.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';

/** Who asks for it, and who has confirmed that where it takes two. */
interface Asking {
  actor: Actor;
  approvedBy?: string;
}

/**
 * Sends a refund that is due to its gateway: written down first, sent once. Only a refund that is due, or that certainly
 * failed, can be sent: what is uncertain is a person's to close, so that money never goes back twice.
 */
export async function requestRefund(parts: Parts, refundId: string, asking: Asking): Promise<void> {
  const { refunds, request, requestedAt } = await parts.database.write(em => startRequest(em, parts, refundId, asking));
  parts.wakeRelay();
  const answer = await refunds.send(request);
  await parts.database.write(em => recordAnswer(em, parts, { refundId, requestedAt }, answer));
  parts.wakeRelay();
}

async function startRequest(em: Em, parts: Parts, refundId: string, { actor, approvedBy }: Asking) {
  await lockRefund(em, refundId);
  const refund = await readRefund(em, refundId);
  const refunds = parts.lines.get(refund.gateway)?.gateway.refunds;
  if (!refunds || refund.amount !== refund.receiptAmount)
    throw new ProblemError('not_possible_now', {
      detail: 'This money must go back by hand: pay it, then close the refund',
    });
  if (refund.number === null)
    throw new ProblemError('not_possible_now', { detail: 'The gateway has not yet told the receipt number' });
  const callbackToken = randomHex(parts.random);
  const isAnnounced = refunds.readCallback !== null;
  const now = parts.clock.now();
  const started = await query(em)
    .updateTable('refund')
    .set({ state: 'requested', requestedAt: now, callbackTokenHash: isAnnounced ? plainHash(callbackToken) : null })
    .set({ conversationId: null, code: null, proof: null, endedAt: null }) // Of an earlier request that failed.
    .where('id', '=', refundId)
    .where('state', 'in', ['due', 'failed'])
    .executeTakeFirstOrThrow();
  if (started.numUpdatedRows === 0n)
    throw new ProblemError('not_possible_now', { detail: `This refund is ${refund.state}` });
  if (!isAnnounced) await lookSoon(em, refund.payment, addMs(now, parts.config.rules.checkAfterMs[0] ?? 0));
  await recordChange(em, refund, {
    happening: 'refund_requested',
    actor,
    at: now,
    details: { refund: refundId, ...(approvedBy !== undefined && { approvedBy }) },
  });
  const request: RefundRequest = {
    receiptNumber: refund.number,
    amount: { amount: refund.amount, currency: refund.currency },
    callbackToken,
    by: actor.replace(/^staff:/, ''),
  };
  return { refunds: refunds satisfies Refunds, request, requestedAt: now };
}

/** No result will come: asking about the payment tells when the money is back. */
async function lookSoon(em: Em, payment: string | null, at: Date) {
  await query(em).updateTable('payment').set({ nextCheckAt: at }).where('id', '=', payment).execute();
}

async function readRefund(em: Em, refundId: string) {
  const refund = await query(em)
    .selectFrom('refund')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt')
    .select([
      'refund.booking',
      'refund.charge',
      'refund.sale',
      'refund.amount',
      'refund.currency',
      'refund.state',
      'receipt.gateway',
      'receipt.number',
    ])
    .select(['receipt.amount as receiptAmount', 'receipt.payment'])
    .where('refund.id', '=', refundId)
    .executeTakeFirst();
  if (!refund) throw new ProblemError('not_found', { detail: 'There is no such refund' });
  return refund;
}

/**
 * The result may have been quicker than the answer: then the answer adds nothing. After a failure it may even have been
 * sent again meanwhile: then the answer is about a request that is over, and must not name or end the new one.
 */
async function recordAnswer(
  em: Em,
  { clock }: Parts,
  { refundId, requestedAt }: { refundId: string; requestedAt: Date },
  answer: RefundAnswer,
) {
  await lockRefund(em, refundId);
  const now = clock.now();
  if (answer.answer === 'accepted') {
    await query(em)
      .updateTable('refund')
      .set({ conversationId: answer.conversationId })
      .where('id', '=', refundId)
      .where('requestedAt', '=', requestedAt)
      .execute();
    return;
  }
  const refused = answer.answer === 'refused';
  const change = refused
    ? { state: 'failed' as const, code: answer.code, endedAt: now }
    : { state: 'unknown' as const, code: answer.why };
  const row = await query(em)
    .updateTable('refund')
    .set(change)
    .where('id', '=', refundId)
    .where('requestedAt', '=', requestedAt)
    .where('state', '=', 'requested')
    .returning(['booking', 'charge', 'sale'])
    .executeTakeFirst();
  if (!row) return;
  await recordChange(em, row, {
    happening: refused ? 'refund_failed' : 'refund_uncertain',
    actor: 'push',
    at: now,
    details: { refund: refundId, code: change.code },
  });
}
