import type { Money } from '../../shared/money.ts';
import type { TakingRequest } from '../../shared/office/till.ts';
import { lockPaidFor } from '../booking/lock-paid-for.ts';
import { plainHash } from '../database/vault.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { saleOf } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';
import { claimReceipt } from '../payment/claim-receipt.ts';
import { type Payable, readPayable } from '../payment/read-payable.ts';
import { amountOf, startPayment } from '../payment/start-payment.ts';
import { type LeftPayment, leavePayments } from './leave-payments.ts';
import { type Taken, takeAtCounter } from './take-at-counter.ts';

/** Who takes the money, and who approved it. */
export interface Taker {
  shift: number;
  actor: string;
  approver: string | null;
}

/** `isNew`: something must still be sent for it. */
export interface Taking {
  paymentId: string;
  isNew: boolean;
  left: LeftPayment[];
}

/**
 * Takes one payment of a sale, of all that is open or of a part. The same key gives the same payment again, as it stands
 * now: a lost answer is no second payment.
 */
export async function takePayment(
  em: Em,
  parts: Parts,
  saleId: string,
  request: TakingRequest,
  { taker, idempotencyKey }: { taker: Taker; idempotencyKey: string },
): Promise<Taking> {
  await lockPaidFor(em, saleOf(saleId));
  const payable = await readPayable(em, saleOf(saleId));
  const { approval: _, leave = false, ...asked } = { approval: undefined, ...request };
  const keys = { keyHash: plainHash(idempotencyKey), bodyHash: parts.vault.keyedHash(`body:${JSON.stringify(asked)}`) };
  const earlier = await findByKey(em, saleId, keys.keyHash);
  if (earlier) return { paymentId: sameOrRefused(earlier, keys.bodyHash), isNew: false, left: [] };
  const now = parts.clock.now();
  payable.refuse(now);
  const actor = `staff:${taker.actor}` as const;
  const left = await leavePayments(em, saleId, { leave, actor, now });
  const paymentId = await take(em, parts, payable, request, { ...taker, ...keys, saleId, idempotencyKey });
  return { paymentId, isNew: true, left };
}

/** The payment that this very request began before. */
export function findByKey(em: Em, saleId: string, keyHash: string) {
  return query(em)
    .selectFrom('payment')
    .select(['id', 'bodyHash'])
    .where('sale', '=', saleId)
    .where('keyHash', '=', keyHash)
    .executeTakeFirst();
}

function sameOrRefused({ id, bodyHash }: { id: string; bodyHash: string }, asked: string): string {
  if (bodyHash === asked) return id;
  throw new ProblemError('idempotency_key_reused');
}

interface Wish extends Taker {
  saleId: string;
  keyHash: string;
  bodyHash: string;
  idempotencyKey: string;
}

async function take(em: Em, parts: Parts, payable: Payable, request: TakingRequest, wish: Wish): Promise<string> {
  switch (request.method) {
    case 'cash':
    case 'card':
    case 'complimentary':
      return takeAtCounter(em, parts, payable, takenOf(request, payable, wish));
    case 'daraja':
    case 'pesapal':
      return push(em, parts, payable, request, wish);
    case 'paid_before': {
      const { saleId, shift, actor, keyHash, bodyHash } = wish;
      const { amount, currency } = payable;
      const claim = { paidFor: saleOf(saleId), amount, currency, actor: `staff:${actor}` as const, shift };
      const details = { receiptNumber: request.receiptNumber };
      return claimReceipt(em, parts, { ...claim, keyHash, bodyHash, details, receiptNumber: request.receiptNumber });
    }
  }
}

type AtCounter = Extract<TakingRequest, { method: Taken['method'] }>;

function takenOf(request: AtCounter, payable: Payable, { idempotencyKey: _, ...wish }: Wish): Taken {
  const amount = amountOf(payable, wanted(payable, request.amount));
  const taken = { ...wish, method: request.method, amount, reference: null };
  switch (request.method) {
    case 'cash':
      return { ...taken, details: changeFor(amount, payable, request.given) };
    case 'card':
      return { ...taken, reference: request.reference, details: {} };
    case 'complimentary':
      return { ...taken, details: { note: request.reason, ...(wish.approver && { approvedBy: wish.approver }) } };
  }
}

/** In minor units; the till's answer and its journal say the same. */
function changeFor(amount: number, payable: Payable, given: Money) {
  if (given.currency !== payable.currency || given.amount < amount)
    throw invalid('invalid_body', 'given', 'Less than what is to be paid');
  return { given: given.amount, change: given.amount - amount };
}

function wanted({ currency }: Payable, amount: Money | undefined): number | null {
  if (amount && amount.currency !== currency) throw invalid('invalid_body', 'amount', 'Not the money of this sale');
  return amount?.amount ?? null;
}

async function push(
  em: Em,
  parts: Parts,
  payable: Payable,
  request: Extract<TakingRequest, { phone: string }>,
  { saleId, shift, actor, bodyHash, idempotencyKey }: Wish,
) {
  const { method: gateway, phone } = request;
  const network = 'network' in request ? (request.network ?? null) : null;
  const counter = { actor: `staff:${actor}` as const, shift, amount: wanted(payable, request.amount) };
  const asked = { gateway, phone, network };
  const { paymentId } = await startPayment(em, parts, saleOf(saleId), asked, idempotencyKey, counter);
  await query(em).updateTable('payment').set({ bodyHash }).where('id', '=', paymentId).execute(); // What the till sent is more than this.
  return paymentId;
}
