import * as v from 'valibot';
import { pause } from '../../shared/clock.ts';
import { NETWORKS } from '../../shared/networks.ts';
import { BookingAnswer, ChargeAnswer, PaymentAnswer } from '../../shared/views.ts';
import { insist, send, viewIn } from './browser.ts';
import { openHostedPage } from './hosted-page.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const LOOKS_MAX = 8;

/** Somebody with a browser and a phone. What they do is drawn as they go. */
export interface Customer {
  name: string;
  phone: string;
  address: string;
  arrivesAfterMs: number;
  /** Places at a showing, or popcorn for so many times what the venue takes at least. */
  wants: Places | { popcorn: number };
}

interface Places {
  showing: number;
  quantity: number;
}

/** Books or orders, pays, looks, changes their mind or loses patience. */
export async function visit(world: World, customer: Customer): Promise<void> {
  const { chance, time } = world;
  await pause(time, customer.arrivesAfterMs);
  const path = await begin(world, customer);
  if (!path) return;
  if (chance.happens(0.05)) await cancel(world, customer, path);
  if (chance.happens(0.1)) return; // Closes the page.
  for (let attempts = chance.whole(1, 3); attempts > 0; attempts--) {
    await pause(time, chance.between(2_000, chance.happens(0.2) ? 12 * MINUTE_MS : 40_000));
    await pay(world, customer, path);
    if ((await lookUntilOver(world, customer, path)) === 'over') break;
    if (chance.happens(0.15)) await cancel(world, customer, path);
  }
  if (chance.happens(0.15)) await comeBack(world, customer, path);
}

/** Where what was booked or ordered stands from then on. */
async function begin(world: World, customer: Customer): Promise<string | undefined> {
  const { wants } = customer;
  if ('popcorn' in wants) return order(world, customer, wants.popcorn);
  const held = await book(world, customer, wants);
  if (held) world.watchers.join(world.disk, held);
  return held && `/api/v1/bookings/${held}`;
}

/** When others have long decided: what do they say became of it? */
async function comeBack(world: World, customer: Customer, path: string): Promise<void> {
  await pause(world.time, world.chance.between(10 * MINUTE_MS, 3 * 60 * MINUTE_MS));
  await send(world, customer, { method: 'POST', path: `${path}/checks` });
}

async function book(world: World, customer: Customer, { showing: showingId, quantity }: Places) {
  const body = { showingId, quantity, ...(world.chance.happens(0.5) && { phone: customer.phone }) };
  const answer = await insist(world, customer, { method: 'POST', path: '/api/v1/bookings', body });
  if (answer === 'cut' || answer.status !== 201) return undefined;
  return v.parse(BookingAnswer, answer.body).booking.bookingId;
}

async function order(world: World, customer: Customer, portions: number): Promise<string | undefined> {
  const { currency, price } = world.house.venue;
  const amount = { amount: portions * price, currency };
  const body = { venueId: 1, amount, purpose: 'Popcorn', ...howToPay(world, customer) };
  const answer = await insist(world, customer, { method: 'POST', path: '/api/v1/charges', body });
  if (answer === 'cut' || answer.status !== 201) return undefined;
  const { charge, payment } = v.parse(ChargeAnswer, answer.body);
  if (payment.redirectUrl) openHostedPage(world, customer, payment.redirectUrl);
  return `/api/v1/charges/${charge.chargeId}`;
}

async function pay(world: World, customer: Customer, path: string): Promise<void> {
  const wish = { method: 'POST', path: `${path}/payments`, body: howToPay(world, customer) } as const;
  const answer = await insist(world, customer, wish);
  if (answer === 'cut' || answer.status !== 202) return;
  if (path.includes('/bookings/')) v.parse(PaymentAnswer, answer.body);
  seePage(world, customer, answer);
}

/** Now and then with somebody else's phone. */
function howToPay({ chance, house: { gateway, venue } }: World, { phone }: Customer) {
  const others = ['12000000', '12000001'].map(digits => `${venue.callingCode}7${digits}`);
  return {
    gateway,
    phone: chance.happens(0.1) ? chance.oneOf(others) : phone,
    ...(gateway === 'pesapal' && chance.happens(0.5) && { network: chance.oneOf(NETWORKS) }),
  };
}

/** As the page does: it looks now and then, and the impatient press "check now", "pay" again or "cancel". */
async function lookUntilOver(world: World, customer: Customer, path: string): Promise<'over' | 'open'> {
  const { chance, time } = world;
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    await pause(time, chance.between(5_000, 35_000));
    if (chance.happens(0.05)) await pay(world, customer, path);
    if (chance.happens(0.05)) await cancel(world, customer, path);
    const request = chance.happens(0.3)
      ? { method: 'POST' as const, path: `${path}/checks` }
      : { method: 'GET' as const, path };
    const view = seePage(world, customer, await send(world, customer, request));
    if (!view) continue;
    if (view.state !== 'held' && view.state !== 'open') return 'over';
    if (view.payment?.state === 'failed') return 'open';
    if (chance.happens(0.03)) return 'over'; // The battery is empty.
  }
  return 'over';
}

/** Where the view has a page of the gateway's, it is opened. */
function seePage(world: World, customer: Customer, answer: Parameters<typeof viewIn>[0]) {
  const view = viewIn(answer);
  if (view?.payment?.redirectUrl) openHostedPage(world, customer, view.payment.redirectUrl);
  return view;
}

/** A charge waits for whoever pays it; there is nothing to cancel. */
async function cancel(world: World, customer: Customer, path: string): Promise<void> {
  if (path.includes('/bookings/')) await insist(world, customer, { method: 'DELETE', path });
}
