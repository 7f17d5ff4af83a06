import type { Context } from 'koa';
import * as v from 'valibot';
import { ApprovedClosing, ApprovedOnly, ApprovedRefundClosing } from '../../shared/office/exceptions.ts';
import { NumericId, RefundDecision } from '../../shared/requests.ts';
import { ProblemError } from '../http/problem.ts';
import { readJson, readJsonIfAny } from '../http/read-body.ts';
import type { Em } from '../model/entities.ts';
import { atMost, type Parts } from '../parts.ts';
import { askAbout } from '../payment/ask-now.ts';
import { closePayment } from '../payment/close-payment.ts';
import { settlingNow } from '../payment/evidence.ts';
import { placeAfterAll } from '../payment/place-after-all.ts';
import { refundBooking, refundCharge } from '../payment/refund-paid.ts';
import { requestRefund } from '../payment/request-refund.ts';
import { reverseReceipt } from '../payment/reverse-receipt.ts';
import { closeRefund } from '../payment/settle-refund.ts';
import { ownMoney, readMoney } from './own-money.ts';
import { erasePerson } from './personal-data.ts';
import { confirmedBy } from './second-person.ts';
import type { SignedIn } from './sessions.ts';
import { actorOf } from './signed-in.ts';

const ANSWER_WITHIN_MS = 5_000; // What takes the gateway longer reaches the list by push.

export async function giveBack(ctx: Context, parts: Parts, staff: SignedIn): Promise<void> {
  const { bookingId, chargeId, note } = await readJson(ctx, RefundDecision);
  await ownMoney(parts.database.read(), staff, { bookingId, chargeId });
  const decision = { reason: 'staff_decision' as const, actor: actorOf(staff), note };
  const refundIds = await commit(parts, em =>
    bookingId !== undefined
      ? refundBooking(em, { bookingId, ...decision }, settlingNow(parts))
      : refundCharge(em, { chargeId: chargeId ?? '', ...decision }, settlingNow(parts)),
  );
  ctx.status = 201;
  ctx.body = { refundIds };
}

export async function sendRefund(ctx: Context, parts: Parts, staff: SignedIn): Promise<void> {
  const { approval } = await readJsonIfAny(ctx, ApprovedOnly);
  const confirmed = await confirmedBy(ctx, parts, staff, { approval, what: 'giving money back' });
  await requestRefund(parts, String(ctx.params.refundId), { actor: actorOf(staff), ...confirmed });
  ctx.status = 202;
}

export async function closeRefundByHand(ctx: Context, parts: Parts, staff: SignedIn): Promise<void> {
  const { approval, state, proof } = await readJson(ctx, ApprovedRefundClosing);
  const what = state === 'done' ? 'money that went back by hand' : 'money that did not go back';
  const confirmed = await confirmedBy(ctx, parts, staff, { approval, what });
  const ending = { state, proof, actor: actorOf(staff), ...confirmed };
  await commit(parts, em => closeRefund(em, String(ctx.params.refundId), ending, parts.clock.now()));
}

/** Late money gets its places after all. */
export async function place(ctx: Context, parts: Parts, staff: SignedIn): Promise<void> {
  const { approval, note } = await readJson(ctx, ApprovedClosing);
  const confirmed = await confirmedBy(ctx, parts, staff, { approval, what: 'places for late money' });
  const placement = { refundId: String(ctx.params.refundId), actor: actorOf(staff), note, ...confirmed };
  await commit(parts, em => placeAfterAll(em, placement, settlingNow(parts)));
}

export async function reverse(ctx: Context, parts: Parts, staff: SignedIn): Promise<void> {
  const { approval, note } = await readJson(ctx, ApprovedClosing);
  const receiptId = idIn(ctx, 'receiptId');
  const confirmed = await confirmedBy(ctx, parts, staff, { approval, what: 'money that the gateway took back' });
  const reversal = { receiptId, actor: actorOf(staff), note, ...confirmed };
  await commit(parts, em => reverseReceipt(em, reversal, settlingNow(parts)));
}

export async function closeSilentPayment(ctx: Context, parts: Parts, staff: SignedIn): Promise<void> {
  const { approval, note } = await readJson(ctx, ApprovedClosing);
  const confirmed = await confirmedBy(ctx, parts, staff, { approval, what: 'closing a payment' });
  const paymentId = String(ctx.params.paymentId);
  await closePayment(parts, { paymentId, actor: actorOf(staff), note, ...confirmed });
}

/** Asks the gateway at once, if that could bring something new and the budget allows. */
export async function checkPayment(ctx: Context, parts: Parts): Promise<void> {
  if (!(await readMoney(parts.database.read(), ctx.params))) throw new ProblemError('not_found');
  let asked = true; // Also while the answer is still to come.
  const asking = askAbout(parts, String(ctx.params.paymentId)).then(was => {
    asked = was;
  });
  await atMost(parts, 'check', asking, ANSWER_WITHIN_MS);
  ctx.status = 202;
  ctx.body = { asked };
}

export async function erase(ctx: Context, parts: Parts, staff: SignedIn): Promise<void> {
  await commit(parts, em => erasePerson(em, parts, String(ctx.params.bookingId), actorOf(staff)));
  ctx.status = 204;
}

/** One transaction, then everybody who watches is told. */
export async function commit<T>(parts: Parts, work: (em: Em) => Promise<T>): Promise<T> {
  const decided = await parts.database.write(work);
  parts.wakeRelay();
  return decided;
}

export function idIn(ctx: Context, name: string): number {
  const read = v.safeParse(NumericId, Number(ctx.params[name]));
  if (read.success) return read.output;
  throw new ProblemError('not_found');
}
