import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import { holdPlaces } from '../../server/booking/hold-places.ts';
import { readConfig } from '../../server/config.ts';
import { openDatabase } from '../../server/database/open-database.ts';
import { createVault } from '../../server/database/vault.ts';
import { CircuitBreaker } from '../../server/gateway/circuit-breaker.ts';
import type { Collected, Gateway, GatewayIds, Outcome } from '../../server/gateway/gateway.ts';
import { createRateLimits } from '../../server/http/rate-limits.ts';
import { goRound } from '../../server/janitor.ts';
import { NO_METERS } from '../../server/metrics/meters.ts';
import { type Em, query } from '../../server/model/entities.ts';
import { bookingOf } from '../../server/model/paid-for.ts';
import type { GatewayLine, Parts } from '../../server/parts.ts';
import type { Evidence, Verdict } from '../../server/payment/evidence.ts';
import { pushPayment } from '../../server/payment/push-payment.ts';
import { storeCallback } from '../../server/payment/receive-callback.ts';
import { settleCallback } from '../../server/payment/settle-callback.ts';
import { settlePayment } from '../../server/payment/settle-payment.ts';
import { startPayment } from '../../server/payment/start-payment.ts';
import { NO_SOCKETS } from '../../server/realtime/office.ts';
import type { Random } from '../../shared/random.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';
import type { GatewayName } from '../../shared/views.ts';
import { PHONE } from './customer.ts';
import { EASY } from './easy-hash.ts';
import { ManualClock } from './manual-clock.ts';
import { execute } from './raw-sql.ts';
import { seededRandom } from './seeded-random.ts';
import { newPlace, type Place, STORE, type Store } from './stores.ts';

export const PRICE = 50_000;
export const START = '2026-11-22T12:00:00.000Z';

const DATA_KEY = 'a key of at least thirty-two characters';
const IN_MEMORY: Place = { url: 'sqlite::memory:', folder: '', remove: async () => {} };

export type Core = Awaited<ReturnType<typeof openCore>>;

/** The far side of the gateway's seam: it says what the test tells it, and remembers what it was asked. */
export class ScriptedGateway implements Gateway {
  readonly name = 'daraja';
  readonly currency = 'KES';
  readonly country = 'KE';
  readonly flow = 'prompt';
  readonly pageSources = [];
  readonly mayRepeat = false;
  readonly answers = 'hint';
  readonly readNotice = null;
  readonly cancel = null;
  readonly refunds = null;
  readonly lookUp = null;
  readonly readConfirmation = null;
  readonly statement = null;
  readonly asked: string[] = [];
  collected = 0;
  #ids = 0;
  answer: (ids: GatewayIds) => Outcome | Promise<Outcome> = () => ({ outcome: 'going', why: 'being processed' });
  push: (ids: GatewayIds) => Collected | Promise<Collected> = ids => ({ answer: 'accepted', ids, redirectUrl: null });

  async collect(): Promise<Collected> {
    this.collected += 1;
    this.#ids += 1;
    return this.push({ trackingId: `ws_CO_${this.#ids}`, requestId: `m-${this.#ids}` });
  }

  async ask(ids: GatewayIds): Promise<Outcome> {
    this.asked.push(ids.trackingId);
    return this.answer(ids);
  }

  /** A callback's body is the evidence itself. */
  readCallback(body: unknown) {
    return body as { ids: GatewayIds | null; outcome: Outcome };
  }
}

interface Options {
  settings?: Record<string, string>;
  random?: Random;
  watchers?: (bookingId: string) => number;
  store?: Store;
}

/** The money core without sockets and HTTP: the real code on a real database, on SQLite in memory unless a file is given. */
export async function openCore(
  test: Pick<TestContext, 'after'>,
  { settings = {}, random = seededRandom(1), watchers, store = STORE }: Options = {},
) {
  const place = store === 'postgres' ? await newPlace(store) : IN_MEMORY;
  const config = readConfig({ DATABASE_URL: place.url, DATA_KEY, SIMULATOR: 'off', ...settings });
  const clock = new ManualClock(START);
  const database = await openDatabase(config.database);
  const vault = createVault(DATA_KEY, random);
  const gateway = new ScriptedGateway();
  const line: GatewayLine = {
    gateway,
    pushes: new TokenBucket(clock, 1_000),
    queries: new TokenBucket(clock, config.rules.queriesPerMinute.daraja / 60),
    breaker: new CircuitBreaker(clock),
  };
  const background: Promise<unknown>[] = [];
  const errors: unknown[] = [];
  const parts: Parts = {
    ...{ config, clock, random, database, vault, hashCost: EASY },
    log: pino({ level: 'warn' }, { write: line => void errors.push(line) }),
    lines: new Map<GatewayName, GatewayLine>([['daraja', line]]),
    notificationSecret: '5'.repeat(32),
    meters: NO_METERS,
    limits: createRateLimits(() => clock.now(), false),
    wakeRelay: () => {},
    office: NO_SOCKETS,
    watchers: watchers ?? (() => 0),
    inBackground: (_, work) => void background.push(work),
  };
  test.after(async () => {
    await database.close();
    await place.remove();
  });
  await database.write(addVenueAndMovie);
  return { clock, config, database, errors, gateway, line, parts, vault, ...doings(parts, clock) };
}

