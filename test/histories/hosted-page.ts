import { CARD_NUMBERS } from '../../server/simulator/pesapal/networks.ts';
import type { Order } from '../../server/simulator/pesapal/orders.ts';
import type { Choice } from '../../server/simulator/pesapal/pay.ts';
import { pause } from '../../shared/clock.ts';
import { NETWORKS } from '../../shared/networks.ts';
import { oddly } from './on-the-way.ts';
import { ODD_PAYMENTS } from './pesapals-oddities.ts';
import { mayGoBack } from './phone-owners.ts';
import { accountReferenceIn } from './references.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const BY_ITSELF_MS = 4_000; // What ends without a PIN has ended.

/** Somebody whose phone pays, and whose browser stands on the gateway's page. */
interface Visitor {
  name: string;
  phone: string;
  address: string;
}

/** The customer's page shows the gateway's, once a payment: most pay there, some at the second try, some later, some never. */
export function openHostedPage(world: World, visitor: Visitor, redirectUrl: string): void {
  const order = world.simulator.pesapal.find(new URL(redirectUrl).searchParams.get('OrderTrackingId') ?? '');
  if (!order) return;
  const misfortunes = world.misfortunesOf(accountReferenceIn(order.merchantReference));
  if (!misfortunes.seen) void stay(world, visitor, order);
  misfortunes.seen = true;
}

async function stay(world: World, visitor: Visitor, order: Order): Promise<void> {
  const { chance, time } = world;
  await pause(time, chance.between(2_000, 30_000));
  const mood = chance.between(0, 100);
  if (mood < 6) return note(world, visitor, order, 'closes the page of');
  if (mood < 16) {
    world.simulator.pesapal.leaveUnpaid(order);
    note(world, visitor, order, 'cancels on the page of');
    if (chance.happens(0.5)) return;
  }
  if (mood < 30) await pause(time, chance.between(MINUTE_MS, chance.happens(0.3) ? DAY_MS : 25 * MINUTE_MS));
  for (let tries = chance.whole(1, 3); tries > 0 && !order.debit; tries--) {
    await tryToPay(world, visitor, order);
    await pause(time, chance.between(BY_ITSELF_MS, 40_000));
  }
  await goBack(world, visitor, order);
}

/** The button on the page, and then the phone: the right PIN, a wrong one, "no", or nothing. */
async function tryToPay(world: World, visitor: Visitor, order: Order): Promise<void> {
  const { chance, simulator, time } = world;
  const reference = accountReferenceIn(order.merchantReference);
  const choice = choose(world, visitor);
  const odd = world.fault('odd payment', reference) ? chance.oneOf(ODD_PAYMENTS) : null;
  const isAsked = oddly(simulator, { odd, phone: null }, () => simulator.pesapal.pay(order, choice));
  if (isAsked) know(world, reference, order);
  const what = isAsked ? `is asked by ${choice.network}${odd ? ` (${odd})` : ''}, for` : 'can pay no more, for';
  note(world, visitor, order, what);
  await pause(time, chance.between(BY_ITSELF_MS, 30_000));
  if (order.attempt?.owner?.prompt?.checkoutRequestId === order.trackingId) answer(world, visitor, order);
  if (order.debit && isAsked) mayGoBack(world, reference);
}

function answer({ chance, simulator, timeline }: World, { name }: Visitor, order: Order): void {
  const phone = order.attempt?.owner;
  if (!phone) return;
  const mood = chance.between(0, 100);
  const end =
    mood < 72
      ? simulator.enterPin(phone, phone.pin)
      : mood < 82
        ? simulator.enterPin(phone, '0000')
        : mood < 93
          ? simulator.cancel(phone)
          : 'left open';
  timeline.note(name, `answers the phone for ${accountReferenceIn(order.merchantReference)}: ${end ?? 'too late'}`);
}

function choose({ chance }: World, { phone }: Visitor): Choice {
  if (chance.happens(0.1)) return { network: 'card', account: chance.oneOf(CARD_NUMBERS) };
  return { network: chance.oneOf(NETWORKS), account: chance.happens(0.1) ? '255754000111' : phone };
}

/** What will be told of it otherwise than it was. */
function know(world: World, reference: string, { fault }: Order): void {
  const misfortunes = world.misfortunesOf(reference);
  misfortunes.misquoted = fault?.looks === 'wrongAmount';
  misfortunes.misnumbered = fault?.looks === 'othersCode';
}

async function goBack(world: World, visitor: Visitor, order: Order): Promise<void> {
  const { pathname, search } = new URL(world.simulator.pesapal.goBack(order).url);
  const request = { method: 'GET', path: pathname + search, fromAddress: visitor.address } as const;
  const answer = await world.machine.ask(request, () => {});
  note(world, visitor, order, `comes back (${answer === 'cut' ? 'no answer' : answer.status}) from the page of`);
}

function note({ timeline }: World, { name }: Visitor, order: Order, what: string): void {
  timeline.note(name, `${what} ${accountReferenceIn(order.merchantReference)}`);
}
