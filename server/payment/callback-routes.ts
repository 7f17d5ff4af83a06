import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { clientAddress } from '../http/client-address.ts';
import { ProblemError } from '../http/problem.ts';
import { readRaw, readStart } from '../http/read-body.ts';
import type { Parts } from '../parts.ts';
import type { Inbox } from './inbox.ts';
import {
  type Arrived,
  findByToken,
  findRefundByToken,
  STRAY_MAX_BYTES,
  storeRefundResult,
  storeRefundTimeout,
  storeStray,
  storeTimeout,
} from './receive-callback.ts';
import { storeTogether } from './store-together.ts';

/** The door at which gateways report, on payments and on refunds. */
export function callbackRoutes(router: Router, parts: Parts, inbox: Inbox): void {
  const together = storeTogether(parts);
  const storeCallback: Store = (_, paymentId, arrived) => together(paymentId, arrived);
  const receive = (ctx: Context, find: typeof findByToken, store: Store) => receiveInto(inbox, ctx, parts, find, store);
  for (const path of ['/callbacks/daraja/:token', '/api/mpesa-callback/:token'])
    router.post(path, ctx => receive(ctx, findByToken, storeCallback));
  router.post('/callbacks/daraja/:token/timeout', ctx => receive(ctx, findByToken, storeTimeout));
  router.post('/callbacks/daraja/refunds/:token', ctx => receive(ctx, findRefundByToken, storeRefundResult));
  router.post('/callbacks/daraja/refunds/:token/timeout', ctx => receive(ctx, findRefundByToken, storeRefundTimeout));
}

/** Answers the id under which it waits to be settled, if anything is to be. */
type Store = (parts: Parts, addressee: string, arrived: Arrived) => Promise<number | undefined>;

/** Stored, then acknowledged, then settled. Under a wrong token it is as if there were nothing here. */
async function receiveInto(inbox: Inbox, ctx: Context, parts: Parts, find: typeof findByToken, store: Store) {
  const sourceAddress = clientAddress(ctx.req, parts.config.trustedProxies);
  const addressee = await find(parts.database.read(), String(ctx.params.token));
  if (!addressee) {
    const body = await readStart(ctx, STRAY_MAX_BYTES);
    await storeStray(parts, { gateway: 'daraja', body, sourceAddress }, 'wrong token');
    throw new ProblemError('not_found');
  }
  const body = await readRaw(ctx);
  const callbackId = await inbox.arriving(store(parts, addressee, { gateway: 'daraja', body, sourceAddress }));
  if (callbackId !== undefined) inbox.settle(callbackId);
  ctx.body = { ResultCode: 0, ResultDesc: 'Accepted' };
}