function doings(parts: Parts, clock: ManualClock) {
  const { database } = parts;
  const write = database.write;
  const settling = () => ({ now: clock.now(), rules: parts.config.rules, random: parts.random, vault: parts.vault });
  const hold = (showing: number, quantity = 2, phone: string | null = null) =>
    write(em => holdPlaces(em, parts, { showingId: showing, quantity, phone }, randomUUID()));
  const start = (bookingId: string, phone = PHONE) =>
    write(em => startPayment(em, parts, bookingOf(bookingId), { gateway: 'daraja', phone }, randomUUID()));
  async function pay(bookingId: string, phone = PHONE): Promise<string> {
    const { paymentId } = await start(bookingId, phone);
    await pushPayment(parts, paymentId);
    return paymentId;
  }
  return {
    addShowing: (row: { capacity?: number; startsAt?: Date } = {}) => write(em => addShowing(em, clock.now(), row)),
    hold,
    start,
    /** Started, pushed, and the push's answer written down. */
    pay,
    /** A booking of two places with a prompt open. */
    async bookAndPay(showing: number, phone = PHONE) {
      const booking = await hold(showing);
      return { booking, payment: await pay(booking, phone) };
    },
    settle: (paymentId: string, evidence: Evidence): Promise<Verdict> =>
      write(em => settlePayment(em, paymentId, evidence, settling())),
    async receive(paymentId: string, evidence: Omit<Evidence, 'source'>) {
      const callback = await store(parts, paymentId, evidence);
      await settleCallback(parts, callback);
    },
    /** Stored and acknowledged; the crash comes before it is settled. */
    store: (paymentId: string, evidence: Omit<Evidence, 'source'>) => store(parts, paymentId, evidence),
    /** The janitor's round, once, at this instant. */
    janitor: () => goRound(parts),
    async pass(ms: number) {
      clock.move(ms);
      await goRound(parts);
    },
    read: <Row>(sql: string) => execute<Row>(database.read(), sql),
    see: (bookingId: string) => seeRows(database.read(), bookingId),
    change: (sql: string) => write(em => execute(em, sql)),
  };
}

function store(parts: Parts, paymentId: string, { ids, outcome }: Omit<Evidence, 'source'>) {
  const body = Buffer.from(JSON.stringify({ ids, outcome }));
  return storeCallback(parts, paymentId, { gateway: 'daraja', body, sourceAddress: '127.0.0.1' });
}

async function addVenueAndMovie(em: Em) {
  const place = { name: 'Hall', city: 'Nairobi', country: 'KE', currency: 'KES', timeZone: 'Africa/Nairobi' } as const;
  await query(em)
    .insertInto('venue')
    .values({ ...place, address: 'Street', phone: '+254', email: 'hall@example.com' })
    .execute();
  const movie = { title: 'Film', description: 'A film', imageUrl: '/poster', minutes: 90, rating: 'PG' };
  await query(em).insertInto('movie').values(movie).execute();
}

export async function addShowing(
  em: Em,
  now: Date,
  { capacity = 50, startsAt }: { capacity?: number; startsAt?: Date } = {},
): Promise<number> {
  const { id } = await query(em)
    .insertInto('showing')
    .values({
      ...{ movie: 1, venue: 1, screen: 'Screen 1', price: PRICE, currency: 'KES', capacity },
      startsAt: startsAt ?? new Date(+now + 3 * 3_600_000),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The rows of one booking, as they stand. */
export async function seeRows(em: Em, bookingId: string) {
  const sql = query(em);
  const booking = await sql.selectFrom('booking').selectAll().where('id', '=', bookingId).executeTakeFirstOrThrow();
  const payments = await sql
    .selectFrom('payment')
    .selectAll()
    .where('booking', '=', bookingId)
    .orderBy('startedAt')
    .execute();
  const ids = payments.map(({ id }) => id);
  const receipts = await sql.selectFrom('receipt').selectAll().where('payment', 'in', ids).orderBy('id').execute();
  const refunds = await sql.selectFrom('refund').selectAll().where('booking', '=', bookingId).execute();
  const tickets = await sql.selectFrom('ticket').selectAll().where('booking', '=', bookingId).execute();
  const audit = await sql
    .selectFrom('audit_entry')
    .selectAll()
    .where('booking', '=', bookingId)
    .orderBy('id')
    .execute();
  const showing = await sql
    .selectFrom('showing')
    .selectAll()
    .where('id', '=', booking.showing)
    .executeTakeFirstOrThrow();
  return { booking, payments, payment: payments.at(-1), receipts, refunds, tickets, audit, showing };
}
