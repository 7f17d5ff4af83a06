import { plainHash } from '../../server/database/vault.ts';
import type { Disk } from './disk.ts';

const PAYMENT_RANK: Record<string, number> = { started: 0, unknown: 1, pending: 2, failed: 3, paid: 4, reversed: 5 };
const BOOKING_RANK: Record<string, number> = { held: 0, lapsed: 1, cancelled: 1, confirmed: 2, refunded: 3 };

/** What may become of a refund. Only one that is due, or certainly failed, may be sent: what is uncertain is a person's. */
const REFUND_NEXT: Record<string, string[]> = {
  due: ['requested', 'failed', 'done'],
  requested: ['failed', 'unknown', 'done'],
  failed: ['requested', 'done'],
  unknown: ['failed', 'done'],
  done: [],
};

interface Row {
  id: string;
  reference: string;
  state: string;
  /** Of a refund, and what its money was then. */
  receipt?: number;
  allocation?: string;
}

/** Watches rows over time, from commit to commit: I4, nothing that was counted goes away, and I7. */
export class Commits {
  readonly #disk: Disk;
  readonly #note: (what: string) => void;
  #payments = new Map<string, Row>();
  #bookings = new Map<string, Row>();
  #refunds = new Map<string, Row>();
  #references = new Set<string>();

  /** `note` hears of each change of a state. */
  constructor(disk: Disk, note: (what: string) => void = () => {}) {
    this.#disk = disk;
    this.#note = note;
  }

  /** What is wrong with the newest commit. */
  look(): string[] {
    const bookings = this.#disk.query<Row>('select id, reference, state from booking')();
    const payments = this.#disk.query<Row>(
      'select id, coalesce(accountReference, claimedNumber, gateway) as reference, state from payment',
    )();
    const refunds = this.#disk.query<Row>(
      `select f.id, coalesce(callbackTokenHash, 'money ' || r.number) as reference, state, r.id as receipt, allocation
       from refund f join receipt r on r.id = f.receipt`,
    )();
    const upwards = (rank: Record<string, number>) => (was: string, is: string) => (rank[is] ?? -1) > (rank[was] ?? -1);
    const breaches = [
      ...this.#compare('booking', this.#bookings, bookings, upwards(BOOKING_RANK)),
      ...this.#compare('payment', this.#payments, payments, upwards(PAYMENT_RANK)),
      ...this.#compare('refund', this.#refunds, refunds, (was, is) => REFUND_NEXT[was]?.includes(is) ?? false),
    ];
    this.#refunds = new Map(refunds.map(row => [row.id, row]));
    this.#bookings = new Map(bookings.map(row => [row.id, row]));
    this.#payments = new Map(payments.map(row => [row.id, row]));
    this.#references = new Set(payments.map(row => row.reference));
    return breaches;
  }

  /** I7: whether the payment of this account reference, or the claim of this receipt number, was committed by the last commit that was looked at. */
  hasPayment(reference: string): boolean {
    return this.#references.has(reference);
  }

  /** I7 of refunds: whether one that has this token was committed. */
  hasRefund(token: string): boolean {
    const hash = plainHash(token);
    return [...this.#refunds.values()].some(({ reference }) => reference === hash);
  }

  /** The same where no token names it: a refund of this money was committed as being asked for. */
  hasRequested(receiptNumber: string): boolean {
    const refunds = [...this.#refunds.values()];
    return refunds.some(({ reference, state }) => reference === `money ${receiptNumber}` && state === 'requested');
  }

  #compare(what: string, before: Map<string, Row>, now: Row[], may: (was: string, is: string) => boolean): string[] {
    const breaches: string[] = [];
    for (const { id, reference, state } of now) {
      const was = before.get(id)?.state;
      if (was === state) continue;
      const which = what === 'refund' ? id : reference;
      this.#note(`${what} ${which}: ${was ? `${was} → ` : ''}${state}`);
      if (was !== undefined && !may(was, state)) breaches.push(`I4 ${what} ${which} went from ${was} to ${state}`);
    }
    const kept = new Set(now.map(({ id }) => id));
    const gone = [...before.values()].filter(({ id }) => !kept.has(id));
    if (gone.some(row => what !== 'refund' || !this.#isPlaced(row))) breaches.push(`I4 a ${what} disappeared`);
    return breaches;
  }

  /** Late money was used after all: a debt that nobody had begun to pay is none any more. */
  #isPlaced({ receipt, allocation, state }: Row): boolean {
    const used = `select 1 from receipt where id = ? and allocation = 'applied'`;
    return state === 'due' && allocation === 'refund_due' && this.#disk.query(used)(receipt).length > 0;
  }
}
