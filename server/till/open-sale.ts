import type { LineRequest } from '../../shared/office/till.ts';
import { randomHex, randomReadable } from '../../shared/random.ts';
import { holdPlaces } from '../booking/hold-places.ts';
import { recordChange, writeDown } from '../booking/record-change.ts';
import { openCharge } from '../charge/open-charge.ts';
import { lockRow } from '../database/lock.ts';
import { plainHash } from '../database/vault.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf, saleOf } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';
import type { FoundShift } from './find-shift.ts';

const REFERENCE_LETTERS = 8; // As a booking's.

interface Wish {
  lines: LineRequest[];
  idempotencyKey: string;
  actor: Actor;
}

/**
 * Holds the places and opens the charges that are sold together, at the server's prices; answers the sale's id. The same
 * key gives the same sale again, as it stands now.
 */
export async function openSale(em: Em, parts: Parts, shift: FoundShift, wish: Wish): Promise<string> {
  const keyHash = plainHash(wish.idempotencyKey);
  const bodyHash = plainHash(JSON.stringify(wish.lines));
  const earlier = await findByKey(em, keyHash);
  if (earlier && earlier.bodyHash !== bodyHash) throw new ProblemError('idempotency_key_reused');
  if (earlier) return earlier.id;
  await refuseCounted(em, shift.id);
  const id = randomHex(parts.random);
  const now = parts.clock.now();
  const sale = {
    id,
    reference: randomReadable(parts.random, REFERENCE_LETTERS),
    venue: shift.venue,
    shift: shift.id,
    state: 'open' as const,
    currency: shift.currency,
    cashier: shift.cashier,
    ...{ keyHash, bodyHash, createdAt: now },
  };
  await query(em).insertInto('sale').values(sale).execute();
  const opened = { happening: 'sale_opened' as const, actor: wish.actor, at: now };
  await writeDown(em, { ...saleOf(id), showing: null, version: 1 }, opened);
  for (const [at, line] of wish.lines.entries()) await addLine(em, parts, { id, shift, line, at }, wish.actor);
  return id;
}

/** It may have been counted since it was looked up: then nobody would take the money. */
async function refuseCounted(em: Em, shiftId: number) {
  await lockRow(em, 'shift', shiftId);
  const { live } = await query(em)
    .selectFrom('shift')
    .select('live')
    .where('id', '=', shiftId)
    .executeTakeFirstOrThrow();
  if (!live) throw new ProblemError('not_possible_now', { detail: 'Open your shift first' });
}

function findByKey(em: Em, keyHash: string) {
  return query(em).selectFrom('sale').select(['id', 'bodyHash']).where('keyHash', '=', keyHash).executeTakeFirst();
}

interface NewLine {
  id: string;
  shift: FoundShift;
  line: LineRequest;
  at: number;
}

async function addLine(em: Em, parts: Parts, { id, shift, line, at }: NewLine, actor: Actor) {
  const counter = { actor, sale: id, line: at };
  const idempotencyKey = `${id}:${at}`;
  if ('bookingId' in line) return adopt(em, line.bookingId, { shift, counter, now: parts.clock.now() });
  if ('purpose' in line) {
    const { amount, purpose } = line;
    if (amount.currency !== shift.currency || amount.amount % 100 !== 0)
      throw invalid('invalid_body', `lines.${at}.amount`, 'A whole amount in the venue’s currency');
    await openCharge(em, parts, { venueId: shift.venue, amount, purpose }, { idempotencyKey, actor, counter });
    return;
  }
  await refuseElsewhere(em, line.showingId, shift, at);
  await holdPlaces(em, parts, line, idempotencyKey, counter);
}

async function refuseElsewhere(em: Em, showingId: number, { venue }: FoundShift, at: number) {
  const showing = await query(em).selectFrom('showing').select('venue').where('id', '=', showingId).executeTakeFirst();
  if (showing && showing.venue !== venue)
    throw invalid('invalid_body', `lines.${at}.showingId`, 'This showing is at another venue');
}

interface Adoption {
  shift: FoundShift;
  counter: { actor: Actor; sale: string; line: number };
  now: Date;
}

/** Somebody booked before and pays here. What is in a sale already, or paid, is not sold again. */
async function adopt(em: Em, bookingId: string, { shift, counter: { actor, sale, line }, now }: Adoption) {
  const adopted = await query(em)
    .updateTable('booking')
    .set({ sale, line })
    .where('id', '=', bookingId)
    .where('state', '=', 'held')
    .where('sale', 'is', null)
    .where('showing', 'in', query(em).selectFrom('showing').select('id').where('venue', '=', shift.venue))
    .executeTakeFirstOrThrow();
  if (adopted.numUpdatedRows === 0n)
    throw new ProblemError('not_possible_now', {
      detail: 'This booking is not held here, or is being paid at a counter',
    });
  await recordChange(em, bookingOf(bookingId), { happening: 'sale_opened', actor, at: now });
}
