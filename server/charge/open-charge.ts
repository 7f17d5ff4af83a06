import type { Currency } from '../../shared/money.ts';
import type { Country } from '../../shared/phone.ts';
import { randomHex, randomReadable } from '../../shared/random.ts';
import type { ChargeRequest } from '../../shared/requests.ts';
import { writeDown } from '../booking/record-change.ts';
import { plainHash } from '../database/vault.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { chargeOf } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';

const REFERENCE_LETTERS = 8; // As a booking's.

/** At the counter: where in which sale it stands. */
export interface InSale {
  sale: string;
  line: number;
}

export interface Opening {
  idempotencyKey: string;
  actor: Actor;
  counter?: InSale | null;
  /** The venue's limits are for what customers type. */
  anyAmount?: boolean;
}

/**
 * Writes down that somebody wants to pay an amount for a purpose; answers its id. The venue says whether anybody may, and
 * between which amounts. The same idempotency key gives the same charge again.
 */
export async function openCharge(
  em: Em,
  { clock, random }: Pick<Parts, 'clock' | 'random'>,
  { venueId, amount, purpose }: Pick<ChargeRequest, 'venueId' | 'amount' | 'purpose'>,
  { idempotencyKey, actor, counter = null, anyAmount = counter !== null }: Opening,
): Promise<string> {
  const keyHash = plainHash(idempotencyKey);
  const bodyHash = plainHash(JSON.stringify({ venueId, amount, purpose }));
  const earlier = await findByKey(em, keyHash);
  if (earlier && earlier.bodyHash !== bodyHash) throw new ProblemError('idempotency_key_reused');
  if (earlier) return earlier.id;
  if (!anyAmount) await refuseAmount(em, venueId, amount);
  const now = clock.now();
  const charge = {
    id: randomHex(random),
    reference: randomReadable(random, REFERENCE_LETTERS),
    venue: venueId,
    sale: counter?.sale ?? null,
    line: counter?.line ?? null,
    state: 'open' as const,
    amount: amount.amount,
    currency: amount.currency,
    purpose,
    keyHash,
    bodyHash,
    createdAt: now,
  };
  await query(em).insertInto('charge').values(charge).execute();
  await writeDown(
    em,
    { ...chargeOf(charge.id), showing: null, version: 1 },
    { happening: 'charge_opened', actor, at: now, details: { purpose } },
  );
  return charge.id;
}

function findByKey(em: Em, keyHash: string) {
  return query(em).selectFrom('charge').select(['id', 'bodyHash']).where('keyHash', '=', keyHash).executeTakeFirst();
}

async function refuseAmount(em: Em, venueId: number, { amount, currency }: ChargeRequest['amount']) {
  const venue = await findVenue(em, venueId);
  if (venue?.leastCharge == null || venue.largestCharge == null)
    throw new ProblemError('not_found', { detail: 'This venue takes no payments without a booking' });
  const fits = currency === venue.currency && amount >= venue.leastCharge && amount <= venue.largestCharge;
  if (!fits || amount % 100 !== 0)
    throw invalid('invalid_body', 'amount', 'Not a whole amount that this venue takes, in its currency');
}

function findVenue(em: Em, venueId: number) {
  return query(em)
    .selectFrom('venue')
    .select(['currency', 'leastCharge', 'largestCharge'])
    .where('id', '=', venueId)
    .executeTakeFirst();
}

/** What a payment for a charge needs to know of it; undefined when there is none. */
export function findCharge(
  em: Em,
  chargeId: string,
): Promise<{ state: string; reference: string; amount: number; currency: Currency; country: Country } | undefined> {
  return query(em)
    .selectFrom('charge')
    .innerJoin('venue', 'venue.id', 'charge.venue')
    .select(['charge.state', 'reference', 'charge.amount', 'charge.currency', 'country'])
    .where('charge.id', '=', chargeId)
    .executeTakeFirst();
}
