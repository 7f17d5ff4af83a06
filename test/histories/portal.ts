import type { Debit, Ledger, Reversal } from '../../server/simulator/ledger.ts';
import type { Clock } from '../../shared/clock.ts';

/** The gateway's own pages, where the people of the box office look before they decide: they show the ledger as it is. */
export class Portal {
  /** Numbers of receipts that somebody else gave back, there, without us. */
  readonly foreign = new Set<string>();
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  /** When a request to give this receipt back last reached the gateway. */
  readonly #requestedAt = new Map<string, number>();

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  debit(receiptNumber: string | null): Debit | undefined {
    return this.#ledger.debits.find(debit => debit.receiptNumber === receiptNumber);
  }

  debitsOf(accountReference: string): Debit[] {
    return this.#ledger.debits.filter(debit => debit.accountReference === accountReference);
  }

  reversal(receiptNumber: string | null): Reversal | undefined {
    return this.#ledger.reversals.find(reversal => reversal.originalReceiptNumber === receiptNumber);
  }

  asked(receiptNumber: string): void {
    this.#requestedAt.set(receiptNumber, +this.#clock.now());
  }

  /** How long ago we last asked for it back. */
  askedMsAgo(receiptNumber: string | null): number {
    return +this.#clock.now() - (this.#requestedAt.get(receiptNumber ?? '') ?? Number.NEGATIVE_INFINITY);
  }

  /** Somebody else gives it back, unless it has gone back already. */
  giveBack(debit: Debit): boolean {
    if (this.reversal(debit.receiptNumber)) return false;
    this.#ledger.reverse(debit, this.#clock.now());
    this.foreign.add(debit.receiptNumber);
    return true;
  }
}
