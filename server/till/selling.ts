import type { Context } from 'koa';
import { SaleRequest, type TakingAnswer, TakingRequest } from '../../shared/office/till.ts';
import { approvedBy } from '../box-office/approved-by.ts';
import type { SignedIn } from '../box-office/sessions.ts';
import { actorOf, signedIn } from '../box-office/signed-in.ts';
import { plainHash } from '../database/vault.ts';
import { ProblemError } from '../http/problem.ts';
import { readIdempotencyKey, readJson } from '../http/read-body.ts';
import { query } from '../model/entities.ts';
import { saleOf } from '../model/paid-for.ts';
import { atMost, type Parts } from '../parts.ts';
import { cancelOpenOrder } from '../payment/cancel-order.ts';
import { lookForClaimed } from '../payment/claim-receipt.ts';
import { pushPayment } from '../payment/push-payment.ts';
import { findSale, showSale } from './find-sale.ts';
import { ownShift } from './find-shift.ts';
import { openSale } from './open-sale.ts';
import { findByKey, type Taking, takePayment } from './take-payment.ts';

const OFFICE = '/api/v1/box-office';
const ANSWER_WITHIN_MS = 5_000; // What takes a gateway longer reaches the till by push.

/** The sale and, where the customer pays at once, its first payment, in one transaction: a lost answer is no second sale. */
export async function sell(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const idempotencyKey = readIdempotencyKey(ctx);
  const { lines, payment } = await readJson(ctx, SaleRequest);
  const shift = await ownShift(parts.database.read(), staff);
  const approver = await approverOf(ctx, parts, staff, payment, shift.venue);
  const { saleId, taking } = await parts.database.write(async em => {
    const id = await openSale(em, parts, shift, { lines, idempotencyKey, actor: actorOf(staff) });
    if (!payment) return { saleId: id, taking: null };
    const taker = { shift: shift.id, actor: staff.name, approver };
    return { saleId: id, taking: await takePayment(em, parts, id, payment, { taker, idempotencyKey }) };
  });
  ctx.body = await answer(parts, saleId, taking);
  ctx.status = 201;
  ctx.set('Location', `${OFFICE}/sales/${saleId}`);
}

/** Another payment of an open sale. */
export async function pay(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const idempotencyKey = readIdempotencyKey(ctx);
  const request = await readJson(ctx, TakingRequest);
  const sale = await findSale(parts, staff, ctx);
  const shift = await ownShift(parts.database.read(), staff);
  if (shift.venue !== sale.venue) throw new ProblemError('forbidden');
  const approver = await approverOf(ctx, parts, staff, request, sale.venue);
  if (request.leave && !(await wasTaken(parts, sale.id, idempotencyKey))) await takeOrderBack(parts, sale.id);
  const taker = { shift: shift.id, actor: staff.name, approver };
  const taking = await parts.database.write(em => takePayment(em, parts, sale.id, request, { taker, idempotencyKey }));
  ctx.body = await answer(parts, sale.id, taking);
  ctx.status = 202;
}

/** A repeated request must not take back what the first one began. */
async function wasTaken({ database }: Parts, saleId: string, idempotencyKey: string): Promise<boolean> {
  return (await findByKey(database.read(), saleId, plainHash(idempotencyKey))) !== undefined;
}

/** An order that is open on a gateway's page is taken back there first: while that is refused, it may still be paid. */
async function takeOrderBack(parts: Parts, saleId: string) {
  if (await cancelOpenOrder(parts, saleOf(saleId))) return;
  throw new ProblemError('payment_in_progress', {
    detail: 'The order that is open cannot be taken back: it may still be paid',
  });
}

/** A grant needs a supervisor's word. Asked outside of the transaction: a PIN takes its time. */
async function approverOf(
  ctx: Context,
  parts: Parts,
  staff: SignedIn,
  request: TakingRequest | undefined,
  venueId: number,
) {
  if (request?.method !== 'complimentary') return null;
  const what = `complimentary: ${request.reason}`;
  return (await approvedBy(ctx, parts, staff, { approval: request.approval, what, venueId })).name;
}

/** What is committed is now sent, if there is anything to send; the gateway gets a moment to answer. */
async function answer(parts: Parts, saleId: string, taking: Taking | null): Promise<TakingAnswer> {
  parts.wakeRelay();
  if (taking?.isNew) await atMost(parts, 'push', send(parts, taking.paymentId), ANSWER_WITHIN_MS);
  const sale = await showSale(parts, saleId);
  const payment = sale.payments.find(({ paymentId }) => paymentId === taking?.paymentId) ?? null;
  return { sale, payment, left: taking?.left ?? [] };
}

async function send(parts: Parts, paymentId: string) {
  const { state, claimedNumber } = await query(parts.database.read())
    .selectFrom('payment')
    .select(['state', 'claimedNumber'])
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow();
  if (state !== 'started') return;
  await (claimedNumber === null ? pushPayment(parts, paymentId) : lookForClaimed(parts, paymentId));
}
