import * as v from 'valibot';
import { pause } from '../../shared/clock.ts';
import { randomHex } from '../../shared/random.ts';
import { BookingAnswer, type BookingView, PaymentAnswer } from '../../shared/views.ts';
import type { Answer, Request } from './in-memory-http.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const TRIES_MAX = 4; // Of one request whose answer was lost.
const LOOKS_MAX = 8;

/** Somebody with a browser and a phone. What they do is drawn as they go. */
export interface Customer {
  name: string;
  phone: string;
  address: string;
  arrivesAfterMs: number;
  showing: number;
  quantity: number;
}

/** Books, pays, looks, changes their mind or loses patience. */
export async function visit(world: World, customer: Customer): Promise<void> {
  const { chance, time } = world;
  await pause(time, customer.arrivesAfterMs);
  const held = await book(world, customer);
  if (!held) return;
  world.watchers.join(world.disk, held);
  if (chance.happens(0.05)) await cancel(world, customer, held);
  if (chance.happens(0.1)) return; // Closes the page.
  for (let attempts = chance.whole(1, 3); attempts > 0; attempts--) {
    await pause(time, chance.between(2_000, chance.happens(0.2) ? 12 * MINUTE_MS : 40_000));
    await pay(world, customer, held);
    const view = await lookUntilOver(world, customer, held);
    if (view?.state !== 'held') break;
    if (chance.happens(0.15)) await cancel(world, customer, held);
  }
  if (chance.happens(0.15)) await comeBack(world, customer, held);
}

/** When others have long decided: what do they say became of it? */
async function comeBack(world: World, customer: Customer, bookingId: string): Promise<void> {
  await pause(world.time, world.chance.between(10 * MINUTE_MS, 3 * 60 * MINUTE_MS));
  await send(world, customer, { method: 'POST', path: `/api/v1/bookings/${bookingId}/checks` });
}

async function book(world: World, customer: Customer): Promise<string | undefined> {
  const { showing: showingId, quantity, phone } = customer;
  const body = { showingId, quantity, ...(world.chance.happens(0.5) && { phone }) };
  const answer = await insist(world, customer, { method: 'POST', path: '/api/v1/bookings', body });
  if (answer === 'cut' || answer.status !== 201) return undefined;
  return v.parse(BookingAnswer, answer.body).booking.bookingId;
}

async function pay(world: World, customer: Customer, bookingId: string): Promise<void> {
  const body = {
    gateway: 'daraja',
    phone: world.chance.happens(0.1) ? world.chance.oneOf(['254712000000', '254712000001']) : customer.phone,
  };
  const answer = await insist(world, customer, {
    method: 'POST',
    path: `/api/v1/bookings/${bookingId}/payments`,
    body,
  });
  if (answer !== 'cut' && answer.status === 202) v.parse(PaymentAnswer, answer.body);
}

/** As the page does: it looks now and then, and the impatient press "check now", "pay" again or "cancel". */
async function lookUntilOver(world: World, customer: Customer, bookingId: string): Promise<BookingView | undefined> {
  const { chance, time } = world;
  const path = `/api/v1/bookings/${bookingId}`;
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    await pause(time, chance.between(5_000, 35_000));
    if (chance.happens(0.05)) await pay(world, customer, bookingId);
    if (chance.happens(0.05)) await cancel(world, customer, bookingId);
    const request = chance.happens(0.3)
      ? { method: 'POST' as const, path: `${path}/checks` }
      : { method: 'GET' as const, path };
    const answer = await send(world, customer, request);
    if (answer === 'cut' || answer.status >= 400) continue;
    const view = answer.body as BookingView;
    if (view.state !== 'held' || view.payment?.state === 'failed') return view;
    if (chance.happens(0.03)) return undefined; // The battery is empty.
  }
  return undefined;
}

async function cancel(world: World, customer: Customer, bookingId: string): Promise<void> {
  await insist(world, customer, { method: 'DELETE', path: `/api/v1/bookings/${bookingId}` });
}

interface Wish {
  method: Request['method'];
  path: string;
  body?: unknown;
}

/** The same key until there is an answer; the nervous press twice. */
async function insist(world: World, customer: Customer, wish: Wish): Promise<Answer | 'cut'> {
  const key = randomHex(world.random);
  if (world.chance.happens(0.1)) void send(world, customer, wish, key);
  for (let tries = 1; ; tries++) {
    const answer = await send(world, customer, wish, key);
    if ((answer !== 'cut' && answer.status < 500) || tries === TRIES_MAX) return answer;
    await pause(world.time, world.chance.between(500, 15_000));
  }
}

async function send(world: World, { name, address }: Customer, { method, path, body }: Wish, key?: string) {
  const headers = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(key && { 'idempotency-key': key }),
  };
  const request = {
    method,
    path,
    headers,
    fromAddress: address,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const answer = await world.machine.ask(request, answered => world.acknowledged.answer(method, answered));
  const what = `${method} ${path.replace('/api/v1/', '')}${body ? ` ${JSON.stringify(body)}` : ''}`;
  world.timeline.note(name, `${what}: ${tell(answer)}`);
  return answer !== 'cut' && world.fault('answer to browser lost', name) ? 'cut' : answer;
}

function tell(answer: Answer | 'cut'): string {
  if (answer === 'cut') return 'no answer';
  const { code, booking, state } = (answer.body ?? {}) as { code?: string; state?: string; booking?: BookingView };
  const view = booking ?? (state ? (answer.body as BookingView) : undefined);
  const seen = view && `${view.reference} ${view.state}${view.payment ? `, payment ${view.payment.state}` : ''}`;
  return [answer.status, code ?? seen].filter(Boolean).join(' ');
}
