import type { Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server } from 'socket.io';
import type { Clock } from '../../shared/clock.ts';
import type { ClientEvents, ServerEvents } from '../../shared/socket-events.ts';
import type { BookingView, ChargeView, ShowingView } from '../../shared/views.ts';
import { createAvailability } from './availability.ts';
import { type OfficeSocketParts, type OfficeSockets, openOffice } from './office.ts';
import { createProgrammeWatchers } from './programme.ts';
import { sendAway } from './send-away.ts';
import { roomOf, welcome } from './welcome.ts';
import type { Wire } from './wire.ts';

const MESSAGE_MAX_BYTES = 16_384; // Browsers only ever ask to watch something.
const GOODBYE_MS = 5_000; // Requests under way may end; a connection that only stays open does not keep us from stopping.

export type Io = Server<ClientEvents, ServerEvents>;

export interface RealtimeParts {
  clock: Clock;
  /** To the other processes, if there are any. What is told here goes to our own sockets only: each process tells its own. */
  wire?: Wire | null;
  limited: boolean;
  accepts: (request: import('node:http').IncomingMessage) => boolean;
  seeBooking(bookingId: string): Promise<BookingView | undefined>;
  seeCharge(chargeId: string): Promise<ChargeView | undefined>;
  seeShowing(showingId: number): Promise<ShowingView | undefined>;
  seeProgrammeVersion(): Promise<number>;
  office: Pick<OfficeSocketParts, 'seat' | 'seatAgain' | 'events'>;
  failed(error: unknown): void;
}

export interface Realtime {
  tellBooking(view: BookingView): void;
  tellCharge(view: ChargeView): void;
  /** Something in the programme has changed. */
  tellProgramme(version: number): void;
  /** The places left may have changed: its watchers are told soon, with the newest state only. */
  touchShowing(showingId: number): void;
  /** Open ones, without those of the box office. */
  sockets(): number;
  /** Of a booking or a charge. */
  watchers(id: string): number;
  office: OfficeSockets;
  /** Everybody comes back at once, and asks again: for when nobody knows what they missed. */
  askAgain(): Promise<void>;
  close(): Promise<void>;
}

/** Browsers watching bookings and showings. Recovery stays off: it would skip these checks; browsers ask again instead. */
export function startRealtime(http: HttpServer, parts: RealtimeParts): Realtime {
  const requests = http.listeners('request');
  const io: Io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MESSAGE_MAX_BYTES,
    allowRequest: (request, decide) => decide(null, parts.accepts(request)), // CORS does not protect a WebSocket.
    ...(parts.wire && { adapter: parts.wire.adapter }),
  });
  answerUpgradesOnly(http, requests);
  const upgraded = keepUpgraded(http);
  const availability = createAvailability(io, parts);
  const programme = createProgrammeWatchers(io);
  const office = openOffice(io, { ...parts, ...parts.office });
  io.on('connection', socket => welcome(socket, parts, { availability, programme }));
  return {
    tellBooking: view => void io.local.to(roomOf(view.bookingId)).emit('booking:changed', view),
    tellCharge: view => void io.local.to(roomOf(view.chargeId)).emit('charge:changed', view),
    tellProgramme(version) {
      void programme.tell(version).catch(parts.failed);
      office.toAll('manager').emit('programme:changed', { version });
    },
    touchShowing: availability.touch,
    sockets: () => io.of('/').sockets.size,
    watchers: id => io.of('/').adapter.rooms.get(roomOf(id))?.size ?? 0,
    office,
    askAgain: () => sendAway(io, parts.clock),
    async close() {
      availability.stop();
      office.stop();
      const stopWaiting = parts.clock.after(GOODBYE_MS, () => {
        http.closeAllConnections();
        for (const connection of upgraded) connection.destroy(); // A phone in a tunnel does not answer our goodbye.
      });
      await sendAway(io, parts.clock);
      await io.close(); // Waits for every connection of the HTTP server, unless that has been stopped before.
      while (upgraded.size > 0)
        await Promise.all([...upgraded].map(one => new Promise(gone => one.once('close', gone))));
      stopWaiting();
    },
  };
}

/** Engine.IO also answers plain requests, for the transport that is off; the app answers those too, and one answer is enough. */
function answerUpgradesOnly(http: HttpServer, requests: ReturnType<HttpServer['listeners']>) {
  http.removeAllListeners('request');
  for (const listener of requests) http.on('request', listener as () => void);
}

/** The connections that became WebSockets: the HTTP server knows of them no more. */
function keepUpgraded(http: HttpServer): Set<Duplex> {
  const upgraded = new Set<Duplex>();
  http.on('upgrade', (_request, connection: Duplex) => {
    upgraded.add(connection);
    connection.once('close', () => upgraded.delete(connection));
  });
  return upgraded;
}
