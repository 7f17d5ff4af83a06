import type { Router } from '@koa/router';
import type { Context } from 'koa';
import * as v from 'valibot';
import {
  Approved,
  ReprintRequest,
  SaleRequest,
  type SaleView,
  type TakingAnswer,
  TakingRequest,
} from '../../shared/office/till.ts';
import { NumericId } from '../../shared/requests.ts';
import { approvedBy } from '../box-office/approved-by.ts';
import type { SignedIn } from '../box-office/sessions.ts';
import { actorOf, atVenue, signedIn } from '../box-office/signed-in.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import { readIdempotencyKey, readJson } from '../http/read-body.ts';
import { query } from '../model/entities.ts';
import { saleOf } from '../model/paid-for.ts';
import { atMost, type Parts } from '../parts.ts';
import { askIfStale } from '../payment/ask-if-stale.ts';
import { askNow } from '../payment/ask-now.ts';
import { cancelOpenOrder } from '../payment/cancel-order.ts';
import { lookForClaimed } from '../payment/claim-receipt.ts';
import { settlingNow } from '../payment/evidence.ts';
import { pushPayment } from '../payment/push-payment.ts';
import { abandonSale, needsApproval } from './abandon-sale.ts';
import { seeingSales } from './events.ts';
import { findShift, ownShift, readLive } from './find-shift.ts';
import { readNewestSales, readOpenSales } from './list-sales.ts';
import { openSale } from './open-sale.ts';
import { seeSale } from './sale-view.ts';
import { type Taking, takePayment } from './take-payment.ts';
import { writeJournal } from './write-journal.ts';

const OFFICE = '/api/v1/box-office';
const ANSWER_WITHIN_MS = 5_000; // What takes a gateway longer reaches the till by push.

/** Selling at the counter. */
export function saleRoutes(router: Router, parts: Parts): void {
  router.post(`${OFFICE}/sales`, ctx => sell(ctx, parts));
  router.get(`${OFFICE}/sales`, ctx => list(ctx, parts));
  router.get(`${OFFICE}/sales/:saleId`, ctx => see(ctx, parts));
  router.post(`${OFFICE}/sales/:saleId/payments`, ctx => pay(ctx, parts));
  router.post(`${OFFICE}/sales/:saleId/checks`, ctx => checkNow(ctx, parts));
  router.post(`${OFFICE}/sales/:saleId/abandonments`, ctx => abandon(ctx, parts));
  router.post(`${OFFICE}/sales/:saleId/reprints`, ctx => reprint(ctx, parts));
}

/** The sale and, where the customer pays at once, its first payment, in one transaction: a lost answer is no second sale. */
async function sell(ctx: Context, parts: Parts) {
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

async function pay(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const idempotencyKey = readIdempotencyKey(ctx);
  const request = await readJson(ctx, TakingRequest);
  const sale = await findSale(parts, staff, ctx);
  const shift = await ownShift(parts.database.read(), staff);
  if (shift.venue !== sale.venue) throw new ProblemError('forbidden');
  const approver = await approverOf(ctx, parts, staff, request, sale.venue);
  if (request.leave) await takeOrderBack(parts, sale.id);
  const taker = { shift: shift.id, actor: staff.name, approver };
  const taking = await parts.database.write(em => takePayment(em, parts, sale.id, request, { taker, idempotencyKey }));
  ctx.body = await answer(parts, sale.id, taking);
  ctx.status = 202;
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
  const sale = await show(parts, saleId);
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

/** Those of a venue that are open; with `shift`, the newest of that shift, whatever became of them. */
async function list(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const em = parts.database.read();
  const shift = numberIn(ctx, 'shift');
  if (shift !== undefined) {
    const { id } = await findShift(em, staff, shift);
    ctx.body = { sales: await readNewestSales(em, id, seeingSales(parts)) };
    return;
  }
  const venueId = numberIn(ctx, 'venueId') ?? staff.venueId ?? (await readLive(em, staff.staffId))?.venue;
  if (venueId === undefined) throw invalid('invalid_body', 'venueId', 'Say at which venue');
  atVenue(staff, venueId);
  ctx.body = { sales: await readOpenSales(em, venueId, seeingSales(parts)) };
}

async function see(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const sale = await findSale(parts, staff, ctx);
  await askIfStale(parts, saleOf(sale.id));
  ctx.body = { sale: await show(parts, sale.id) };
}

async function checkNow(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const sale = await findSale(parts, staff, ctx);
  await atMost(parts, 'check', askNow(parts, saleOf(sale.id)), ANSWER_WITHIN_MS);
  ctx.body = { sale: await show(parts, sale.id) };
  ctx.status = 202;
}

async function abandon(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const { approval } = await readJson(ctx, Approved);
  const sale = await findSale(parts, staff, ctx);
  const em = parts.database.read();
  const asks = await needsApproval(em, sale.id);
  const what = `giving up sale ${sale.reference}`;
  const approver = asks ? (await approvedBy(ctx, parts, staff, { approval, what, venueId: sale.venue })).name : null;
  const shift = asks ? await ownShift(em, staff) : await readLive(em, staff.staffId);
  await cancelOpenOrder(parts, saleOf(sale.id));
  const giver = { shift: shift?.id ?? null, actor: staff.name, approver };
  await parts.database.write(write => abandonSale(write, sale.id, giver, settlingNow(parts)));
  parts.wakeRelay();
  ctx.body = { sale: await show(parts, sale.id) };
}

/** The tickets once more, and a line in the journal that says so. */
async function reprint(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const { reason } = await readJson(ctx, ReprintRequest);
  const sale = await findSale(parts, staff, ctx);
  const shift = await ownShift(parts.database.read(), staff);
  const line = { shift: shift.id, at: parts.clock.now(), kind: 'reprinted' as const, sale: sale.id };
  await parts.database.write(em => writeJournal(em, { ...line, actor: staff.name, details: { reason } }));
  ctx.body = { sale: await show(parts, sale.id) };
  ctx.status = 201;
}

async function findSale({ database }: Parts, staff: SignedIn, ctx: Context) {
  const sale = await query(database.read())
    .selectFrom('sale')
    .select(['id', 'venue', 'reference'])
    .where('id', '=', String(ctx.params.saleId))
    .executeTakeFirst();
  if (!sale) throw new ProblemError('not_found', { detail: 'There is no such sale' });
  atVenue(staff, sale.venue);
  return sale;
}

async function show(parts: Parts, saleId: string): Promise<SaleView> {
  const sale = await seeSale(parts.database.read(), saleId, seeingSales(parts));
  if (!sale) throw new ProblemError('not_found');
  return sale;
}

function numberIn(ctx: Context, name: string): number | undefined {
  const written = ctx.query[name];
  if (written === undefined) return undefined;
  const read = v.safeParse(NumericId, Number(written));
  if (read.success) return read.output;
  throw invalid('invalid_body', name, 'Not a number of ours');
}
