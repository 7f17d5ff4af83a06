import type { Socket } from 'socket.io';
import type { Clock } from '../../shared/clock.ts';
import type { ClientEvents, ServerEvents } from '../../shared/socket-events.ts';
import type { ShowingView } from '../../shared/views.ts';
import type { Io } from './realtime.ts';
import { createRooms } from './rooms.ts';
import { createTurns } from './turns.ts';

const PAUSE_MS = 100; // Between two tellings of one showing: ten a second is faster than anybody can read.

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
  const busy = new Set<number>(); // Being told, or told just now.
  const dirty = new Set<number>();
  const told = new Map<number, number>();
  const rooms = createRooms(io);
  const turns = createTurns(clock, rooms);
  let stopped = false;

  /** The first change goes out at once, those that follow wait their turn together. */
  function touch(showingId: number) {
    if (stopped || rooms.watchers(showingId) === 0) return;
    if (busy.has(showingId)) return void dirty.add(showingId);
    busy.add(showingId);
    void tellThenRest(showingId);
  }

  async function tellThenRest(showingId: number) {
    const rested = turns.wait(PAUSE_MS);
    await tell(showingId).catch(failed);
    await rested;
    busy.delete(showingId);
    if (dirty.delete(showingId)) touch(showingId);
  }

  async function tell(showingId: number) {
    await turns.have(showingId);
    dirty.delete(showingId); // What was changed until now is in what is read now.
    const showing = await seeShowing(showingId);
    if (!showing) return;
    const { version, placesLeft, cancelled, startsAt, screen, price } = showing;
    const fromVersion = told.get(showingId) ?? version - 1;
    if (version <= fromVersion) return;
    told.set(showingId, version);
    const change = { showingId, fromVersion, version, placesLeft, cancelled, startsAt, screen, price };
    for await (const room of turns.rooms(showingId)) {
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
      stopped = true;
      turns.stop();
    },
  };
}
