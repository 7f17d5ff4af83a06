import { addMs } from '../../shared/clock.ts';
import { PLACES_MAX } from '../../shared/limits.ts';
import type { Currency } from '../../shared/money.ts';
import { randomHex, randomReadable } from '../../shared/random.ts';
import type { BookingRequest } from '../../shared/requests.ts';
import { lockWord } from '../database/lock.ts';
import { plainHash } from '../database/vault.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import { prepared } from '../model/prepared.ts';
import type { Parts } from '../parts.ts';
import { keepName } from './keep-name.ts';
import { holdPlacesOf } from './move-places.ts';
import { hashPhone, keepPhone, readPhone } from './read-phone.ts';
import { writeDown } from './record-change.ts';

const REFERENCE_LETTERS = 8; // 8·10¹¹ of them: a new one meets one of a million old ones once in 800,000 times; asked again it is another.
const UNPAID_HOLDS_MAX = 3; // Of one phone: more is somebody who keeps others out.

/** Who holds them for somebody at the counter, and where in which sale they stand. */
export interface AtCounter {
  actor: Actor;
  sale: string;
  line: number;
}

type Wish = Pick<Parts, 'config' | 'clock' | 'random' | 'vault'>;

/**
 * Takes the places and makes the booking that holds them, in one transaction; answers its id. The same idempotency key
 * gives the same booking again, as it stands now.
 */
export async function holdPlaces(
  em: Em,
  parts: Wish,
  request: BookingRequest,
  idempotencyKey: string,
  counter: AtCounter | null = null,
): Promise<string> {
  const keyHash = plainHash(idempotencyKey);
  const { language: _, ...wanted } = request; // Asked again in another language it is still the same booking.
  const bodyHash = parts.vault.keyedHash(`body:${JSON.stringify(wanted)}`); // It may hold a phone number: who has only the file must not try them all.
  const earlier = await findByKey.first(em, { keyHash });
  if (earlier) return sameBooking(earlier, bodyHash);
  if (request.quantity > PLACES_MAX)
    throw invalid('too_many_places', 'quantity', `A booking has at most ${PLACES_MAX} places`);
  const now = parts.clock.now();
  const showing = await readShowing(em, request.showingId, now);
  const phone = request.phone ? readPhone(request.phone, showing.country) : null;
  if (phone) await lockWord(em, `phone ${hashPhone(phone, parts.vault)}`);
  if (phone && parts.config.rules.limited) await refuseHoarding(em, hashPhone(phone, parts.vault));
  await takeOrRefuse(em, showing.id, request.quantity);
  const booking = newBooking(parts, request, { ...showing, phone, now, keyHash, bodyHash, counter });
  await insertBooking.run(em, booking);
  if (request.customerName)
    await keepName(em, parts.vault, { bookingId: booking.id, venueId: showing.venue, name: request.customerName });
  await writeDown(
    em,
    { ...bookingOf(booking.id), showing: showing.id, version: 1 },
    { happening: 'places_held', actor: counter?.actor ?? 'customer', at: now, details: { quantity: request.quantity } },
  );
  return booking.id;
}

const findByKey = prepared((em, { keyHash }: { keyHash: string }) =>
  query(em).selectFrom('booking').select(['id', 'bodyHash']).where('keyHash', '=', keyHash),
);

function sameBooking(earlier: { id: string; bodyHash: string }, bodyHash: string): string {
  if (earlier.bodyHash === bodyHash) return earlier.id;
  throw new ProblemError('idempotency_key_reused');
}

async function readShowing(em: Em, showingId: number, now: Date) {
  const showing = await findShowing.first(em, { showingId });
  if (!showing) throw new ProblemError('not_found', { detail: 'There is no such showing' });
  if (showing.cancelledAt) throw new ProblemError('showing_over', { detail: 'This showing was cancelled' });
  if (showing.startsAt <= now) throw new ProblemError('showing_over', { detail: 'This showing has started' });
  return showing;
}

const findShowing = prepared((em, { showingId }: { showingId: number }) =>
  query(em)
    .selectFrom('showing')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select(['showing.id', 'showing.venue', 'startsAt', 'cancelledAt', 'price', 'showing.currency', 'country'])
    .where('showing.id', '=', showingId),
);

async function refuseHoarding(em: Em, phoneHash: string) {
  const held = await query(em)
    .selectFrom('booking')
    .select('id')
    .where('phoneHash', '=', phoneHash)
    .where('state', '=', 'held')
    .limit(UNPAID_HOLDS_MAX)
    .execute();
  if (held.length >= UNPAID_HOLDS_MAX)
    throw new ProblemError('too_many_holds', { detail: `Pay or cancel one of the ${UNPAID_HOLDS_MAX} bookings first` });
}

async function takeOrRefuse(em: Em, showingId: number, quantity: number) {
  if (await holdPlacesOf(em, showingId, quantity)) return;
  const { capacity, held, sold } = await query(em)
    .selectFrom('showing')
    .select(['capacity', 'held', 'sold'])
    .where('id', '=', showingId)
    .executeTakeFirstOrThrow();
  throw new ProblemError('sold_out', { placesLeft: capacity - held - sold });
}

interface Found {
  id: number;
  price: number;
  currency: Currency;
  phone: string | null;
  now: Date;
  keyHash: string;
  bodyHash: string;
  counter: AtCounter | null;
}

function newBooking({ config, random, vault }: Wish, request: BookingRequest, found: Found) {
  const holdEndsAt = addMs(found.now, config.rules.holdMs);
  const noPhone = { phoneMasked: null, phoneSealed: null, phoneHash: null, phoneTailHash: null };
  return {
    id: randomHex(random),
    reference: randomReadable(random, REFERENCE_LETTERS),
    showing: found.id,
    sale: found.counter?.sale ?? null,
    line: found.counter?.line ?? null,
    state: 'held' as const,
    quantity: request.quantity,
    amount: found.price * request.quantity,
    currency: found.currency,
    customerNameSealed: request.customerName ? vault.seal(request.customerName) : null,
    ...(found.phone ? keepPhone(found.phone, vault) : noPhone),
    emailSealed: request.email ? vault.seal(request.email) : null,
    language: request.language ?? ('en' as const),
    heldUntil: holdEndsAt,
    holdEndsAt,
    holdCapAt: addMs(found.now, config.rules.holdCapMs),
    keyHash: found.keyHash,
    bodyHash: found.bodyHash,
    createdAt: found.now,
  };
}

const insertBooking = prepared((em, booking: ReturnType<typeof newBooking>) =>
  query(em).insertInto('booking').values(booking),
);
