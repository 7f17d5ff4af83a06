import type { Currency } from '../../shared/money.ts';
import { AT_HOME, type VenueChange, type VenueRequest } from '../../shared/office/programme.ts';
import type { Country } from '../../shared/phone.ts';
import { lockWord } from '../database/lock.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { type Changing, differences, recordProgramme } from './record-programme.ts';

type VenueRow = Omit<VenueRequest, 'charges'> & { leastCharge: number | null; largestCharge: number | null };

/** Answers the new venue's id. */
export async function makeVenue(em: Em, changing: Changing, { charges, ...wanted }: VenueRequest): Promise<number> {
  const row = { ...wanted, ...chargesOf(charges, wanted.currency) };
  refuseContradiction(row);
  await refuseSameName(em, row.name);
  const { id } = await query(em).insertInto('venue').values(row).returning('id').executeTakeFirstOrThrow();
  await recordProgramme(em, changing, { happening: 'venue_made', venue: id, changes: differences({}, row) });
  return id;
}

export async function changeVenue(em: Em, changing: Changing, venueId: number, wish: VenueChange): Promise<void> {
  const { id: _, ...before } = await lockVenue(em, venueId);
  const { charges, ...wanted } = wish;
  const currency = wanted.currency ?? before.currency;
  const after: VenueRow = {
    ...before,
    ...withoutGaps(wanted),
    ...(charges === undefined ? {} : chargesOf(charges, currency)),
  };
  refuseContradiction(after);
  if (after.name !== before.name) await refuseSameName(em, after.name);
  const changes = differences({ ...before }, { ...after });
  if ('country' in changes || 'currency' in changes || 'timeZone' in changes) await refuseAbroad(em, venueId);
  if (Object.keys(changes).length === 0) return;
  await query(em).updateTable('venue').set(after).where('id', '=', venueId).execute();
  await recordProgramme(em, changing, { happening: 'venue_changed', venue: venueId, changes });
}

/** A venue's row, which nobody else changes until this transaction ends: two who plan for one screen wait for each other. */
export async function lockVenue(em: Em, venueId: number) {
  const venue = await query(em)
    .updateTable('venue')
    .set(venue => ({ name: venue.ref('name') }))
    .where('id', '=', venueId)
    .returning(['id', 'name', 'city', 'country', 'currency', 'timeZone', 'address', 'phone', 'email'])
    .returning(['leastCharge', 'largestCharge'])
    .executeTakeFirst();
  return venue ?? notFound();
}

function chargesOf(charges: VenueRequest['charges'], currency: Currency) {
  if (!charges) return { leastCharge: null, largestCharge: null };
  const { least, largest } = charges;
  if (least.currency !== currency || largest.currency !== currency)
    throw invalid('invalid_body', 'charges', `In ${currency}, as everything at this venue`);
  return { leastCharge: least.amount, largestCharge: largest.amount };
}

/** A venue takes the money of its country, by the clock of its country. */
function refuseContradiction({ country, currency, timeZone, leastCharge, largestCharge }: VenueRow) {
  const home = AT_HOME[country as Country];
  if (currency !== home.currency) throw invalid('invalid_body', 'currency', `${country} pays in ${home.currency}`);
  if (timeZone !== home.timeZone)
    throw invalid('invalid_body', 'timeZone', `The clocks of ${country}: ${home.timeZone}`);
  if (leastCharge !== null && largestCharge !== null && leastCharge > largestCharge)
    throw invalid('invalid_body', 'charges', 'The least is more than the largest');
}

async function refuseSameName(em: Em, name: string) {
  await lockWord(em, 'names of venues');
  const known = await query(em).selectFrom('venue').select('id').where('name', '=', name).executeTakeFirst();
  if (known) throw invalid('invalid_body', 'name', 'There is a venue of this name');
}

/** Prices, charges and times would mean something else from now on. */
async function refuseAbroad(em: Em, venue: number) {
  const showing = await query(em).selectFrom('showing').select('id').where('venue', '=', venue).executeTakeFirst();
  const charge = await query(em).selectFrom('charge').select('id').where('venue', '=', venue).executeTakeFirst();
  if (showing || charge)
    throw new ProblemError('not_possible_now', { detail: 'A venue that has sold something stays in its country' });
}

/** What a partial request leaves out stays as it is. */
export function withoutGaps<T extends object>(wish: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as never;
}

function notFound(): never {
  throw new ProblemError('not_found', { detail: 'There is no such venue' });
}
