import type { Socket } from 'socket.io';
import type { Clock, Stop } from '../../shared/clock.ts';
import type { ClientEvents, ServerEvents } from '../../shared/socket-events.ts';
import type { ShowingView } from '../../shared/views.ts';
import type { Io } from './realtime.ts';

const UPDATES_PER_SECOND_MAX = 10; // Of one showing: faster than anybody can read.
const SENDS_PER_SECOND_MAX = 10_000; // To all watchers of one showing; a full house of them is told less often.
const SLICE = 500; // Sockets told in one turn of the event loop: about 10 ms.

interface AvailabilityParts {
  clock: Clock;
  seeShowing(showingId: number): Promise<ShowingView | undefined>;
  failed(error: unknown): void;
}

export interface Availability {
  touch(showingId: number): void;
  join(socket: Socket<ClientEvents, ServerEvents>, showingId: number): Promise<void>;
  leave(socket: Socket<ClientEvents, ServerEvents>, showingId: number): Promise<void>;
  stop(): void;
}

/** Tells watchers of a showing how many places are left: never each change, always the newest. */
export function createAvailability(io: Io, { clock, seeShowing, failed }: AvailabilityParts): Availability {
  const waiting = new Map<number, Stop>();
  const dirty = new Set<number>();
  const told = new Map<number, number>();

  /** The first change goes out at once, those that follow wait their turn together. */
  function touch(showingId: number) {
    if (slices(io, showingId).length === 0) return;
    if (waiting.has(showingId)) {
      dirty.add(showingId);
      return;
    }
    waiting.set(
      showingId,
      clock.after(pauseMs(io, showingId), () => rest(showingId)),
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
    const { version, placesLeft } = showing;
    const fromVersion = told.get(showingId) ?? version - 1;
    if (version <= fromVersion) return;
    told.set(showingId, version);
    for (const slice of slices(io, showingId)) {
      io.to(slice).emit('showing:changed', { showingId, fromVersion, version, placesLeft });
      await new Promise(setImmediate); // Between slices everybody else has a turn.
    }
  }

  return {
    touch,
    async join(socket, showingId) {
      if (slices(io, showingId).some(slice => socket.rooms.has(slice))) return;
      await socket.join(`showing:${showingId}:${Math.floor(watchers(io, showingId) / SLICE)}`);
    },
    async leave(socket, showingId) {
      for (const slice of slices(io, showingId)) await socket.leave(slice);
    },
    stop() {
      for (const stop of waiting.values()) stop();
    },
  };
}

/** The rooms of a showing's watchers, as many as have ever been needed at once. */
function slices(io: Io, showingId: number): string[] {
  const { rooms } = io.of('/').adapter;
  const found: string[] = [];
  for (let slice = 0; slice === found.length || slice === 0; slice++) {
    const room = `showing:${showingId}:${slice}`;
    if (!rooms.has(room)) break;
    found.push(room);
  }
  return found;
}

function watchers(io: Io, showingId: number): number {
  const { rooms } = io.of('/').adapter;
  return slices(io, showingId).reduce((sum, slice) => sum + (rooms.get(slice)?.size ?? 0), 0);
}

function pauseMs(io: Io, showingId: number): number {
  return 1_000 / Math.min(UPDATES_PER_SECOND_MAX, SENDS_PER_SECOND_MAX / Math.max(1, watchers(io, showingId)));
}
