import type { Socket } from 'socket.io';
import type { ClientEvents, ServerEvents } from '../../shared/socket-events.ts';
import type { Io } from './realtime.ts';

const SLICE = 100; // Sockets in one room, all told in one turn of the event loop: about 2 ms.

export type Rooms = ReturnType<typeof createRooms>;

/** The watchers of a showing, in rooms of at most a slice. The adapter forgets a room that is empty; these do not. */
export function createRooms(io: Io) {
  const known = new Map<number, string[]>();
  const of = (showingId: number) => known.get(showingId) ?? [];
  const size = (room: string) => io.of('/').adapter.rooms.get(room)?.size ?? 0;
  const watchers = (showingId: number) => of(showingId).reduce((sum, room) => sum + size(room), 0);
  const isIn = (socket: Socket<ClientEvents, ServerEvents>, showingId: number) =>
    of(showingId).some(room => socket.rooms.has(room));
  return {
    of,
    watchers,
    isIn,
    async join(socket: Socket<ClientEvents, ServerEvents>, showingId: number) {
      if (isIn(socket, showingId)) return;
      const rooms = of(showingId);
      const free = rooms.find(room => size(room) < SLICE);
      if (!free) known.set(showingId, [...rooms, `showing:${showingId}:${rooms.length}`]);
      await socket.join(free ?? `showing:${showingId}:${rooms.length}`);
    },
    async leave(socket: Socket<ClientEvents, ServerEvents>, showingId: number) {
      for (const room of of(showingId)) await socket.leave(room);
      if (watchers(showingId) === 0) known.delete(showingId);
    },
  };
}
