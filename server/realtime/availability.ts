import type { Socket } from 'socket.io';
import type { Clock, Stop } from '../../shared/clock.ts';
import type { ClientEvents, ServerEvents } from '../../shared/socket-events.ts';
import type { ShowingView } from '../../shared/views.ts';
import type { Io } from './realtime.ts';
import { createRooms } from './rooms.ts';

const UPDATES_PER_SECOND_MAX = 10; // Of one showing: faster than anybody can read.
const SENDS_PER_SECOND_MAX = 10_000; // To all watchers of one showing; a full house of them is told less often.

interface AvailabilityParts {
  clock: Clock;
  seeShowing(showingId: number): Promise<ShowingView | undefined>;
  failed(error: unknown): void;
}

export interface Availability {
  touch(showingId: number): void;
  isIn(socket: Socket<ClientEvents, ServerEvents>, showingId: number): boolean;
  join(socket: Socket<ClientEvents, ServerEvents>, showingId: number): Promise<void>;
  leave(socket: Socket<ClientEvents, ServerEvents>, showingId: number): Promise<void>;
  stop(): void;
}

/** Tells watchers of a showing how many places are left: never each change, always the newest. */
export function createAvailability(io: Io, { clock, seeShowing, failed }: AvailabilityParts): Availability {
  const waiting = new Map<number, Stop>();
  const dirty = new Set<number>();
  const told = new Map<number, number>();
  const rooms = createRooms(io);

  /** The first change goes out at once, those that follow wait their turn together. */
  function touch(showingId: number) {
    const watchers = rooms.watchers(showingId);
    if (watchers === 0) return;
    if (waiting.has(showingId)) {
      dirty.add(showingId);
      return;
    }
    waiting.set(
      showingId,
      clock.after(pauseMs(watchers), () => rest(showingId)),
    );
    void tell(showingId).catch(failed);
  }

  function rest(showingId: number) {
    waiting.delete(showingId);
    if (dirty.delete(showingId)) touch(showingId);
  }

  async function tell(showingId: number) {
    const showing = await seeShowing(showingId);
    if (!showing) return;
    const { version, placesLeft, cancelled, startsAt, screen, price } = showing;
    const fromVersion = told.get(showingId) ?? version - 1;
    if (version <= fromVersion) return;
    told.set(showingId, version);
    const change = { showingId, fromVersion, version, placesLeft, cancelled, startsAt, screen, price };
    for (const room of rooms.of(showingId)) {
      io.local.to(room).emit('showing:changed', change);
      await new Promise(setImmediate); // Between rooms everybody else has a turn.
    }
  }

  return {
    touch,
    isIn: rooms.isIn,
    join: rooms.join,
    leave: rooms.leave,
    stop() {
      for (const stop of waiting.values()) stop();
    },
  };
}

function pauseMs(watchers: number): number {
  return 1_000 / Math.min(UPDATES_PER_SECOND_MAX, SENDS_PER_SECOND_MAX / watchers);
}
