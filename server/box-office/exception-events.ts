import { ExceptionsWatch } from '../../shared/office/exceptions.ts';
import type { Parts } from '../parts.ts';
import { type OfficeEvent, officeEvent } from '../realtime/office.ts';
import { seeExceptions } from '../view/worklist-view.ts';
import { lookingNow, ownOnes } from './looking.ts';

/** Where those listen who look after all venues: no venue has this id. */
export const ALL_VENUES = 0;

/** The list by socket: of one's venue, or of all of them and of money that is nobody's. */
export function exceptionEvents(parts: Pick<Parts, 'clock' | 'database' | 'lines'>): OfficeEvent[] {
  return [
    officeEvent('exceptions:watch', 'supervisor', ExceptionsWatch, async (wish, { join, person }) => {
      const venueId = person.venueId ?? wish.venueId ?? null;
      await join(venueId ?? ALL_VENUES); // First: what changes from now on is told.
      const looking = lookingNow(parts);
      const exceptions = ownOnes({ venueId }, await seeExceptions(parts.database.read(), looking));
      return { now: looking.now.toISOString(), exceptions };
    }),
  ];
}
