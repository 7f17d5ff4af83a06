import type { SaleView } from '../../shared/office/till.ts';
import type { Random } from '../../shared/random.ts';
import { Customer } from './customer.ts';

/** Who stands at the counter, and who waits at its side for a PIN, a link or their purse. */
export class Queue {
  readonly #random: Random;
  #current: Customer;
  #aside: Customer[] = [];
  #last: Customer | null = null;

  constructor(random: Random) {
    this.#random = random;
    this.#current = new Customer(random);
  }

  get current(): Customer {
    return this.#current;
  }

  /** Whoever was served last: their change may still have to be read. */
  get last(): Customer | null {
    return this.#last;
  }

  /** Those who wait, the newest first; whoever has paid stands before them, until served. */
  get aside(): readonly Customer[] {
    const isDone = ({ stage }: Customer) => stage === 'done' || stage === 'over';
    return [...this.#aside.filter(isDone), ...this.#aside.filter(one => !isDone(one))];
  }

  get all(): Customer[] {
    return [this.#current, ...this.#aside];
  }

  /** The next one, please. Whoever is still waiting for something goes to the side. */
  next(): void {
    const left = this.#current;
    if (left.isNobody) return;
    this.#current = new Customer(this.#random);
    if (left.stage === 'done') this.#last = left;
    else if (left.stage !== 'over') this.#aside.unshift(left);
  }

  bring(customer: Customer): void {
    this.next();
    this.#aside = this.#aside.filter(one => one !== customer);
    this.#current = customer;
  }

  putAway(customer: Customer): void {
    this.#aside = this.#aside.filter(one => one !== customer);
  }

  /** The one whose sale this is. */
  of(saleId: string): Customer | undefined {
    return this.all.find(({ sale }) => sale?.saleId === saleId);
  }

  holding(bookingId: string): Customer | undefined {
    return this.all.find(({ sale }) =>
      sale?.lines.some(line => line.kind === 'places' && line.bookingId === bookingId && sale.state === 'open'),
    );
  }

  /** Open sales that began before this page did. */
  adopt(sales: readonly SaleView[]): void {
    for (const sale of sales) if (!this.of(sale.saleId)) this.#aside.push(new Customer(this.#random, sale));
  }

  /** An answer that was lost has come: the same sale may have been adopted meanwhile. */
  merge(customer: Customer): void {
    const saleId = customer.sale?.saleId;
    this.#aside = this.#aside.filter(one => one === customer || one.sale?.saleId !== saleId);
  }
}
