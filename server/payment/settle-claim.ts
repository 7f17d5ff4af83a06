import { addMs } from '../../shared/clock.ts';
import { lockPayment } from '../booking/lock-paid-for.ts';
import type { Found } from '../gateway/gateway.ts';
import { type Em, query } from '../model/entities.ts';
import {
  type Failed,
  type GatewaysEvidence,
  ignored,
  isMoney,
  readPayment,
  type Settling,
  type Verdict,
} from './evidence.ts';
import { settlePayment } from './settle-payment.ts';

const REACH_MS = 48 * 3_600_000; // Older money was dealt with long ago: nobody is let in with last month's message.

/**
 * The gateway has looked for money that a customer says was paid before. What it found is what the payment is of, whatever
 * the cashier expected; a number that pays for something already, or is too old, pays for nothing.
 */
export async function settleClaim(
  em: Em,
  paymentId: string,
  found: Found,
  source: GatewaysEvidence['source'],
  settling: Settling,
): Promise<Verdict> {
  await lockPayment(em, paymentId);
  const payment = await readPayment(em, paymentId);
  if (isMoney(payment) || payment.state === 'failed') return ignored('this claim was settled before');
  if (found.outcome === 'going') return ignored(found.why);
  const code = found.outcome === 'missing' ? found.code : await whyNot(em, payment.claimedNumber, found, settling.now);
  if (found.outcome === 'missing' || code !== null)
    return settle(em, paymentId, { source, outcome: failure(code) }, settling);
  const { receiptNumber, amount, paidAt } = found;
  await query(em)
    .updateTable('payment')
    .set({ amount: amount.amount, currency: amount.currency })
    .where('id', '=', paymentId)
    .execute();
  return settle(em, paymentId, { source, outcome: { outcome: 'paid', receiptNumber, amount, paidAt } }, settling);
}

async function whyNot(
  em: Em,
  claimed: string | null,
  { receiptNumber, paidAt }: Extract<Found, { outcome: 'found' }>,
  now: Date,
): Promise<string | null> {
  if (receiptNumber !== claimed) return 'another number';
  if (paidAt !== null && paidAt < addMs(now, -REACH_MS)) return 'too old';
  const counted = await query(em)
    .selectFrom('receipt')
    .select(['payment', 'closedAt', 'reversedAt'])
    .where('number', '=', receiptNumber)
    .where('gateway', 'in', ['daraja', 'pesapal'])
    .executeTakeFirst();
  return counted && (counted.payment !== null || counted.closedAt || counted.reversedAt) ? 'used before' : null;
}

function failure(code: string | null): Failed {
  return { outcome: 'failed', reason: 'refused', code: code ?? 'not found', retry: { after: 'now' } };
}

function settle(em: Em, paymentId: string, evidence: Omit<GatewaysEvidence, 'ids'>, settling: Settling) {
  return settlePayment(em, paymentId, { ids: null, ...evidence }, settling);
}
