import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { ChargeRequest, PaymentRequest } from '../../shared/requests.ts';
import { openCharge } from '../charge/open-charge.ts';
import { clientAddress } from '../http/client-address.ts';
import { ProblemError } from '../http/problem.ts';
import { readIdempotencyKey, readJson } from '../http/read-body.ts';
import { chargeOf } from '../model/paid-for.ts';
import { atMost, type Parts, seeingNow } from '../parts.ts';
import { seeCharge } from '../view/charge-view.ts';
import { askIfStale } from './ask-if-stale.ts';
import { askNow } from './ask-now.ts';
import { payFor, sendStarted } from './routes.ts';
import { startPayment } from './start-payment.ts';

const ANSWER_WITHIN_MS = 5_000;

/** Paying an amount of one's own choice, and seeing what became of it. */
export function chargeRoutes(router: Router, parts: Parts): void {
  router.post('/api/v1/charges', ctx => open(ctx, parts));
  router.get('/api/v1/charges/:chargeId', ctx => see(ctx, parts));
  router.post('/api/v1/charges/:chargeId/payments', ctx => payAgain(ctx, parts));
  router.post('/api/v1/charges/:chargeId/checks', ctx => checkNow(ctx, parts));
}

/** The charge and its first payment, under one idempotency key: what was lost on the way back is no second charge. */
async function open(ctx: Context, parts: Parts) {
  await parts.limits.count('payments', clientAddress(ctx.req, parts.config.trustedProxies));
  const idempotencyKey = readIdempotencyKey(ctx);
  const { venueId, amount, purpose, ...payment } = await readJson(ctx, ChargeRequest);
  const { chargeId, started } = await parts.database.write(async em => {
    const id = await openCharge(em, parts, { venueId, amount, purpose }, { idempotencyKey, actor: 'customer' });
    return { chargeId: id, started: await startPayment(em, parts, chargeOf(id), payment, idempotencyKey) };
  });
  ctx.status = 201;
  ctx.set('Location', `/charges/${chargeId}`);
  ctx.body = { payment: await sendStarted(parts, started), charge: await seeNow(parts, chargeId) };
}

async function payAgain(ctx: Context, parts: Parts) {
  await parts.limits.count('payments', clientAddress(ctx.req, parts.config.trustedProxies));
  const idempotencyKey = readIdempotencyKey(ctx);
  const request = await readJson(ctx, PaymentRequest);
  const chargeId = String(ctx.params.chargeId);
  const payment = await payFor(parts, chargeOf(chargeId), request, idempotencyKey);
  ctx.status = 202;
  ctx.body = { payment, charge: await seeNow(parts, chargeId) };
}

async function see(ctx: Context, parts: Parts) {
  const chargeId = String(ctx.params.chargeId);
  await askIfStale(parts, chargeOf(chargeId));
  await sendCharge(ctx, parts, chargeId, 200);
}

async function checkNow(ctx: Context, parts: Parts) {
  await parts.limits.count('checks', clientAddress(ctx.req, parts.config.trustedProxies));
  const chargeId = String(ctx.params.chargeId);
  await atMost(parts, 'check', askNow(parts, chargeOf(chargeId)), ANSWER_WITHIN_MS);
  await sendCharge(ctx, parts, chargeId, 202);
}

async function sendCharge(ctx: Context, parts: Parts, chargeId: string, status: 200 | 202) {
  const charge = await seeNow(parts, chargeId);
  ctx.status = status;
  ctx.set('Cache-Control', 'private, no-cache');
  if (ctx.method === 'GET') ctx.set('ETag', `"${charge.version}"`);
  if (ctx.method === 'GET' && ctx.fresh) ctx.status = 304;
  else ctx.body = charge;
}

async function seeNow(parts: Parts, chargeId: string) {
  const charge = await seeCharge(parts.database.read(), chargeId, seeingNow(parts));
  if (!charge) throw new ProblemError('not_found', { detail: 'There is no such charge' });
  return charge;
}
