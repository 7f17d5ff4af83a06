import type { BookingWatch, BookingWatcher, BookingWatchParts } from '../../client/booking/watch-booking.ts';
import { NO_ANSWER } from '../../client/kit/api.ts';
import { createServerClock } from '../../client/kit/server-clock.ts';
import type { Stop } from '../../shared/clock.ts';
import type { BookingView } from '../../shared/views.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import type { Connection, UnreliableNetwork } from './unreliable-network.ts';

/** What keeps the newest version on the screen: the product's own, or a careless one for comparison. */
export type Watch = (parts: BookingWatchParts, bookingId: string, watcher: BookingWatcher) => BookingWatch;

export interface Shop {
  clock: ManualClock;
  network: UnreliableNetwork;
  bookingId: string;
  /** What the server would answer now. */
  see(): Promise<BookingView | undefined>;
}

/** One page that watches a booking: the real client, on a connection that comes and goes. */
export class Browser {
  readonly #shop: Shop;
  readonly shown: number[] = [];
  #connection: Connection | null = null;
  #opened = () => {};
  #returned = () => {};
  #changed: (view: unknown) => void = () => {};
  #isHere = true;

  constructor(shop: Shop, watch: Watch) {
    this.#shop = shop;
    const watcher = { show: ({ version }: BookingView) => void this.shown.push(version), hear: () => {} };
    void watch(this.#parts(), shop.bookingId, watcher).askNow();
  }

  get isConnected(): boolean {
    return this.#connection?.isOpen === true;
  }

  /** Socket.IO tries again by itself until there is somebody to connect to. */
  connect(): void {
    if (this.isConnected || !this.#shop.network.serverIsUp) return;
    this.#connection = this.#shop.network.open(view => this.#changed(view));
    this.#opened();
  }

  disconnect(): void {
    if (this.#connection) this.#connection.isOpen = false;
  }

  /** Behind another app; then back again. */
  leave(): void {
    this.#isHere = false;
  }

  comeBack(): void {
    this.#isHere = true;
    this.#returned();
  }

  #parts(): BookingWatchParts {
    const { clock } = this.#shop;
    return {
      clock,
      serverClock: createServerClock(clock),
      line: {
        isOpen: () => this.isConnected,
        onOpen: then => this.#keep(() => (this.#opened = then)),
        onChange: then => this.#keep(() => (this.#changed = then)),
        watch: () => this.#watch(),
      },
      presence: { isHere: () => this.#isHere, onReturn: then => this.#keep(() => (this.#returned = then)) },
      fetchNewest: async () => {
        const view = await this.#shop.network.ask(this.#shop.see);
        return view ? { value: view, now: view.now } : { trouble: NO_ANSWER };
      },
    };
  }

  #keep(keep: () => void): Stop {
    keep();
    return () => {};
  }

  /** The server's own order: into the room, then read, then answer. A connection that ended never answers. */
  async #watch(): Promise<unknown> {
    const { network, bookingId, see } = this.#shop;
    const connection = this.#connection;
    if (!connection) return new Promise(() => {});
    const read = () => {
      network.join(bookingId, connection);
      return see();
    };
    const booking = await network.ask(read, () => connection.isOpen);
    return booking ? { booking } : new Promise(() => {});
  }
}
