import * as v from 'valibot';
import type { SendRequest, Sent } from '../../server/gateway/send.ts';
import type { Order } from '../../server/simulator/pesapal/orders.ts';
import { sayInstead } from '../../server/simulator/pesapal/refusals.ts';
import { pendingBody, writeStatus } from '../../server/simulator/pesapal/status-body.ts';
import type { Simulator } from '../../server/simulator/simulator.ts';
import { pause } from '../../shared/clock.ts';
import { ask, askOddly, LONGEST_MS, loseOrDelay, never, notSent, tell, toSent } from './on-the-way.ts';
import { ODD_CANCELLINGS, ODD_ORDERS, ODD_REFUND_REQUESTS } from './pesapals-oddities.ts';
import { accountReferenceIn } from './references.ts';
import type { World } from './world.ts';

const Submitted = v.object({ id: v.string(), billing_address: v.object({ phone_number: v.string() }) });
const Cancelling = v.object({ order_tracking_id: v.string() });
const Refund = v.object({ confirmation_code: v.string() });
const STATUS_ERRORS = ['badGateway', 'serverError', 'rateLimited', 'badBearer200', 'emptyOk', 'hang', 'reset'] as const;
const DAY_MS = 24 * 3_600_000;

/** A request to Pesapal, on a day on which it can be reached. */
export async function askPesapal(world: World, simulator: Simulator, wish: SendRequest): Promise<Sent> {
  if (!wish.url.endsWith('/RequestToken') && world.fault('token refused', 'Pesapal'))
    simulator.parts.pesapal.tokens.clear();
  if (wish.url.endsWith('/SubmitOrderRequest')) return submit(world, simulator, wish);
  if (wish.url.includes('/GetTransactionStatus')) return tellStatus(world, simulator, wish);
  if (wish.url.endsWith('/CancelOrder')) return cancel(world, simulator, wish);
  if (wish.url.endsWith('/RefundRequest')) return refund(world, simulator, wish);
  return toSent(await ask(simulator, wish));
}

/** Of an order that is there already, whatever it meets, only the way can go wrong. */
async function submit(world: World, simulator: Simulator, wish: SendRequest): Promise<Sent> {
  const { id, billing_address } = v.parse(Submitted, JSON.parse(wish.body ?? ''));
  const reference = accountReferenceIn(id);
  world.misfortunesOf(reference).pushedAt = world.time.now();
  if (!world.commits.hasPayment(reference)) world.broken(`I7 ${reference} reached the network before it was committed`);
  if (world.fault('order lost', reference)) return world.chance.happens(0.5) ? notSent('ECONNRESET') : never();
  if (world.fault('killed while the gateway thinks', reference)) world.machine.killWithin(15_000);
  const odd = world.fault('odd order', reference) ? world.chance.oneOf(ODD_ORDERS) : null;
  const answer = toSent(
    await askOddly(world, simulator, wish, { reference, odd, phone: billing_address.phone_number }),
  );
  world.timeline.note('gateway', `answers the order of ${reference}: ${tell(answer)}`);
  return loseOrDelay(world, reference, answer, ['order answer slow', 'order answer lost']);
}

async function tellStatus(world: World, simulator: Simulator, wish: SendRequest): Promise<Sent> {
  const order = simulator.pesapal.find(new URL(wish.url).searchParams.get('orderTrackingId') ?? '');
  const reference = order ? accountReferenceIn(order.merchantReference) : 'nobody';
  if (world.fault('status slow', reference)) await pause(world.time, world.chance.between(1_000, LONGEST_MS));
  const lie = order && lieAboutStatus(world, reference, order);
  const answer = toSent(lie ?? (await ask(simulator, wish)));
  world.timeline.note('gateway', `tells the status of ${reference}: ${tell(answer)}`);
  return answer;
}

/** For a while; undefined when the truth is told. */
function lieAboutStatus(world: World, reference: string, order: Order) {
  if (world.fault('status error', reference)) return sayInstead(world.chance.oneOf(STATUS_ERRORS));
  if (!world.fault('status says unpaid', reference)) return undefined;
  return { status: 200, headers: {}, body: writeStatus(pendingBody(order)) };
}

async function cancel(world: World, simulator: Simulator, wish: SendRequest): Promise<Sent> {
  const { order_tracking_id } = v.parse(Cancelling, JSON.parse(wish.body ?? ''));
  const order = simulator.pesapal.find(order_tracking_id);
  const reference = order ? accountReferenceIn(order.merchantReference) : 'nobody';
  const odd = world.fault('odd cancelling', reference) ? world.chance.oneOf(ODD_CANCELLINGS) : null;
  const phone = order?.phone ?? null;
  const answer = toSent(await askOddly(world, simulator, wish, { reference: `cancelling ${reference}`, odd, phone }));
  world.timeline.note('gateway', `answers the cancelling of ${reference}: ${tell(answer)}`);
  return world.fault('cancelling answer lost', reference) ? never() : answer;
}

/** People at Pesapal look at it some day, or never. */
async function refund(world: World, simulator: Simulator, wish: SendRequest): Promise<Sent> {
  const { confirmation_code: number } = v.parse(Refund, JSON.parse(wish.body ?? ''));
  const reference = `refund of ${number}`;
  if (!world.commits.hasRequested(number)) world.broken(`I7 the ${reference} was asked for before it was committed`);
  if (world.fault('killed while the gateway thinks', reference)) world.machine.killWithin(15_000);
  const odd = world.fault('odd refund', reference) ? world.chance.oneOf(ODD_REFUND_REQUESTS) : null;
  world.portal.asked(number);
  const debit = world.portal.debit(number);
  const wasComing = world.portal.isComingBack(number);
  const answer = toSent(await askOddly(world, simulator, wish, { reference, odd, phone: debit?.phone ?? null }));
  world.timeline.note('gateway', `answers the ${reference}: ${tell(answer)}`);
  if (!wasComing && world.portal.isComingBack(number) && !world.fault('refund never approved', reference))
    world.time.after(world.chance.between(1_000, world.chance.happens(0.5) ? 60_000 : 3 * DAY_MS), () => {
      const order = simulator.pesapal.find(debit?.trackingId ?? '');
      const isBack = order && simulator.pesapal.approveRefund(order);
      world.timeline.note('gateway', `approves the ${reference}: ${isBack ? 'it is back' : 'too late'}`);
    });
  return loseOrDelay(world, reference, answer, ['refund answer slow', 'refund answer lost']);
}
