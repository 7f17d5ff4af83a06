import type { Router } from '@koa/router';
import type { Context } from 'koa';
import * as v from 'valibot';
import { Approved, ReprintRequest } from '../../shared/office/till.ts';
import { NumericId } from '../../shared/requests.ts';
import { approvedBy } from '../box-office/approved-by.ts';
import { atVenue, signedIn } from '../box-office/signed-in.ts';
import { invalid } from '../http/problem.ts';
import { readJson } from '../http/read-body.ts';
import { saleOf } from '../model/paid-for.ts';
import { atMost, type Parts } from '../parts.ts';
import { askIfStale } from '../payment/ask-if-stale.ts';
import { askNow } from '../payment/ask-now.ts';
import { cancelOpenOrder } from '../payment/cancel-order.ts';
import { settlingNow } from '../payment/evidence.ts';
import { abandonSale, needsApproval } from './abandon-sale.ts';
import { seeingSales } from './events.ts';
import { findSale, showSale } from './find-sale.ts';
import { findShift, ownShift, readLive } from './find-shift.ts';
import { readNewestSales, readOpenSales } from './list-sales.ts';
import { pay, sell } from './selling.ts';
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
  ctx.body = { sale: await showSale(parts, sale.id) };
}

async function checkNow(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const sale = await findSale(parts, staff, ctx);
  await atMost(parts, 'check', askNow(parts, saleOf(sale.id)), ANSWER_WITHIN_MS);
  ctx.body = { sale: await showSale(parts, sale.id) };
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
  ctx.body = { sale: await showSale(parts, sale.id) };
}

/** The tickets once more, and a line in the journal that says so. */
async function reprint(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const { reason } = await readJson(ctx, ReprintRequest);
  const sale = await findSale(parts, staff, ctx);
  const shift = await ownShift(parts.database.read(), staff);
  const line = { shift: shift.id, at: parts.clock.now(), kind: 'reprinted' as const, sale: sale.id };
  await parts.database.write(em => writeJournal(em, { ...line, actor: staff.name, details: { reason } }));
  ctx.body = { sale: await showSale(parts, sale.id) };
  ctx.status = 201;
}

function numberIn(ctx: Context, name: string): number | undefined {
  const written = ctx.query[name];
  if (written === undefined) return undefined;
  const read = v.safeParse(NumericId, Number(written));
  if (read.success) return read.output;
  throw invalid('invalid_body', name, 'Not a number of ours');
}
