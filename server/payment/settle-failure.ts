import { addMs } from '../../shared/clock.ts';
import { renewHolds } from '../booking/end-hold.ts';
import type { Rules } from '../config.ts';
import { type Em, query } from '../model/entities.ts';
import { paymentStatesBelow } from '../model/payment.ts';
import { findKept } from './bank-receipt.ts';
import {
  type Failed,
  type GatewaysEvidence,
  ignored,
  isMoney,
  record,
  type SettledPayment,
  type Settling,
  settled,
} from './evidence.ts';
import { reverseReceipt } from './reverse-receipt.ts';

const SEEN_TWICE_APART = 1 / 6; // Of the prompt's time: so long must a query insist on a failure.
const RECHECK_MS = 5 * 60_000; // Queries have called paid payments failed: ask again. A last time after an hour.

/** A failure by callback is definite, unless there is money; one by the gateway's own account may still become a success. */
export async function settleReportedFailure(
  em: Em,
  payment: SettledPayment,
  source: 'callback' | 'statement',
  failed: Failed,
  { now, rules }: Settling,
) {
  const isDefinite = source === 'callback';
  if (isMoney(payment)) return contradiction(em, payment, source, failed, now);
  if (payment.frozen) return ignored('a person is looking at this payment');
  if (payment.state === 'failed' && (payment.reportedAt || !isDefinite))
    return ignored('this payment had failed before');
  await fail(em, payment, source, failed, { now, rules, nextCheckAt: isDefinite ? null : addMs(now, RECHECK_MS) });
  return settled();
}

/** The money came and went. Where we never knew of it, it is as if it had never come. */
export async function settleReversal(
  em: Em,
  payment: SettledPayment,
  source: 'callback' | 'query' | 'statement',
  number: string | null,
  settling: Settling,
) {
  if (!isMoney(payment)) {
    const failed: Failed = { outcome: 'failed', reason: 'refused', code: 'reversed', retry: { after: 'now' } };
    return settleReportedFailure(em, payment, 'statement', failed, settling);
  }
  const kept = await findKept(em, payment.id, number);
  if (kept === undefined) return ignored('this money had gone back before');
  await reverseReceipt(em, { receiptId: kept.id, actor: source, note: 'the gateway says so' }, settling);
  return settled();
}

/** A failure by query counts only when no callback came, the prompt is over, and the query insists. */
export async function settleQueriedFailure(em: Em, payment: SettledPayment, failed: Failed, { now, rules }: Settling) {
  if (isMoney(payment)) return contradiction(em, payment, 'query', failed, now);
  if (payment.frozen || payment.reportedAt || payment.state === 'failed') return ignored('nothing new');
  if (payment.queriedCode !== failed.code || !payment.queriedCodeAt) {
    await query(em)
      .updateTable('payment')
      .set({ queriedCode: failed.code, queriedCodeAt: now })
      .where('id', '=', payment.id)
      .execute();
    return ignored('a query says that it failed; it must say so twice');
  }
  const promptIsOver = payment.promptEndsAt !== null && payment.promptEndsAt <= now;
  const insists = addMs(payment.queriedCodeAt, rules.promptMs * SEEN_TWICE_APART) <= now;
  if (!promptIsOver || !insists) return ignored('a query says that it failed; it is too early to believe it');
  await fail(em, payment, 'query', failed, { now, rules, nextCheckAt: addMs(now, RECHECK_MS) });
  return settled();
}

export async function fail(
  em: Em,
  payment: SettledPayment,
  source: GatewaysEvidence['source'],
  { reason, code, retry }: Failed,
  { now, rules, nextCheckAt }: { now: Date; rules: Rules; nextCheckAt: Date | null },
) {
  const waitMs = retry.after === 'wait' ? Math.min(retry.seconds * 1_000, rules.retryAfterMs) : 0;
  await query(em)
    .updateTable('payment')
    .set({ state: 'failed', live: false, reason, reasonCode: code, retryFrom: addMs(now, waitMs), endedAt: now })
    .set({ nextCheckAt, silentSince: null, ...(source === 'callback' && { reportedAt: now }) })
    .where('id', '=', payment.id)
    .where('state', 'in', [...paymentStatesBelow('failed'), 'failed'])
    .execute();
  await renewHolds(em, payment);
  await record(em, payment, source, 'payment_failed', now, { reason, code });
}

/** Somebody says "failed" and we hold the money: nothing changes, and people are told. */
async function contradiction(
  em: Em,
  payment: SettledPayment,
  source: GatewaysEvidence['source'],
  failed: Failed,
  now: Date,
) {
  await query(em).updateTable('payment').set({ contradictedAt: now }).where('id', '=', payment.id).execute();
  await record(em, payment, source, 'contradiction', now, { reason: failed.reason, code: failed.code });
  return ignored('it says failed, and we hold the money');
}
