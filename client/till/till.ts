import type { SaleView } from '../../shared/office/till.ts';
import { FINDER_ID } from '../board/finder-view.ts';
import { Choosing } from './choosing.ts';
import { Collector } from './collector.ts';
import type { Counter } from './counter.ts';
import { type Customer, cameByItself, changeDue } from './customer.ts';
import { nameOf } from './describe.ts';
import { Latest } from './latest.ts';
import { Paying } from './paying.ts';
import { type Paper, printChoice } from './print-choice.ts';
import { Questions } from './questions.ts';
import { salePaper } from './sale-paper.ts';

/** What a cashier does with whoever stands at the counter, and with whoever waits at its side. */
export class Till {
  readonly counter: Counter;
  readonly choosing: Choosing;
  readonly paying: Paying;
  readonly questions = new Questions();
  readonly latest: Latest;
  readonly #told = new Set<string>();
  /** What a scan has found that is no line of a sale: said until the next customer. */
  found: { sentence: string; bookingId: string | null } | null = null;

  constructor(counter: Counter) {
    this.counter = counter;
    this.choosing = new Choosing(counter);
    const paid = (customer: Customer) => this.paid(customer);
    const collector = new Collector({ counter, paid, mayLeave: () => this.questions.mayLeave() });
    this.paying = new Paying(counter, { collector, questions: this.questions, paid });
    this.latest = new Latest({ ...counter, print: sale => this.#printSale(sale, 'receipt') });
  }

  get printing(): Paper {
    return printChoice.read();
  }

  readonly next = (): void => {
    this.counter.queue.next();
    this.found = null;
    this.counter.changed();
  };

  readonly bring = (customer: Customer): void => {
    this.counter.queue.bring(customer);
    this.found = null;
    this.counter.changed();
    this.counter.focusStage();
  };

  readonly putAway = (customer: Customer): void => {
    this.counter.queue.putAway(customer);
    this.counter.changed();
  };

  /** As it stands now, from whoever knows. */
  hear(sale: SaleView): void {
    const customer = this.counter.queue.of(sale.saleId);
    if (!customer) return; // Another till's, or one whose own answer is still on its way.
    if (customer.hear(sale)) this.paid(customer);
    this.counter.changed();
  }

  /** Softly, if it came by itself; and on the screen at once where nobody else is being served. */
  paid(customer: Customer): void {
    const { office, queue, words, here } = this.counter;
    const { sale } = customer;
    if (!sale || this.#told.has(sale.saleId)) return;
    this.#told.add(sale.saleId); // An answer and a message may both bring it.
    if (cameByItself(sale)) office.ring('paid');
    const change = changeDue(sale);
    const said = [words.say('isPaidNow', { what: nameOf(customer, here, words) })];
    if (change && change.amount > 0) said.push(`${words.say('change')}: ${words.money(change)}`);
    office.say(said.join(' '));
    if (queue.current.isNobody && queue.current !== customer) queue.bring(customer);
    if (this.printing !== 'no') this.#printSale(sale, this.printing);
  }

  readonly print = (paper: 'receipt' | 'sheet'): void => {
    const { sale } = this.counter.customer;
    if (sale?.state === 'paid') this.#printSale(sale, paper);
  };

  readonly choosePrinting = (paper: Paper): void => {
    printChoice.write(paper);
    this.counter.changed();
  };

  find(): void {
    this.counter.office.go('/box-office/board');
    document.getElementById(FINDER_ID)?.focus();
  }

  readonly copy = (url: string): void => void this.#copy(url);

  readonly share = (url: string): void => void navigator.share({ url }).catch(() => {}); // Put away again.

  #printSale(sale: SaleView, paper: 'receipt' | 'sheet') {
    const { office, venue, here, words } = this.counter;
    office.print(salePaper(sale, venue.name, here, words), paper);
  }

  async #copy(url: string) {
    const { office, words } = this.counter;
    const copied = await navigator.clipboard?.writeText(url).then(
      () => true,
      () => false,
    );
    office.tell(words.say(copied ? 'copied' : 'notCopied', { url }));
  }
}
