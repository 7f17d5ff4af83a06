import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import { lockPaidFor } from './lock-paid-for.ts';
import { giveBackPlaces, holdPlacesOf, sellFreePlaces, unsellPlaces } from './move-places.ts';
import { recordChange } from './record-change.ts';

interface Move {
  bookingId: string;
  showingId: number;
  actor: Actor;
  note: string;
  now: Date;
}

/**
 * The customer comes to another showing of the same venue and price. The new places are taken before the old ones go
 * back, in one transaction: whoever comes too late for the last one keeps what they had. Tickets keep their codes.
 */
export async function moveBooking(em: Em, { bookingId, showingId, actor, note, now }: Move): Promise<void> {
  await lockPaidFor(em, bookingOf(bookingId));
  const booking = await readBooking(em, bookingId);
  const target = await readTarget(em, showingId);
  refuseUnlike(booking, target, now);
  if (await isUsed(em, bookingId)) throw impossible('One of its tickets was let in already');
  const { state, quantity, showing: from } = booking;
  const take = state === 'held' ? holdPlacesOf : sellFreePlaces;
  if (!(await take(em, showingId, quantity))) throw new ProblemError('sold_out', { placesLeft: target.left });
  const moved = await query(em)
    .updateTable('booking')
    .set({ showing: showingId })
    .where('id', '=', bookingId)
    .where('showing', '=', from) // Of two who move it at once, one does.
    .where('state', '=', state)
    .executeTakeFirstOrThrow();
  if (moved.numUpdatedRows === 0n) throw impossible('It has just changed: look again');
  await (state === 'held' ? giveBackPlaces : unsellPlaces)(em, from, quantity);
  await tellOldShowing(em, bookingId, from);
  const details = { from: describe(booking), to: describe(target), note };
  await recordChange(em, bookingOf(bookingId), { happening: 'booking_moved', actor, at: now, details });
}

async function readBooking(em: Em, bookingId: string) {
  const booking = await query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select(['booking.state', 'quantity', 'amount', 'booking.currency', 'booking.showing', 'showing.venue'])
    .select(['title', 'startsAt', 'timeZone'])
    .where('booking.id', '=', bookingId)
    .executeTakeFirst();
  if (!booking) throw new ProblemError('not_found', { detail: 'There is no such booking' });
  return booking;
}

async function readTarget(em: Em, showingId: number) {
  const target = await query(em)
    .selectFrom('showing')
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select([
      'showing.id',
      'showing.venue',
      'price',
      'showing.currency',
      'startsAt',
      'cancelledAt',
      'title',
      'timeZone',
    ])
    .select(one => one('capacity', '-', one('held', '+', one.ref('sold'))).as('left'))
    .where('showing.id', '=', showingId)
    .executeTakeFirst();
  if (!target) throw new ProblemError('not_found', { detail: 'There is no such showing' });
  return { ...target, left: Number(target.left) };
}

type BookingRow = Awaited<ReturnType<typeof readBooking>>;
type Target = Awaited<ReturnType<typeof readTarget>>;

function refuseUnlike(booking: BookingRow, target: Target, now: Date) {
  if (booking.state !== 'held' && booking.state !== 'confirmed') throw impossible(`This booking is ${booking.state}`);
  if (target.id === booking.showing) throw impossible('It is for this showing already');
  if (target.venue !== booking.venue) throw impossible('That showing is at another venue');
  if (target.currency !== booking.currency || target.price * booking.quantity !== booking.amount)
    throw impossible('That showing has another price');
  if (target.cancelledAt) throw new ProblemError('showing_over', { detail: 'That showing was cancelled' });
  if (target.startsAt <= now) throw new ProblemError('showing_over', { detail: 'That showing has started' });
}

async function isUsed(em: Em, bookingId: string): Promise<boolean> {
  const used = await query(em)
    .selectFrom('ticket')
    .select('id')
    .where('booking', '=', bookingId)
    .where('state', '=', 'admitted')
    .executeTakeFirst();
  return used !== undefined;
}

/** Whoever watches the showing that it left hears of its places; the booking's own change tells of the new one. */
async function tellOldShowing(em: Em, bookingId: string, showing: number) {
  const sql = query(em);
  const { version } = await sql
    .selectFrom('booking')
    .select('version')
    .where('id', '=', bookingId)
    .executeTakeFirstOrThrow();
  await sql.insertInto('outbox').values({ topic: 'booking', subject: bookingId, showing, version }).execute();
}

function describe({ title, startsAt, timeZone }: Pick<Target, 'title' | 'startsAt' | 'timeZone'>): string {
  return `${title}, ${startsAt.toLocaleString('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' })}`;
}

function impossible(detail: string) {
  return new ProblemError('not_possible_now', { detail });
}
