import type { Disk } from './disk.ts';

const PAYMENT_RANK: Record<string, number> = { started: 0, unknown: 1, pending: 2, failed: 3, paid: 4, reversed: 5 };
const BOOKING_RANK: Record<string, number> = { held: 0, lapsed: 1, cancelled: 1, confirmed: 2, refunded: 3 };

interface Row {
  id: string;
  reference: string;
  state: string;
}

/** Watches rows over time, from commit to commit: I4, nothing that was counted goes away, and I7. */
export class Commits {
  readonly #disk: Disk;
  readonly #note: (what: string) => void;
  #payments = new Map<string, Row>();
  #bookings = new Map<string, Row>();
  #references = new Set<string>();

  /** `note` hears of each change of a state. */
  constructor(disk: Disk, note: (what: string) => void = () => {}) {
    this.#disk = disk;
    this.#note = note;
  }

  /** What is wrong with the newest commit. */
  look(): string[] {
    const bookings = this.#disk.query<Row>('select id, reference, state from booking')();
    const payments = this.#disk.query<Row>('select id, accountReference as reference, state from payment')();
    const breaches = [
      ...this.#compare('booking', this.#bookings, bookings, BOOKING_RANK),
      ...this.#compare('payment', this.#payments, payments, PAYMENT_RANK),
    ];
    this.#bookings = new Map(bookings.map(row => [row.id, row]));
    this.#payments = new Map(payments.map(row => [row.id, row]));
    this.#references = new Set(payments.map(row => row.reference));
    return breaches;
  }

  /** I7: whether the payment of this account reference was committed by the last commit that was looked at. */
  hasPayment(reference: string): boolean {
    return this.#references.has(reference);
  }

  #compare(what: string, before: Map<string, Row>, now: Row[], rank: Record<string, number>): string[] {
    const breaches: string[] = [];
    for (const { id, reference, state } of now) {
      const was = before.get(id)?.state;
      if (was === state) continue;
      this.#note(`${what} ${reference}: ${was ? `${was} → ` : ''}${state}`);
      if (was !== undefined && (rank[state] ?? -1) <= (rank[was] ?? -1))
        breaches.push(`I4 ${what} ${reference} went from ${was} to ${state}`);
    }
    if (now.length < before.size) breaches.push(`I4 a ${what} disappeared`);
    return breaches;
  }
}
