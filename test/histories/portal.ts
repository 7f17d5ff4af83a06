import type { Debit, Ledger, Reversal } from '../../server/simulator/ledger.ts';
import type { Order } from '../../server/simulator/pesapal/orders.ts';
import type { Simulator } from '../../server/simulator/simulator.ts';
import type { Clock } from '../../shared/clock.ts';
import { accountReferenceIn } from './references.ts';

/** The gateway's own pages, where the people of the box office look before they decide: they show the ledger as it is. */
export class Portal {
  /** Numbers of receipts that somebody else gave back, there, without us. */
  readonly foreign = new Set<string>();
  readonly #ledger: Ledger;
  readonly #pesapal: Simulator['pesapal'];
  readonly #clock: Clock;
  /** When a request to give this receipt back last reached the gateway. */
  readonly #requestedAt = new Map<string, number>();

  constructor({ ledger, pesapal }: Pick<Simulator, 'ledger' | 'pesapal'>, clock: Clock) {
    this.#ledger = ledger;
    this.#pesapal = pesapal;
    this.#clock = clock;
  }

  debit(receiptNumber: string | null): Debit | undefined {
    return this.#ledger.debits.find(debit => debit.receiptNumber === receiptNumber);
  }

  debitsOf(accountReference: string): Debit[] {
    return this.#ledger.debits.filter(debit => accountReferenceIn(debit.merchantReference) === accountReference);
  }

  /** Pesapal's, by our account reference. */
  order(accountReference: string): Order | undefined {
    return this.#pesapal.orders().find(order => accountReferenceIn(order.merchantReference) === accountReference);
  }

  /** It has the money, and its status says for now, or for ever, that it has not. */
  denies(accountReference: string): boolean {
    const { debit, told, fault } = this.order(accountReference) ?? {};
    const isMute = fault?.status?.at(-1) === 'pending' || fault?.looks === 'unlisted' || fault?.looks === 'pendingWord';
    return debit != null && (isMute || told?.code === 0 || told?.code === 2);
  }

  /** It was asked back, and people at the gateway have not approved it yet. */
  isComingBack(receiptNumber: string | null): boolean {
    const { trackingId = '' } = this.debit(receiptNumber) ?? {};
    return this.#pesapal.find(trackingId)?.refund === 'requested';
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
    const order = this.#pesapal.find(debit.trackingId);
    if (order && !this.#pesapal.reverse(order)) return false;
    if (!order) this.#ledger.reverse(debit, this.#clock.now());
    this.foreign.add(debit.receiptNumber);
    return true;
  }
}
