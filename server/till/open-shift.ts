import type * as v from 'valibot';
import type { OpeningRequest } from '../../shared/office/shifts.ts';
import type { SignedIn } from '../box-office/sessions.ts';
import { atVenue } from '../box-office/signed-in.ts';
import { plainHash } from '../database/vault.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { readLive } from './find-shift.ts';
import { writeJournal } from './write-journal.ts';

/** Begins a shift with the cash that was counted into its drawer; answers its id. The same key gives the same shift again. */
export async function openShift(
  em: Em,
  staff: SignedIn,
  { venueId, float }: v.InferOutput<typeof OpeningRequest>,
  idempotencyKey: string,
  now: Date,
): Promise<number> {
  const keyHash = plainHash(`${staff.staffId}:${idempotencyKey}`);
  const earlier = await query(em).selectFrom('shift').select('id').where('keyHash', '=', keyHash).executeTakeFirst();
  if (earlier) return earlier.id;
  const venue = await readVenue(em, venueId ?? staff.venueId);
  atVenue(staff, venue.id);
  if (float.currency !== venue.currency || float.amount < 0)
    throw invalid('invalid_body', 'float', 'An amount in the venue’s currency');
  if (await readLive(em, staff.staffId))
    throw new ProblemError('not_possible_now', { detail: 'You have a shift open: close it first' });
  const { id } = await query(em)
    .insertInto('shift')
    .values({
      ...{ venue: venue.id, staff: staff.staffId, cashier: staff.name, currency: venue.currency },
      ...{ live: true, openedAt: now, keyHash },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await writeJournal(em, { shift: id, at: now, kind: 'shift_opened', cash: float.amount, actor: staff.name });
  return id;
}

async function readVenue(em: Em, venueId: number | null) {
  const venue = await query(em)
    .selectFrom('venue')
    .select(['id', 'currency'])
    .where('id', '=', venueId)
    .executeTakeFirst();
  if (venue) return venue;
  throw invalid('invalid_body', 'venueId', 'Say at which venue');
}
