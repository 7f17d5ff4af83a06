import type { Socket } from 'socket.io';
import type { ClientEvents, ProgrammeChange, ServerEvents } from '../../shared/socket-events.ts';
import type { Io } from './realtime.ts';
import { createRooms } from './rooms.ts';

const MS_EACH = 5; // About what fetching the programme costs us: ten thousand who do so take a minute.
const PROGRAMME = 0; // There is one; no showing has this number.

export interface ProgrammeWatchers {
  isIn(socket: Socket<ClientEvents, ServerEvents>): boolean;
  join(socket: Socket<ClientEvents, ServerEvents>): Promise<void>;
  change(version: number): ProgrammeChange;
  tell(version: number): Promise<void>;
}

/** Those who look at what is on. They hear that it has changed, and fetch it in turn: the more, the slower. */
export function createProgrammeWatchers(io: Io): ProgrammeWatchers {
  const rooms = createRooms(io);
  const change = (version: number) => ({ version, withinMs: rooms.watchers(PROGRAMME) * MS_EACH });
  return {
    isIn: socket => rooms.isIn(socket, PROGRAMME),
    join: socket => rooms.join(socket, PROGRAMME),
    change,
    async tell(version) {
      for (const room of rooms.of(PROGRAMME)) {
        io.local.to(room).emit('programme:changed', change(version));
        await new Promise(setImmediate); // Between rooms everybody else has a turn.
      }
    },
  };
}
