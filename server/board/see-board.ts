import { addMs } from '../../shared/clock.ts';
import { type BoardAnswer, BoardWatch } from '../../shared/office/board.ts';
import { isAtLeast } from '../../shared/office/people.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { type OfficeEvent, officeEvent } from '../realtime/office.ts';
import { tonightIn } from '../show/tonight.ts';
import { seeHeldBookings } from '../view/board-bookings.ts';
import { seeBoardShowings, seeTakings } from '../view/board-view.ts';

const COMING_MS = 7 * 24 * 3_600_000; // After tonight: what people at the counter are asked about.

interface Looking {
  venueId: number;
  now: Date;
  withTakings: boolean;
}

/** The board of a venue by socket. Who may not see takings is not sent any. */
export function boardEvents({ clock, database }: Pick<Parts, 'clock' | 'database'>): OfficeEvent[] {
  return [
    officeEvent('board:watch', 'cashier', BoardWatch, async ({ venueId }, { join, person }) => {
      await join(venueId); // First: what changes from now on is told.
      const withTakings = isAtLeast(person.role, 'supervisor');
      return seeBoard(database.read(), { venueId, now: clock.now(), withTakings });
    }),
  ];
}

/** Tonight and the week after; undefined when there is no such venue. */
export async function seeBoard(em: Em, { venueId, now, withTakings }: Looking): Promise<BoardAnswer | undefined> {
  const venue = await query(em).selectFrom('venue').select('timeZone').where('id', '=', venueId).executeTakeFirst();
  if (!venue) return undefined;
  const tonight = tonightIn(venue.timeZone, now);
  const rows = { venueId, from: tonight.from, until: addMs(tonight.until, COMING_MS) };
  const showings = await seeBoardShowings(em, rows);
  const board = {
    now: now.toISOString(),
    venueId,
    tonight: { from: tonight.from.toISOString(), until: tonight.until.toISOString() },
    showings: showings.map(({ venueId: _, ...showing }) => showing),
    bookings: await seeHeldBookings(em, rows),
  };
  if (!withTakings) return { board };
  const takings = await seeTakings(em, rows);
  return { board, takings: takings.map(({ venueId: _, ...one }) => one) };
}
