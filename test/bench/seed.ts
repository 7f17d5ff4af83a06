import { keepPhone } from '../../server/booking/read-phone.ts';
import type { Database } from '../../server/database/open-database.ts';
import { plainHash } from '../../server/database/vault.ts';
import { type Em, query } from '../../server/model/entities.ts';
import { callbackTokenOf } from '../../server/payment/callback-token.ts';
import { hashTrackingId } from '../../server/payment/gateway-ids.ts';
import { fillProgramme } from '../../server/show/fill-programme.ts';
import { randomHex, randomReadable, systemRandom } from '../../shared/random.ts';
import { type Filling, vault } from './stores.ts';

const HOUR_MS = 3_600_000;
const PRICE = 50_000; // Minor units.
const CAPACITY = 1_000_000; // Never sold out: a refusal costs less than a booking.
const TOGETHER = 200; // Rows a statement.

/** The sample programme, and showings of tomorrow for a crowd; answers their ids. */
export async function seedShowings(database: Database, count: number): Promise<number[]> {
  return database.write(async em => {
    await fillProgramme(em, new Date());
    const showings = Array.from({ length: count }, (_, at) => ({
      ...{ movie: 1, venue: 1, screen: `Bench ${at}`, startsAt: new Date(Date.now() + 24 * HOUR_MS + at * 60_000) },
      ...{ price: PRICE, currency: 'KES' as const, capacity: CAPACITY },
    }));
    const rows = await query(em).insertInto('showing').values(showings).returning('id').execute();
    return rows.map(({ id }) => id);
  });
}

/** The showings of a crowd, for benches that need no more. */
export const programme: Filling<number[]> = { name: 'programme', fill: database => seedShowings(database, 50) };

/** A booking whose prompt is open on a phone, and what Daraja will say of it. */
export interface Pending {
  bookingId: string;
  path: string;
  body: string;
}

/** Bookings with two places each, pushed and waiting for their callbacks, as they stand in the tables. */
export async function seedPending(database: Database, showings: readonly number[], count: number): Promise<Pending[]> {
  const all: Pending[] = [];
  for (let from = 0; from < count; from += TOGETHER) {
    const numbers = Array.from({ length: Math.min(TOGETHER, count - from) }, (_, at) => from + at);
    const made = numbers.map(number => makePending(number, showings[number % showings.length] ?? 0));
    await database.write(em => insertPending(em, made));
    all.push(...made);
  }
  return all;
}

/** As many, on fifty showings. */
export function pendingBookings(count: number): Filling<{ showings: number[]; pending: Pending[] }> {
  return {
    name: `pending-${count}`,
    async fill(database) {
      const showings = await seedShowings(database, 50);
      return { showings, pending: await seedPending(database, showings, count) };
    },
  };
}

type Made = ReturnType<typeof makePending>;

function makePending(number: number, showing: number) {
  const [bookingId, paymentId] = [randomHex(systemRandom), randomHex(systemRandom)];
  const phone = `2547${String(number).padStart(8, '0')}`;
  const ids = { trackingId: `ws_CO_${bookingId}`, requestId: `29115-${number}-1` };
  const token = callbackTokenOf(paymentId, vault);
  const path = `/callbacks/daraja/${token}`;
  const kept = { ...keepPhone(phone, vault), keyHash: plainHash(bookingId), bodyHash: plainHash(paymentId) };
  const body = callbackBody(number, phone, ids);
  return { number, showing, bookingId, paymentId, kept, ids, token, path, body };
}

/** What Daraja says of a success. */
export function callbackBody(number: number, phone: string, ids: { trackingId: string; requestId: string }): string {
  const items = [
    { Name: 'Amount', Value: (2 * PRICE) / 100 },
    { Name: 'MpesaReceiptNumber', Value: `S${number.toString(36).toUpperCase().padStart(9, '0')}` },
    { Name: 'TransactionDate', Value: 20261122150000 },
    { Name: 'PhoneNumber', Value: Number(phone) },
  ];
  const said = { MerchantRequestID: ids.requestId, CheckoutRequestID: ids.trackingId, ResultCode: 0 };
  const stkCallback = { ...said, ResultDesc: 'The service request is processed.', CallbackMetadata: { Item: items } };
  return JSON.stringify({ Body: { stkCallback } }).replaceAll(' ', '_'); // One line of a file is a path, a blank and this.
}

/** Each at version 3: held, asked for, and accepted by the gateway. */
async function insertPending(em: Em, made: readonly Made[]) {
  const now = new Date();
  const ends = new Date(+now + HOUR_MS);
  const sql = query(em);
  const references = made.map(() => randomReadable(systemRandom, 8));
  await sql
    .insertInto('booking')
    .values(
      made.map(({ bookingId, showing, kept: { keyHash, bodyHash } }, at) => ({
        ...{ id: bookingId, reference: references[at] ?? '', showing, state: 'held' as const, quantity: 2, version: 3 },
        ...{ amount: 2 * PRICE, currency: 'KES' as const, heldUntil: ends, holdEndsAt: ends, holdCapAt: ends },
        ...{ keyHash, bodyHash, createdAt: now },
      })),
    )
    .execute();
  await sql
    .insertInto('payment')
    .values(
      made.map(({ paymentId, bookingId, kept, ids, token }, at) => ({
        ...{ id: paymentId, booking: bookingId, gateway: 'daraja' as const, state: 'pending' as const, ...kept },
        ...{ amount: 2 * PRICE, currency: 'KES' as const, accountReference: `${references[at]}1` },
        ...{ callbackTokenHash: plainHash(token), idsSealed: vault.seal(JSON.stringify(ids)) },
        ...{ idsHash: hashTrackingId(ids.trackingId, vault), live: true, liveUntil: ends, reachedPhone: true },
        ...{ startedAt: now, promptEndsAt: ends, frozen: false, nextCheckAt: ends, checks: 0 },
      })),
    )
    .execute();
  const told = (['places_held', 'payment_started', 'push_accepted'] as const).flatMap((happening, before) =>
    made.map(({ bookingId, paymentId }) => ({
      ...{ at: now, booking: bookingId, version: before + 1, payment: before === 0 ? null : paymentId },
      ...{ actor: 'customer' as const, happening, details: {} },
    })),
  );
  await sql.insertInto('audit_entry').values(told).execute();
  for (const showing of new Set(made.map(one => one.showing))) {
    const places = 2 * made.filter(one => one.showing === showing).length;
    await sql
      .updateTable('showing')
      .set(one => ({ held: one('held', '+', places), version: one('version', '+', 1) }))
      .where('id', '=', showing)
      .execute();
  }
}
