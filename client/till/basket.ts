import { PLACES_MAX } from '../../shared/limits.ts';
import type { Currency, Money } from '../../shared/money.ts';
import type { BoardShowing } from '../../shared/office/board.ts';
import type { LineRequest } from '../../shared/office/till.ts';

export type SoldShowing = Pick<BoardShowing, 'showingId' | 'title' | 'screen' | 'startsAt' | 'price'>;

/** What somebody at the counter wants: places, a booking of theirs that is not paid, or something with a price and a purpose. */
export type BasketLine =
  | { kind: 'places'; showing: SoldShowing; quantity: number }
  | {
      kind: 'booking';
      bookingId: string;
      reference: string;
      title: string;
      startsAt: string | null;
      quantity: number;
      total: Money;
    }
  | { kind: 'charge'; amount: Money; purpose: string };

/** What one customer takes, before anything of it is sent. Prices are shown here and decided by the server. */
export class Basket {
  #lines: BasketLine[] = [];
  #chosen: number | null = null;

  get lines(): readonly BasketLine[] {
    return this.#lines;
  }

  /** The line of places whose quantity the next digit sets; null: the next digit chooses a showing. */
  get chosen(): number | null {
    return this.#chosen;
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  /** One place, or one more. */
  addPlace(showing: SoldShowing): void {
    const at = this.#lines.findIndex(line => line.kind === 'places' && line.showing.showingId === showing.showingId);
    if (at < 0) this.#lines.push({ kind: 'places', showing, quantity: 1 });
    else this.step(at, 1);
    this.#chosen = at < 0 ? this.#lines.length - 1 : at;
  }

  /** A booking stands in it once, however often it is scanned. */
  add(line: BasketLine): void {
    const isThere = this.#lines.some(
      one => one.kind === 'booking' && line.kind === 'booking' && one.bookingId === line.bookingId,
    );
    if (!isThere) this.#lines.push(line);
    this.#chosen = null;
  }

  /** Of the chosen places. */
  setQuantity(quantity: number): void {
    if (this.#chosen !== null) this.#set(this.#chosen, quantity);
  }

  step(at: number, by: 1 | -1): void {
    const line = this.#lines[at];
    if (line?.kind !== 'places') return;
    this.#chosen = at;
    this.#set(at, line.quantity + by);
  }

  remove(at: number): void {
    this.#lines.splice(at, 1);
    this.#chosen = null;
  }

  removeLast(): void {
    this.remove(this.#lines.length - 1);
  }

  /** The next digit chooses a showing again. */
  chooseAnother(): void {
    this.#chosen = null;
  }

  clear(): void {
    this.#lines = [];
    this.#chosen = null;
  }

  total(currency: Currency): Money {
    return { amount: this.#lines.reduce((sum, line) => sum + priceOf(line).amount, 0), currency };
  }

  #set(at: number, quantity: number) {
    const line = this.#lines[at];
    if (line?.kind !== 'places') return;
    this.#lines[at] = { ...line, quantity: Math.min(Math.max(quantity, 1), PLACES_MAX) };
  }
}

export function priceOf(line: BasketLine): Money {
  switch (line.kind) {
    case 'places':
      return { ...line.showing.price, amount: line.showing.price.amount * line.quantity };
    case 'booking':
      return line.total;
    case 'charge':
      return line.amount;
  }
}

/** As the server is asked for it. */
export function asRequest(line: BasketLine): LineRequest {
  switch (line.kind) {
    case 'places':
      return { showingId: line.showing.showingId, quantity: line.quantity };
    case 'booking':
      return { bookingId: line.bookingId };
    case 'charge':
      return { amount: line.amount, purpose: line.purpose };
  }
}
