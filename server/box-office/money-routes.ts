import type { Router } from '@koa/router';
import type { Context } from 'koa';
import * as v from 'valibot';
import { Closing, NumericId, ReceiptResolution, RefundClosing, RefundDecision } from '../../shared/requests.ts';
import { ProblemError } from '../http/problem.ts';
import { readJson } from '../http/read-body.ts';
import type { Em } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { cancelShowing } from '../payment/cancel-showing.ts';
import { settlingNow } from '../payment/evidence.ts';
import { refundBooking } from '../payment/refund-paid.ts';
import { requestRefund } from '../payment/request-refund.ts';
import { closePayment, closeReceipt, resolveReceipt } from '../payment/resolve-receipt.ts';
import { reverseReceipt } from '../payment/reverse-receipt.ts';
import { closeRefund } from '../payment/settle-refund.ts';
import { seeHistory } from '../view/history-view.ts';
import { seeWorklist } from '../view/worklist-view.ts';
import { erasePerson, exportPerson } from './personal-data.ts';
import { actorOf, signedIn } from './signed-in.ts';

const OFFICE = '/api/v1/box-office';

/** What a manager sees and decides where the rules leave money to people. */
export function moneyRoutes(router: Router, parts: Parts): void {
  router.get(`${OFFICE}/exceptions`, async ctx => {
    await signedIn(ctx, parts, 'supervisor');
    const now = parts.clock.now();
    ctx.body = { now: now.toISOString(), exceptions: await seeWorklist(parts.database.read(), now) };
  });
  router.get(`${OFFICE}/bookings/:bookingId/history`, async ctx => {
    await signedIn(ctx, parts, 'supervisor');
    const history = await seeHistory(parts.database.read(), String(ctx.params.bookingId));
    if (history.length === 0) throw new ProblemError('not_found', { detail: 'There is no such booking' });
    ctx.body = { history };
  });
  refundRoutes(router, parts);
  decisionRoutes(router, parts);
}

function refundRoutes(router: Router, parts: Parts): void {
  router.post(`${OFFICE}/refunds`, async ctx => {
    const actor = actorOf(await signedIn(ctx, parts, 'manager'));
    const { bookingId, note } = await readJson(ctx, RefundDecision);
    const decision = { bookingId, reason: 'staff_decision' as const, actor, note };
    const refundIds = await decide(parts, em => refundBooking(em, decision, settlingNow(parts)));
    ctx.status = 201;
    ctx.body = { refundIds };
  });
  router.post(`${OFFICE}/refunds/:refundId/requests`, async ctx => {
    const actor = actorOf(await signedIn(ctx, parts, 'manager'));
    await requestRefund(parts, String(ctx.params.refundId), actor);
    ctx.status = 202;
    ctx.body = {};
  });
  router.post(`${OFFICE}/refunds/:refundId/closings`, async ctx => {
    const actor = actorOf(await signedIn(ctx, parts, 'manager'));
    const { state, proof } = await readJson(ctx, RefundClosing);
    await decide(parts, em => closeRefund(em, String(ctx.params.refundId), { state, proof, actor }, parts.clock.now()));
    ctx.body = {};
  });
}

function decisionRoutes(router: Router, parts: Parts): void {
  router.post(`${OFFICE}/receipts/:receiptId/resolutions`, async ctx => {
    const actor = actorOf(await signedIn(ctx, parts, 'manager'));
    const { as, note } = await readJson(ctx, ReceiptResolution);
    const receiptId = idIn(ctx, 'receiptId');
    await decide(parts, em =>
      as === 'closed'
        ? closeReceipt(em, { receiptId, note, actor }, parts.clock.now())
        : resolveReceipt(em, { receiptId, as, note, actor }, settlingNow(parts)),
    );
    ctx.body = {};
  });
  router.post(`${OFFICE}/receipts/:receiptId/reversals`, async ctx => {
    const actor = actorOf(await signedIn(ctx, parts, 'manager'));
    const { note } = await readJson(ctx, Closing);
    const receiptId = idIn(ctx, 'receiptId');
    await decide(parts, em => reverseReceipt(em, { receiptId, actor, note }, parts.clock.now()));
    ctx.body = {};
  });
  router.post(`${OFFICE}/payments/:paymentId/closings`, async ctx => {
    const actor = actorOf(await signedIn(ctx, parts, 'manager'));
    const { note } = await readJson(ctx, Closing);
    await decide(parts, em => closePayment(em, String(ctx.params.paymentId), note, actor, parts.clock.now()));
    ctx.body = {};
  });
  router.post(`${OFFICE}/showings/:showingId/cancellations`, async ctx => {
    const actor = actorOf(await signedIn(ctx, parts, 'manager'));
    await decide(parts, em => cancelShowing(em, idIn(ctx, 'showingId'), actor, settlingNow(parts)));
    ctx.body = {};
  });
  router.get(`${OFFICE}/bookings/:bookingId/personal-data`, async ctx => {
    await signedIn(ctx, parts, 'manager');
    ctx.body = await exportPerson(parts, String(ctx.params.bookingId));
  });
  router.delete(`${OFFICE}/bookings/:bookingId/personal-data`, async ctx => {
    const actor = actorOf(await signedIn(ctx, parts, 'manager'));
    await decide(parts, em => erasePerson(em, String(ctx.params.bookingId), actor, parts.clock.now()));
    ctx.status = 204;
  });
}

/** One transaction, then everybody who watches is told. */
async function decide<T>(parts: Parts, work: (em: Em) => Promise<T>): Promise<T> {
  const decided = await parts.database.write(work);
  parts.wakeRelay();
  return decided;
}

function idIn(ctx: Context, name: string): number {
  const read = v.safeParse(NumericId, Number(ctx.params[name]));
  if (read.success) return read.output;
  throw new ProblemError('not_found');
}
