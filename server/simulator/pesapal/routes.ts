import type Router from '@koa/router';
import type { RouterContext } from '@koa/router';
import * as v from 'valibot';
import { readJson } from '../read-body.ts';
import type { Simulator } from '../simulator.ts';
import { CARD_NUMBERS, NETWORK_NAMES } from './networks.ts';
import { readPhone } from './order-request.ts';
import { orderView } from './order-view.ts';
import type { Order } from './orders.ts';
import type { Choice } from './pay.ts';

const ORDERS_SHOWN = 100;

const PayWish = v.strictObject({
  network: v.picklist(NETWORK_NAMES, 'There is no such network.'),
  /** Where none is given, the order’s own. */
  phone: v.exactOptional(v.string()),
  card: v.exactOptional(v.picklist(CARD_NUMBERS, 'There is no such test card.')),
});
const Named = v.strictObject({ trackingId: v.exactOptional(v.string()), reference: v.exactOptional(v.string()) });

/** Pesapal’s page behind its buttons, and Pesapal’s people: a test does with it what a browser would. */
export function pesapalRoutes(router: Router, { parts, pesapal }: Simulator): void {
  const show = (ctx: RouterContext, order: Order) => {
    ctx.body = orderView(parts, order);
  };
  const find = (ctx: RouterContext) =>
    pesapal.find(String(ctx.params.trackingId)) ?? ctx.throw(404, 'There is no such order.');

  router.get('/pesapal/orders', ctx => {
    const newest = pesapal.orders().slice(-ORDERS_SHOWN);
    ctx.body = { orders: newest.map(order => orderView(parts, order)) };
  });
  router.get('/pesapal/orders/:trackingId', ctx => show(ctx, find(ctx)));
  router.post('/pesapal/orders/:trackingId/pay', async ctx => {
    const order = find(ctx);
    const choice = readChoice(ctx, order, await readJson(ctx, PayWish));
    if (!pesapal.pay(order, choice)) ctx.throw(409, 'This order cannot be paid now.');
    ctx.status = 202;
    show(ctx, order);
  });
  router.post('/pesapal/orders/:trackingId/cancel', ctx => {
    ctx.body = pesapal.leaveUnpaid(find(ctx));
  });
  router.post('/pesapal/orders/:trackingId/return', ctx => {
    ctx.body = pesapal.goBack(find(ctx));
  });

  router.post('/pesapal/orders/:trackingId/approve-refund', ctx => {
    const order = find(ctx);
    if (!pesapal.approveRefund(order)) ctx.throw(409, 'No refund of this order waits for approval.');
    show(ctx, order);
  });
  router.post('/pesapal/orders/:trackingId/reverse', ctx => {
    const order = find(ctx);
    if (!pesapal.reverse(order)) ctx.throw(409, 'There is no money of this order to take back.');
    show(ctx, order);
  });
  router.post('/pesapal/orders/:trackingId/notify', async ctx => {
    await pesapal.notify(find(ctx), await readJson(ctx, Named));
    ctx.status = 204;
  });
}

function readChoice(ctx: RouterContext, order: Order, wish: v.InferOutput<typeof PayWish>): Choice {
  const { network, phone, card } = wish;
  if (network === 'card') return { network, account: card ?? CARD_NUMBERS[0] ?? '' };
  const account = phone === undefined ? order.phone : readPhone(phone, order.currency);
  return account ? { network, account } : ctx.throw(422, 'phone: This is not a mobile number.');
}
