import { fitsName } from '../booking/keep-name.ts';
import type { Vault } from '../database/vault.ts';
import { type Em, query } from '../model/entities.ts';
import { CANDIDATES_MAX, type Ids, idsOf } from './found-at.ts';

const NAMESAKES_TOGETHER = 40; // Nearly all of one word fit: one slice is enough.
const NAMESAKE_SLICES = 12; // Of two words that begin like those typed, some fit; the rest is found with more letters.

/** The newest whose name has a word that begins like this. */
export async function byFittingName(em: Em, venueId: number, nameHash: string): Promise<Ids> {
  const rows = await namesAt(em, venueId, nameHash)
    .select('booking_name.booking as id')
    .orderBy('booking_name.id', 'desc')
    .limit(CANDIDATES_MAX)
    .execute();
  return { bookings: idsOf(rows), charges: [] };
}

function namesAt(em: Em, venueId: number, nameHash: string) {
  return query(em)
    .selectFrom('booking_name')
    .where('booking_name.venue', '=', venueId)
    .where('beginning', '=', nameHash);
}

interface MaybeNamed {
  venueId: number;
  nameHash: string;
  text: string;
}

/** The hash finds what may fit, the newest first; the name itself is opened to see whether it does. */
export async function byName(em: Em, vault: Vault, { venueId, nameHash, text }: MaybeNamed): Promise<Ids> {
  const fits: string[] = [];
  let before = Number.MAX_SAFE_INTEGER;
  for (let slice = 0; slice < NAMESAKE_SLICES && fits.length < CANDIDATES_MAX; slice++) {
    const namesakes = await readNamesakes(em, { venueId, nameHash, before });
    for (const { id, customerNameSealed: sealed } of namesakes)
      if (sealed !== null && fitsName(text, vault.open(sealed))) fits.push(id);
    if (namesakes.length < NAMESAKES_TOGETHER) break;
    before = namesakes.at(-1)?.at ?? 0;
  }
  return { bookings: fits.slice(0, CANDIDATES_MAX), charges: [] };
}

function readNamesakes(em: Em, { venueId, nameHash, before }: { venueId: number; nameHash: string; before: number }) {
  return namesAt(em, venueId, nameHash)
    .innerJoin('booking', 'booking.id', 'booking_name.booking')
    .select(['booking_name.id as at', 'booking.id', 'customerNameSealed'])
    .where('booking_name.id', '<', before)
    .orderBy('booking_name.id', 'desc')
    .limit(NAMESAKES_TOGETHER)
    .execute();
}
