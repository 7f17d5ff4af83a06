import { pause } from '../../shared/clock.ts';
import { randomHex } from '../../shared/random.ts';
import type { Chance } from './chance.ts';
import { giveUp, openSalesOf, serve } from './counter-sale.ts';
import { insist, type Worker } from './desk.ts';
import { OPENS_MS } from './house.ts';
import { payByHand } from './loose-money.ts';
import type { TillSession } from './till-session.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const CUSTOMERS_MAX = 4; // Of each cashier.
const ROUNDS_MAX = 4; // Of trying to get rid of what is open.
const NOTE = 10_000; // In cents: what a drawer is counted in.

/** One evening at the counter: a cashier and a supervisor, each with a drawer; at its end both are counted and sealed. */
export async function keepTill(world: World, till: TillSession, manager: Worker, chance: Chance, showings: number[]) {
  const { time } = world;
  const [amina, baraka] = till.people.map(({ name, cookie }): Worker => ({ name, cookie, chance }));
  if (!amina || !baraka) return;
  world.count('till is open');
  await pause(time, OPENS_MS + chance.between(-10 * MINUTE_MS, 10 * MINUTE_MS));
  if (world.house.gateway === 'daraja') void payLoosely(world, chance);
  const shifts = await Promise.all([amina, baraka].map(worker => work(world, { worker, baraka, showings })));
  await pause(time, chance.between(MINUTE_MS, 40 * MINUTE_MS));
  await clear(world, shifts, baraka);
  for (const [at, shift] of shifts.entries())
    if (shift !== undefined) await close(world, shift, { worker: at === 0 ? amina : baraka, baraka, manager });
}

interface Shift {
  worker: Worker;
  /** Who approves, on a till of their own. */
  baraka: Worker;
  showings: number[];
}

/** Answers the shift's id; undefined where it could not be opened. */
async function work(world: World, { worker, baraka, showings }: Shift): Promise<number | undefined> {
  const { chance } = worker;
  await pause(world.time, chance.between(0, MINUTE_MS));
  const key = randomHex(world.random);
  const float = { amount: chance.whole(0, 50) * NOTE, currency: world.house.venue.currency };
  const answer = await insist(world, worker, { method: 'POST', path: 'shifts', body: { float }, key });
  if (answer === 'cut' || answer.status !== 201) return undefined;
  const { shiftId } = (answer.body as { shift: { shiftId: number } }).shift;
  for (let customers = chance.whole(1, CUSTOMERS_MAX); customers > 0; customers--) {
    await pause(world.time, chance.between(1_000, 10 * MINUTE_MS));
    await serve(world, { worker, baraka, showings });
    if (chance.happens(0.3)) await move(world, shiftId, baraka);
    if (chance.happens(0.2)) await giveCashBack(world, baraka);
  }
  return shiftId;
}

/** To the safe, from it, or for milk. */
async function move(world: World, shiftId: number, baraka: Worker): Promise<void> {
  const { chance } = baraka;
  const amount = { amount: chance.whole(1, 20) * NOTE, currency: world.house.venue.currency };
  const body = { kind: chance.oneOf(['drop', 'paid_in', 'paid_out']), amount, reason: 'as every evening' };
  await insist(world, baraka, {
    ...{ method: 'POST', path: `shifts/${shiftId}/movements`, body },
    key: randomHex(world.random),
  });
}

/** Somebody whose money is due stands here and wants it in notes: out of the supervisor's drawer, while the manager may be sending it. */
async function giveCashBack(world: World, baraka: Worker): Promise<void> {
  const { disk, portal } = world;
  const due = disk.query<{ id: string; number: string | null }>(
    `select f.id, r.number from refund f join receipt r on r.id = f.receipt where f.state = 'due' order by f.id`,
  )();
  const here = due.filter(({ number }) => !portal.reversal(number));
  if (here.length === 0) return;
  await insist(world, baraka, { method: 'POST', path: `refunds/${baraka.chance.oneOf(here).id}/cash`, body: {} });
}

/** Nobody may be left standing at the counter. */
async function clear(world: World, shifts: (number | undefined)[], baraka: Worker): Promise<void> {
  for (let rounds = 0; rounds < ROUNDS_MAX; rounds++) {
    const open = await openSalesOf(world, shifts, baraka);
    for (const saleId of open ?? []) await giveUp(world, saleId, { worker: baraka, baraka });
    if (open?.length === 0) return;
    await pause(world.time, baraka.chance.between(1_000, 5 * MINUTE_MS));
  }
}

/** Counted, perhaps twice, and sealed by the manager, who was told why it does not fit. */
async function close(world: World, shiftId: number, { worker, baraka, manager }: Record<string, Worker> & Closing) {
  const { chance } = worker;
  const count = () => ({ counts: [{ denomination: NOTE, count: chance.whole(0, 100) }] });
  const path = `shifts/${shiftId}/counts`;
  const answer = await insist(world, worker, { method: 'POST', path, body: count() });
  if (answer === 'cut' || answer.status !== 201) return;
  if (chance.happens(0.2)) await insist(world, baraka, { method: 'POST', path, body: count() });
  await pause(world.time, chance.between(MINUTE_MS, 60 * MINUTE_MS));
  const body = { note: 'nobody counts well at night' };
  await insist(world, { ...manager, chance }, { method: 'POST', path: `shifts/${shiftId}/seals`, body });
}

interface Closing {
  worker: Worker;
  baraka: Worker;
  manager: Worker;
}

/** Some do not wait to be asked: they pay under a reference that they read somewhere, or under anything. */
async function payLoosely(world: World, chance: Chance): Promise<void> {
  for (let times = chance.whole(0, 3); times > 0; times--) {
    await pause(world.time, chance.between(MINUTE_MS, 30 * MINUTE_MS));
    const seen = world.disk.query<{ reference: string; amount: number }>(
      `select reference, amount from booking union all select reference, amount from charge order by reference`,
    )();
    const { reference, amount } = seen.length > 0 ? chance.oneOf(seen) : { reference: 'tickets', amount: 50_000 };
    const shillings = amount / 100 + chance.oneOf([0, 0, 0, -50, 50]);
    payByHand(world, `25473300010${times}`, shillings, chance.happens(0.5) ? reference : 'tickets');
  }
}
