import type Router from '@koa/router';
import type { RouterContext } from '@koa/router';
import * as v from 'valibot';
import type { PromptEnd } from './customer.ts';
import type { Phone } from './phones.ts';
import { readJson } from './read-body.ts';
import { NewPhone, PaidByHand, PhoneChange, PhoneNumber, PinEntry } from './requests.ts';
import type { Simulator } from './simulator.ts';
import { phoneView } from './view-state.ts';

/** Any number of phones, and what their owners do with them. */
export function phoneRoutes(router: Router, simulator: Simulator): void {
  const { phones, changed } = simulator;

  router.get('/phones', ctx => {
    ctx.body = { phones: phones.all().map(phoneView) };
  });
  router.post('/phones', async ctx => {
    const { number, ...change } = await readJson(ctx, NewPhone);
    ctx.status = phones.find(number) ? 200 : 201;
    ctx.body = phoneView(Object.assign(phones.findOrAdd(number), change));
    changed();
  });

  router.get('/phones/:number', ctx => {
    ctx.body = phoneView(findPhone(ctx, simulator));
  });
  router.patch('/phones/:number', async ctx => {
    ctx.body = phoneView(Object.assign(findPhone(ctx, simulator), await readJson(ctx, PhoneChange)));
    changed();
  });
  router.delete('/phones/:number', ctx => {
    phones.remove(findPhone(ctx, simulator).number);
    changed();
    ctx.status = 204;
  });

  router.post('/phones/:number/pin', async ctx => {
    const { pin } = await readJson(ctx, PinEntry);
    const phone = findPhone(ctx, simulator);
    sayResult(ctx, phone, simulator.enterPin(phone, pin));
  });
  router.post('/phones/:number/cancel', ctx => {
    const phone = findPhone(ctx, simulator);
    sayResult(ctx, phone, simulator.cancel(phone));
  });
  router.post('/phones/:number/payments', async ctx => {
    const paid = simulator.payBill(findPhone(ctx, simulator), await readJson(ctx, PaidByHand));
    ctx.status = 201;
    ctx.body = paid
      ? { receiptNumber: paid.receiptNumber }
      : ctx.throw(409, 'There is too little money on this phone.');
  });
  router.post('/phones/:number/ignore', ctx => {
    const phone = findPhone(ctx, simulator);
    if (!phone.prompt) ctx.throw(409, 'Nothing is asked on this phone.');
    simulator.ignore(phone);
    ctx.body = phoneView(phone);
  });
}

function findPhone(ctx: RouterContext, { phones }: Simulator): Phone {
  const phone = phones.find(v.parse(PhoneNumber, ctx.params.number));
  return phone ?? ctx.throw(404, 'There is no such phone.');
}

function sayResult(ctx: RouterContext, phone: Phone, resultCode: PromptEnd | undefined): void {
  if (resultCode === undefined) ctx.throw(409, 'Nothing is asked on this phone.');
  ctx.body = { resultCode, phone: phoneView(phone) };
}
