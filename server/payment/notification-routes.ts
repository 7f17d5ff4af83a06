import { timingSafeEqual } from 'node:crypto';
import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { plainHash } from '../database/vault.ts';
import type { Gateway, Notice } from '../gateway/gateway.ts';
import { clientAddress } from '../http/client-address.ts';
import { ProblemError } from '../http/problem.ts';
import { readRaw, readStart } from '../http/read-body.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { hashTrackingId } from './gateway-ids.ts';
import type { Inbox } from './inbox.ts';
import { findByToken, STRAY_MAX_BYTES, storeCallback, storeConfirmation, storeStray } from './receive-callback.ts';

const ACCEPTED = { ResultCode: '0', ResultDesc: 'Accepted' }; // In a validation, the code is text (Daraja portal, C2B).

/** The doors of gateways with pages of their own: "ask me about this one", and the browser that comes back. */
export function notificationRoutes(router: Router, parts: Parts, inbox: Inbox): void {
  for (const { gateway } of parts.lines.values()) {
    const { name, readNotice } = gateway;
    if (readNotice)
      router.register(`/callbacks/${name}/:secret`, ['get', 'post'], ctx => hear(ctx, parts, inbox, name, readNotice));
    if (gateway.readConfirmation) {
      router.post(`/callbacks/${name}/c2b/:secret`, ctx => confirm(ctx, parts, inbox, name));
      router.post(`/callbacks/${name}/c2b/:secret/validation`, ctx => validate(ctx, parts, name));
    }
    if (gateway.flow === 'page') router.get(`/return/${name}/:token`, ctx => comeBack(ctx, parts, gateway));
  }
}

/** Stored, then acknowledged, then asked about. One about a payment that is not ours costs nothing but its row. */
async function hear(
  ctx: Context,
  parts: Parts,
  inbox: Inbox,
  gateway: Gateway['name'],
  read: NonNullable<Gateway['readNotice']>,
) {
  const sourceAddress = await refuseStranger(ctx, parts, gateway);
  const posted = await readRaw(ctx);
  const notice = read({ query: ctx.querystring, body: posted.toString() });
  const arrived = { gateway, body: posted.length > 0 ? posted : Buffer.from(ctx.querystring), sourceAddress };
  const payment = await findNoticed(parts.database.read(), parts, gateway, notice);
  if (payment) inbox.settle(await inbox.arriving(storeCallback(parts, payment.id, arrived)));
  else await storeStray(parts, { ...arrived, body: arrived.body.subarray(0, STRAY_MAX_BYTES) }, 'no payment of ours');
  ctx.body = notice.acknowledgement;
}

/** Money that reached our number: stored, then acknowledged, then read. */
async function confirm(ctx: Context, parts: Parts, inbox: Inbox, gateway: Gateway['name']) {
  const sourceAddress = await refuseStranger(ctx, parts, gateway);
  const body = await readRaw(ctx);
  inbox.settle(await inbox.arriving(storeConfirmation(parts, { gateway, body, sourceAddress })));
  ctx.body = ACCEPTED;
}

/** Asked before the money moves, where that was switched on: it is no money yet, and all of it is welcome. */
async function validate(ctx: Context, parts: Parts, gateway: Gateway['name']) {
  await refuseStranger(ctx, parts, gateway);
  ctx.body = ACCEPTED;
}

/** Who does not know the secret finds nothing here. Answers from where it came. */
async function refuseStranger(ctx: Context, parts: Parts, gateway: Gateway['name']): Promise<string> {
  const sourceAddress = clientAddress(ctx.req, parts.config.trustedProxies);
  if (isSecret(String(ctx.params.secret), parts.notificationSecret)) return sourceAddress;
  const body = await readStart(ctx, STRAY_MAX_BYTES);
  await storeStray(parts, { gateway, body, sourceAddress }, 'wrong token');
  throw new ProblemError('not_found');
}

/** Takes as long for a nearly right secret as for a wrong one. */
function isSecret(given: string, secret: string): boolean {
  return timingSafeEqual(Buffer.from(plainHash(given)), Buffer.from(plainHash(secret)));
}

/** By the gateway's id, or by ours where its own was lost with the answer to the order. */
function findNoticed(em: Em, { vault }: Parts, gateway: Gateway['name'], { trackingId, paymentId }: Notice) {
  if (trackingId === null && paymentId === null) return undefined;
  return query(em)
    .selectFrom('payment')
    .select('id')
    .where('gateway', '=', gateway)
    .where(one =>
      one.or([
        ...(trackingId === null ? [] : [one('idsHash', '=', hashTrackingId(trackingId, vault))]),
        ...(paymentId === null ? [] : [one('id', '=', paymentId)]),
      ]),
    )
    .executeTakeFirst();
}

/** Changes nothing, and believes nothing that the address says beside the token. */
async function comeBack(ctx: Context, parts: Parts, { pageSources }: Gateway) {
  const em = parts.database.read();
  const paymentId = await findByToken(em, String(ctx.params.token));
  if (!paymentId) throw new ProblemError('not_found');
  const { booking, charge } = await findPage(em, paymentId);
  ctx.set('Cache-Control', 'no-store');
  if (ctx.get('Sec-Fetch-Dest') === 'iframe') return sayDone(ctx, pageSources);
  ctx.redirect(booking === null ? `/charges/${charge}` : `/bookings/${booking}`);
  ctx.status = 303;
}

/** What was paid for; of a sale at the counter, its first line. */
function findPage(em: Em, paymentId: string) {
  return query(em)
    .selectFrom('payment')
    .leftJoin('booking', 'booking.sale', 'payment.sale')
    .leftJoin('charge', 'charge.sale', 'payment.sale')
    .select(one => one.fn.coalesce('payment.booking', 'booking.id').as('booking'))
    .select(one => one.fn.coalesce('payment.charge', 'charge.id').as('charge'))
    .where('payment.id', '=', paymentId)
    .orderBy('booking.line')
    .executeTakeFirstOrThrow();
}

/** The gateway's page stood in a frame of ours, and its way back ends in that frame: the page around it tells the rest. */
function sayDone(ctx: Context, around: readonly string[]) {
  ctx.set('Content-Security-Policy', `default-src 'none'; frame-ancestors 'self' ${around.join(' ')}`);
  ctx.remove('X-Frame-Options');
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = '<!doctype html><title>Tiketi</title><p>One moment … · Subiri kidogo …</p>';
}
