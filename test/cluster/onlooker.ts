import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from '../../shared/socket-events.ts';

/** A page that looks at bookings and a showing: it asks when it is connected, and otherwise only listens. */
export class Onlooker {
  /** The newest version that it was told of each. */
  readonly bookings = new Map<string, number>();
  readonly showings = new Map<number, number>();
  connects = 0;
  readonly #socket: Socket<ServerEvents, ClientEvents>;

  constructor(url: string) {
    this.#socket = io(url, {
      ...{ transports: ['websocket'], forceNew: true },
      ...{ reconnectionDelay: 50, reconnectionDelayMax: 300 },
    });
    this.#socket.on('booking:changed', view => newer(this.bookings, view.bookingId, view.version));
    this.#socket.on('showing:changed', view => newer(this.showings, view.showingId, view.version));
    this.#socket.on('connect', () => {
      this.connects += 1;
      for (const bookingId of this.bookings.keys()) this.#askBooking(bookingId);
      for (const showingId of this.showings.keys()) this.#askShowing(showingId);
    });
  }

  lookAt(bookingId: string): void {
    newer(this.bookings, bookingId, 0);
    if (this.#socket.connected) this.#askBooking(bookingId);
  }

  lookAtShowing(showingId: number): void {
    newer(this.showings, showingId, 0);
    if (this.#socket.connected) this.#askShowing(showingId);
  }

  close(): void {
    this.#socket.close();
  }

  #askBooking(bookingId: string) {
    this.#socket.emit('booking:watch', { bookingId }, told => {
      if ('booking' in told) newer(this.bookings, bookingId, told.booking.version);
    });
  }

  #askShowing(showingId: number) {
    this.#socket.emit('showing:watch', { showingId }, told => {
      if ('showing' in told) newer(this.showings, showingId, told.showing.version);
    });
  }
}

function newer<Id>(versions: Map<Id, number>, id: Id, version: number) {
  versions.set(id, Math.max(versions.get(id) ?? 0, version));
}
