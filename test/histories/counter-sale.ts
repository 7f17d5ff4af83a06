import { pause } from '../../shared/clock.ts';
import type { SaleView, TakingAnswer } from '../../shared/office/till.ts';
import { randomHex } from '../../shared/random.ts';
import { insist, send, type Wish, type Worker } from './desk.ts';
import { openHostedPage } from './hosted-page.ts';
import type { Answer } from './in-memory-http.ts';
import { payByHand } from './loose-money.ts';
import type { World } from './world.ts';

const PAYMENTS_MAX = 4; // Of one sale, that the cashier tries.
const LOOKS_MAX = 4;
const CENTS = 100;

interface Counter {
  worker: Worker;
  /** The supervisor, with a till of their own. */
  baraka: Worker;
}

/** One customer: some pay at once, some in parts, some in several ways, some go away. */
export async function serve(world: World, { worker, baraka, showings }: Counter & { showings: number[] }) {
  const { chance } = worker;
  const lines = [
    ...(chance.happens(0.9) ? [drawPlaces(world, worker, showings)] : []),
    ...(chance.happens(0.3) ? [{ amount: money(world, world.house.venue.price), purpose: 'Popcorn' }] : []),
  ];
  if (lines.length === 0) return;
  const atOnce = chance.happens(0.5) ? drawPayment(world, worker, null) : undefined;
  const body = { lines, ...(atOnce && { payment: atOnce }) };
  let sale = await take(world, worker, { method: 'POST', path: 'sales', body, key: randomHex(world.random) });
  for (let payments = 0; sale?.state === 'open' && payments < PAYMENTS_MAX; payments++) {
    await pause(world.time, chance.between(1_000, 60_000));
    if (chance.happens(0.12)) return giveUp(world, sale.saleId, { worker, baraka });
    const path: string = `sales/${sale.saleId}/payments`;
    const leave = chance.happens(0.4) && { leave: true };
    const payment = { ...drawPayment(world, worker, sale), ...leave };
    const wish = { method: 'POST', path, body: payment, key: randomHex(world.random) } as const;
    sale = (await take(world, worker, wish)) ?? sale;
    sale = await look(world, worker, sale);
  }
  if (sale?.state === 'open' && chance.happens(0.5)) await giveUp(world, sale.saleId, { worker, baraka });
}

/** Some booked at home, and may be paying there as well. */
function drawPlaces({ disk }: World, { chance }: Worker, showings: number[]) {
  const booked = disk.query<{ id: string }>(
    `select id from booking where state = 'held' and sale is null order by id`,
  )();
  if (booked.length > 0 && chance.happens(0.3)) return { bookingId: chance.oneOf(booked).id };
  return { showingId: chance.oneOf(showings), quantity: chance.whole(1, 3) };
}

/** All that is open, or a part of it: in cash, by a prompt, or by a number that was paid before. */
function drawPayment(world: World, { chance }: Worker, sale: SaleView | null) {
  const outstanding = sale?.outstanding.amount ?? 0;
  const isPart = chance.happens(0.35) && outstanding > 2 * CENTS;
  const amount = isPart ? chance.whole(1, outstanding / CENTS - 1) * CENTS : outstanding;
  const part = isPart && { amount: money(world, amount) };
  const way = chance.between(0, 1);
  if (way < 0.4)
    return { method: 'cash', given: money(world, sale ? amount + chance.whole(0, 5) * CENTS : 10_000_000), ...part };
  const phone = `${world.house.venue.callingCode}73300020${chance.whole(0, 3)}`;
  if (way < 0.7 || !sale || world.house.gateway === 'pesapal') return { method: world.house.gateway, phone, ...part };
  return { method: 'paid_before', receiptNumber: drawNumber(world, { chance, phone, amount, sale }) };
}

/** The number in the customer's message; or one of another message, or of none. */
function drawNumber(world: World, { chance, phone, amount, sale }: Pick<Worker, 'chance'> & Paying): string {
  const known = [...world.counter.loose.keys()];
  if (known.length > 0 && chance.happens(0.4)) return chance.oneOf(known);
  if (chance.happens(0.1)) return 'QK12345678';
  const shillings = amount / CENTS + chance.oneOf([0, 0, 0, 100]);
  const accountReference = chance.oneOf(['tickets', sale.reference]);
  return payByHand(world, phone, shillings, accountReference) ?? 'QK12345678';
}

interface Paying {
  phone: string;
  amount: number;
  sale: SaleView;
}

/** Presses until there is an answer; whatever the till says, the notes lay on the counter once. */
async function take(world: World, worker: Worker, wish: Wish & { key: string }): Promise<SaleView | undefined> {
  const { payment } = { payment: wish.body, ...(wish.body as object) } as { payment?: { method?: string } };
  const isCash = payment?.method === 'cash';
  if (isCash) world.counter.hand(wish.key);
  const twice = isCash && { twice: (heard?: Answer | 'cut') => world.counter.showTwice(wish.key, heard) };
  const answer = await insist(world, worker, { ...wish, ...twice });
  if (isCash) world.counter.show(wish.key, answer);
  return see(world, answer);
}

/** Where the payment has a page of the gateway's, the customer opens it. */
function see(world: World, answer: Answer | 'cut'): SaleView | undefined {
  if (answer === 'cut' || answer.status >= 300) return undefined;
  const { sale, payment } = answer.body as Partial<TakingAnswer>;
  const page = payment?.redirectUrl;
  const visitor = { name: 'at the till', phone: '255733000200', address: '198.51.100.50' };
  if (page) openHostedPage(world, visitor, page);
  return sale;
}

/** Until the prompt has ended, or nobody wants to wait any longer. */
async function look(world: World, worker: Worker, sale: SaleView): Promise<SaleView> {
  let seen = sale;
  const isOpen = () => seen.payments.some(({ state }) => ['started', 'unknown', 'pending'].includes(state));
  for (let looks = 0; looks < LOOKS_MAX && seen.state === 'open' && isOpen(); looks++) {
    await pause(world.time, worker.chance.between(3_000, 30_000));
    const path = `sales/${sale.saleId}`;
    const isCheck = worker.chance.happens(0.3);
    const wish = isCheck ? { method: 'POST' as const, path: `${path}/checks` } : { method: 'GET' as const, path };
    seen = see(world, await send(world, worker, wish)) ?? seen;
  }
  return seen;
}

/** Where cash would leave the drawer it takes a supervisor. */
export async function giveUp(world: World, saleId: string, { worker, baraka }: Counter): Promise<void> {
  const wish = { method: 'POST', path: `sales/${saleId}/abandonments`, body: {} } as const;
  const answer = await insist(world, worker, wish);
  if (answer !== 'cut' && answer.status === 403) await insist(world, baraka, wish);
}

/** Those of these shifts that still are open; undefined when nobody answers. */
export async function openSalesOf(world: World, shifts: (number | undefined)[], worker: Worker) {
  const answer = await send(world, worker, { method: 'GET', path: 'sales' });
  if (answer === 'cut' || answer.status !== 200) return undefined;
  const { sales } = answer.body as { sales: SaleView[] };
  return sales.filter(({ shiftId }) => shifts.includes(shiftId)).map(({ saleId }) => saleId);
}

function money(world: World, amount: number) {
  return { amount, currency: world.house.venue.currency };
}
