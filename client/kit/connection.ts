import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from '../../shared/socket-events.ts';
import type { ProgrammeLine } from '../show/watch-programme.ts';
import type { ShowingLine } from '../show/watch-showings.ts';
import type { Line } from './keep-asking.ts';
import type { ViewLine } from './watch-newest.ts';

export type Connection = Socket<ServerEvents, ClientEvents>;

/** One connection a page; it comes back by itself, and never all browsers at the same instant. */
export function openConnection(): Connection {
  return io({ transports: ['websocket'], randomizationFactor: 0.8, reconnectionDelayMax: 10_000 });
}

function lineOf(socket: Connection): Line {
  return {
    isOpen: () => socket.connected,
    onOpen(then) {
      socket.on('connect', then);
      return () => void socket.off('connect', then);
    },
  };
}

export function bookingLine(socket: Connection): ViewLine {
  return {
    ...lineOf(socket),
    watch: bookingId => new Promise(answer => socket.emit('booking:watch', { bookingId }, answer)),
    onChange(then) {
      socket.on('booking:changed', then);
      return () => void socket.off('booking:changed', then);
    },
  };
}

export function chargeLine(socket: Connection): ViewLine {
  return {
    ...lineOf(socket),
    watch: chargeId => new Promise(answer => socket.emit('charge:watch', { chargeId }, answer)),
    onChange(then) {
      socket.on('charge:changed', then);
      return () => void socket.off('charge:changed', then);
    },
  };
}

export function programmeLine(socket: Connection): ProgrammeLine {
  return {
    ...lineOf(socket),
    watch: () => new Promise(answer => socket.emit('programme:watch', answer)),
    onChange: then => void socket.on('programme:changed', then),
  };
}

export function showingLine(socket: Connection): ShowingLine {
  return {
    ...lineOf(socket),
    watch: showingId => new Promise(answer => socket.emit('showing:watch', { showingId }, answer)),
    unwatch: showingId => void socket.emit('showing:unwatch', { showingId }),
    onChange(then) {
      socket.on('showing:changed', then);
      return () => void socket.off('showing:changed', then);
    },
  };
}
