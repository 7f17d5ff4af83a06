import { addMs } from '../../shared/clock.ts';
import type { Clash } from '../../shared/office/programme.ts';
import { type Em, query } from '../model/entities.ts';

const MINUTE_MS = 60_000;
const LONGEST_MS = 600 * MINUTE_MS; // No movie is longer: so long before, nothing is still on.

/** A time on a screen. Another one may begin the minute it ends. */
export interface Slot {
  showingId: number | null;
  title: string;
  startsAt: Date;
  endsAt: Date;
}

export function slotOf(showingId: number | null, movie: { title: string; minutes: number }, startsAt: Date): Slot {
  return { showingId, title: movie.title, startsAt, endsAt: addMs(startsAt, movie.minutes * MINUTE_MS) };
}

/** For each of the slots, in order, what else has the screen then: showings that are on, and other slots. */
export async function findClashes(em: Em, venueId: number, screen: string, slots: Slot[]): Promise<Clash[][]> {
  const on = [...(await readSlots(em, venueId, screen, slots)), ...slots];
  return slots.map(slot => on.filter(other => isOther(other, slot) && overlap(other, slot)).map(presentClash));
}

async function readSlots(em: Em, venueId: number, screen: string, slots: Slot[]): Promise<Slot[]> {
  if (slots.length === 0) return [];
  const first = Math.min(...slots.map(({ startsAt }) => +startsAt));
  const last = Math.max(...slots.map(({ endsAt }) => +endsAt));
  const rows = await query(em)
    .selectFrom('showing')
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .select(['showing.id', 'title', 'minutes', 'startsAt'])
    .where('venue', '=', venueId)
    .where('screen', '=', screen)
    .where('cancelledAt', 'is', null)
    .where('startsAt', '>', new Date(first - LONGEST_MS))
    .where('startsAt', '<', new Date(last))
    .orderBy('startsAt')
    .execute();
  return rows.map(({ id, startsAt, ...movie }) => slotOf(id, movie, startsAt));
}

/** A showing that moves does not clash with itself where it was. */
function isOther(one: Slot, other: Slot): boolean {
  return one !== other && (one.showingId === null || one.showingId !== other.showingId);
}

function overlap(one: Slot, other: Slot): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}

function presentClash({ showingId, title, startsAt, endsAt }: Slot): Clash {
  return { showingId, title, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}
