import type { Stop } from '../../shared/clock.ts';
import { DoorWatch } from '../../shared/office/door.ts';
import type { Parts } from '../parts.ts';
import { type OfficeEvent, type OfficeSockets, officeEvent } from '../realtime/office.ts';
import { seeDoor, seeDoorShowing } from './see-door.ts';

const PAUSE_MS = 250; // Between two messages about one showing: faster than anybody reads, slow enough for an evening's rush.

/** Doors that watch their venue's showings. */
export function doorEvents({ clock, database }: Pick<Parts, 'clock' | 'database'>): OfficeEvent[] {
  return [
    officeEvent('door:watch', 'cashier', DoorWatch, async ({ venueId }, seat) => {
      await seat.join(venueId);
      const now = clock.now();
      const showings = await seeDoor(database.read(), venueId, now);
      if (!showings) await seat.leave(venueId);
      return showings && { now: now.toISOString(), showings };
    }),
  ];
}

type DoorParts = Pick<Parts, 'clock' | 'database' | 'inBackground'> & {
  office: Pick<OfficeSockets, 'to' | 'listeners'>;
};

/** Tells the venue of a showing how many have a ticket and how many are in: a change at once, those right after it together. */
export function createDoorTeller({ clock, database, office, inBackground }: DoorParts) {
  const resting = new Map<number, Stop>();
  const changed = new Set<number>();

  function touch(showingId: number) {
    if (office.listeners() === 0) return; // Whoever comes later reads it.
    if (resting.has(showingId)) return void changed.add(showingId);
    resting.set(
      showingId,
      clock.after(PAUSE_MS, () => rest(showingId)),
    );
    inBackground('telling the door', tell(showingId));
  }

  function rest(showingId: number) {
    resting.delete(showingId);
    if (changed.delete(showingId)) touch(showingId);
  }

  async function tell(showingId: number) {
    const showing = await seeDoorShowing(database.read(), showingId, clock.now());
    if (showing) office.to(showing.venueId).emit('door:changed', showing);
  }

  return {
    touch(changes: readonly { showing: number | null }[]) {
      for (const showing of new Set(changes.map(change => change.showing))) if (showing !== null) touch(showing);
    },
    stop() {
      for (const stop of resting.values()) stop();
    },
  };
}
