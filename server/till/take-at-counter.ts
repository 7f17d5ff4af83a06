import type { Money } from '../../shared/money.ts';
import type { Method } from '../../shared/views.ts';
import { ProblemError } from '../http/problem.ts';
import type { Em } from '../model/entities.ts';
import { saleOf } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';
import { settlingNow } from '../payment/evidence.ts';
import { insertArrived } from '../payment/insert-arrived.ts';
import type { Payable } from '../payment/read-payable.ts';
import { settlePayment } from '../payment/settle-payment.ts';
import { writeJournal } from './write-journal.ts';

/** What the counter has taken by itself. */
export interface Taken {
  saleId: string;
  shift: number;
  method: Extract<Method, 'cash' | 'card' | 'complimentary'>;
  amount: number;
  /** As the card terminal has it; null: the number is ours to give. */
  reference: string | null;
  actor: string;
  approver: string | null;
  details: Record<string, string | number>;
  keyHash: string;
  bodyHash: string;
}

const KINDS = { cash: 'cash_taken', card: 'card_taken', complimentary: 'complimentary_granted' } as const;

/**
 * Money in the hand is a payment like any other: written down, then settled through the one door by evidence of the
 * counter. A grant is one too, of the whole price, so that tickets exist exactly where receipts come to the total; reports
 * count it apart from money. In the transaction of both stands the journal's line.
 */
export async function takeAtCounter(em: Em, parts: Parts, payable: Payable, taken: Taken): Promise<string> {
  const now = parts.clock.now();
  const actor = `staff:${taken.actor}` as const;
  const amount: Money = { amount: taken.amount, currency: payable.currency };
  const { saleId, shift, method } = taken;
  const paymentId = await insertArrived(em, parts, {
    ...{ paidFor: saleOf(saleId), method, actor, shift, ...amount, details: taken.details },
    ...{ keyHash: taken.keyHash, bodyHash: taken.bodyHash },
  });
  const receiptNumber = taken.reference ?? `${payable.reference}-${payable.payments + 1}`;
  const outcome = { outcome: 'paid' as const, receiptNumber, amount, paidAt: now };
  const { verdict, why } = await settlePayment(
    em,
    paymentId,
    { source: 'counter', by: actor, ids: null, outcome },
    settlingNow(parts),
  );
  if (verdict !== 'settled') throw new ProblemError('not_possible_now', { detail: why ?? 'This was counted before' });
  await writeJournal(em, {
    ...{ shift, at: now, kind: KINDS[method], cash: method === 'cash' ? taken.amount : 0, sale: saleId },
    ...{ payment: paymentId, actor: taken.actor, approver: taken.approver },
    details: { amount: taken.amount, receiptNumber, ...taken.details },
  });
  return paymentId;
}
