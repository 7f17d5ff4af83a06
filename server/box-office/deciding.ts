import type { Context } from 'koa';
import * as v from 'valibot';
import { Closing, NumericId, ReceiptResolution, RefundClosing, RefundDecision } from '../../shared/requests.ts';
import { ProblemError } from '../http/problem.ts';
import { readJson } from '../http/read-body.ts';
import type { Actor } from '../model/audit-entry.ts';
import type { Em } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { closePayment } from '../payment/close-payment.ts';
import { settlingNow } from '../payment/evidence.ts';
import { refundBooking, refundCharge } from '../payment/refund-paid.ts';
import { requestRefund } from '../payment/request-refund.ts';
import { closeReceipt, resolveReceipt } from '../payment/resolve-receipt.ts';
import { reverseReceipt } from '../payment/reverse-receipt.ts';
import { closeRefund } from '../payment/settle-refund.ts';
import { ownMoney } from './own-money.ts';
import { erasePerson } from './personal-data.ts';
import type { SignedIn } from './sessions.ts';

export async function giveBack(ctx: Context, parts: Parts, actor: Actor, staff: SignedIn): Promise<void> {
  const { bookingId, chargeId, note } = await readJson(ctx, RefundDecision);
  await ownMoney(parts.database.read(), staff, { bookingId, chargeId });
  const decision = { reason: 'staff_decision' as const, actor, note };
  const refundIds = await commit(parts, em =>
    bookingId !== undefined
      ? refundBooking(em, { bookingId, ...decision }, settlingNow(parts))
      : refundCharge(em, { chargeId: chargeId ?? '', ...decision }, settlingNow(parts)),
  );
  ctx.status = 201;
  ctx.body = { refundIds };
}

export async function sendRefund(ctx: Context, parts: Parts, actor: Actor): Promise<void> {
  await requestRefund(parts, String(ctx.params.refundId), actor);
  ctx.status = 202;
}

export async function closeRefundByHand(ctx: Context, parts: Parts, actor: Actor): Promise<void> {
  const ending = { ...(await readJson(ctx, RefundClosing)), actor };
  await commit(parts, em => closeRefund(em, String(ctx.params.refundId), ending, parts.clock.now()));
}

export async function closeReceiptOrResolve(ctx: Context, parts: Parts, actor: Actor): Promise<void> {
  const { as, note } = await readJson(ctx, ReceiptResolution);
  const receiptId = idIn(ctx, 'receiptId');
  await commit(parts, em =>
    as === 'closed'
      ? closeReceipt(em, { receiptId, note, actor }, parts.clock.now())
      : resolveReceipt(em, { receiptId, as, note, actor }, settlingNow(parts)),
  );
}

export async function reverse(ctx: Context, parts: Parts, actor: Actor): Promise<void> {
  const { note } = await readJson(ctx, Closing);
  const receiptId = idIn(ctx, 'receiptId');
  await commit(parts, em => reverseReceipt(em, { receiptId, actor, note }, settlingNow(parts)));
}

export async function closeSilentPayment(ctx: Context, parts: Parts, actor: Actor): Promise<void> {
  const { note } = await readJson(ctx, Closing);
  const paymentId = String(ctx.params.paymentId);
  await commit(parts, em => closePayment(em, { paymentId, actor, note }, parts.clock.now()));
}

export async function erase(ctx: Context, parts: Parts, actor: Actor): Promise<void> {
  await commit(parts, em => erasePerson(em, parts, String(ctx.params.bookingId), actor));
  ctx.status = 204;
}

/** One transaction, then everybody who watches is told. */
async function commit<T>(parts: Parts, work: (em: Em) => Promise<T>): Promise<T> {
  const decided = await parts.database.write(work);
  parts.wakeRelay();
  return decided;
}

function idIn(ctx: Context, name: string): number {
  const read = v.safeParse(NumericId, Number(ctx.params[name]));
  if (read.success) return read.output;
  throw new ProblemError('not_found');
}
