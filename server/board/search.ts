import { addMs } from '../../shared/clock.ts';
import type { Found } from '../../shared/office/booking.ts';
import { fitsName } from '../booking/keep-name.ts';
import type { Vault } from '../database/vault.ts';
import type { Em } from '../model/entities.ts';
import { type Candidate, findCandidates } from './find-candidates.ts';
import { CANDIDATES_MAX } from './found-at.ts';
import { readTyped } from './read-typed.ts';
import { seeFoundBookings, seeFoundCharges } from './see-found.ts';
import { findTroubled } from './troubled.ts';

const FOUND_MAX = 20; // On one screen; whoever sees more types another letter.
const WAITS_FOR_PEOPLE_MS = 10 * 60_000; // An open payment is on the exceptions list from then on.

export interface Search {
  venueId: number;
  text: string;
  now: Date;
}

/** What fits at this venue, with what needs attention first, then the newest. */
export async function search(em: Em, vault: Vault, { venueId, text, now }: Search): Promise<Found[]> {
  const typed = readTyped(text, vault);
  const openSince = addMs(now, -WAITS_FOR_PEOPLE_MS);
  const candidates = await findCandidates(em, vault, { venueId, typed });
  if (candidates.filter(({ foundBy }) => foundBy === 'name').length >= CANDIDATES_MAX)
    candidates.push(...(await troubledNamesakes(em, vault, { venueId, text, openSince })));
  const by = new Map(candidates.toReversed().map(one => [one.id, one.foundBy])); // The surest key names it.
  const idsOf = (kind: Candidate['kind']) => [
    ...new Set(candidates.filter(one => one.kind === kind).map(one => one.id)),
  ];
  const found = [
    ...(await seeFoundBookings(em, vault, { ids: idsOf('booking'), openSince })),
    ...(await seeFoundCharges(em, { ids: idsOf('charge'), openSince })),
  ];
  return found
    .sort((one, other) => rank(other) - rank(one) || other.createdAt.localeCompare(one.createdAt))
    .slice(0, FOUND_MAX)
    .map(one => ({ ...one, foundBy: by.get(one.id) ?? 'name' }));
}

const rank = ({ needsAttention }: Pick<Found, 'needsAttention'>) => Number(needsAttention);

/** More bookings have this name than are looked at: one with which something is wrong is among those shown, however old. */
async function troubledNamesakes(
  em: Em,
  vault: Vault,
  { venueId, text, openSince }: { venueId: number; text: string; openSince: Date },
): Promise<Candidate[]> {
  const troubled = await findTroubled(em, venueId, openSince);
  return troubled
    .filter(({ name }) => name !== null && fitsName(text, vault.open(name)))
    .map(({ id }) => ({ kind: 'booking', id, foundBy: 'name' }));
}
