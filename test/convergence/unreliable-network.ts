import type { BookingView } from '../../shared/views.ts';
import type { ManualClock } from '../support/manual-clock.ts';

const DROPPED = 0.1; // Of what is pushed; together 30 % do not come as they were sent.
const DOUBLED = 0.1;
const OVERTAKEN = 0.1;
const OVERTAKEN_MS_MAX = 5_000;
const LATENCY_MS = { least: 20, most: 120 };
const SLOW_ANSWERS = 0.15;
const SLOW_MS_MAX = 6_000; // Longer than a browser waits over its socket.
export const ROUND_TRIP_MS_MAX = 2 * LATENCY_MS.most;

/** One open socket, as the server sees it. */
export interface Connection {
  isOpen: boolean;
  receive(view: BookingView): void;
}

/** What lies between the server and the browsers, in simulated time. It misbehaves until it is calmed. */
export class UnreliableNetwork {
  readonly #clock: ManualClock;
  readonly #chance: () => number;
  #rooms = new Map<string, Set<Connection>>();
  #connections = new Set<Connection>();
  #serverIsUp = true;
  isCalm = false;
  /** How many pushes were sent, and how many of them went wrong. */
  readonly pushed = { sent: 0, faulty: 0 };

  constructor(clock: ManualClock, chance: () => number) {
    this.#clock = clock;
    this.#chance = chance;
  }

  get serverIsUp(): boolean {
    return this.#serverIsUp;
  }

  /** All connections end with the server; what was already under way may still arrive. */
  serverDies(): void {
    this.#serverIsUp = false;
    for (const connection of this.#connections) connection.isOpen = false;
    this.#connections = new Set();
    this.#rooms = new Map();
  }

  serverReturns(): void {
    this.#serverIsUp = true;
  }

  open(receive: Connection['receive']): Connection {
    const connection = { isOpen: true, receive };
    this.#connections.add(connection);
    return connection;
  }

  watchers(bookingId: string): Connection[] {
    return [...(this.#rooms.get(bookingId) ?? [])].filter(connection => connection.isOpen);
  }

  join(bookingId: string, connection: Connection): void {
    const room = this.#rooms.get(bookingId) ?? new Set();
    this.#rooms.set(bookingId, room.add(connection));
  }

  push(connection: Connection, view: BookingView): void {
    this.pushed.sent++;
    const fate = this.isCalm ? 1 : this.#chance();
    if (fate < DROPPED + DOUBLED + OVERTAKEN) this.pushed.faulty++;
    if (fate < DROPPED) return;
    const late = () => this.#chance() * OVERTAKEN_MS_MAX;
    if (fate < DROPPED + DOUBLED) this.#arrive(connection, view, late());
    const isOvertaken = fate >= DROPPED + DOUBLED && fate < DROPPED + DOUBLED + OVERTAKEN;
    this.#arrive(connection, view, isOvertaken ? late() : this.#latencyMs());
  }

  #arrive(connection: Connection, view: BookingView, ms: number) {
    this.#clock.after(ms, () => {
      if (connection.isOpen) connection.receive(view);
    });
  }

  /** A question and its answer. Undefined: the server was not there, or went away meanwhile. */
  async ask<T>(answer: () => Promise<T>, isOpen = () => true): Promise<T | undefined> {
    await this.#travel(this.#latencyMs());
    if (!this.#serverIsUp || !isOpen()) return undefined;
    const answered = await answer();
    const slow = !this.isCalm && this.#chance() < SLOW_ANSWERS;
    await this.#travel(slow ? this.#chance() * SLOW_MS_MAX : this.#latencyMs());
    return isOpen() ? answered : undefined;
  }

  #travel(ms: number): Promise<void> {
    return new Promise(arrived => this.#clock.after(ms, arrived));
  }

  #latencyMs(): number {
    return LATENCY_MS.least + this.#chance() * (LATENCY_MS.most - LATENCY_MS.least);
  }
}
