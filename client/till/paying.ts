import { type Money, wholeShillings } from '../../shared/money.ts';
import type { Network } from '../../shared/networks.ts';
import type { SaleView } from '../../shared/office/till.ts';
import type { Answered } from '../box-office/office-api.ts';
import type { Collector } from './collector.ts';
import type { Counter } from './counter.ts';
import { type Customer, openPayment } from './customer.ts';
import { type TypedField, type Way, waysAt } from './payment-form.ts';
import type { Questions } from './questions.ts';
import { roundSums } from './round-sums.ts';

/** How a customer pays: the panel, and what else can be done with a sale that is not paid. */
export class Paying {
  readonly #counter: Counter;
  readonly #collector: Collector;
  readonly #questions: Questions;
  readonly #paid: (customer: Customer) => void;

  constructor(
    counter: Counter,
    { collector, questions, paid }: { collector: Collector; questions: Questions; paid(customer: Customer): void },
  ) {
    this.#counter = counter;
    this.#paid = paid;
    this.#collector = collector;
    this.#questions = questions;
  }

  get ways(): Way[] {
    return waysAt(this.#counter.venue.gateways);
  }

  get due(): Money {
    return this.#customer.due(this.#counter.venue.currency);
  }

  readonly openPanel = (): void => {
    this.#customer.openPanel();
    this.#counter.changed();
    this.#counter.focusStage();
  };

  readonly closePanel = (): void => {
    this.#customer.closePanel();
    this.#counter.changed();
  };

  readonly chooseWay = (way: Way): void => {
    this.#customer.form.way = way;
    this.#customer.wrong = null;
    this.#counter.changed();
    this.#counter.focusStage();
  };

  readonly chooseNetwork = (network: Network): void => {
    this.#customer.form.network = network;
    this.#counter.changed();
  };

  readonly type = (field: TypedField, text: string): void => {
    this.#customer.form[field] = text;
    this.#customer.wrong = null;
    this.#counter.changed();
  };

  readonly split = (isSplit: boolean): void => {
    this.#customer.form.part = isSplit ? '' : null;
    this.#counter.changed();
    if (isSplit) this.#counter.focusField('part');
  };

  giveRound(at: number): void {
    const sum = roundSums(this.due)[at];
    if (sum) this.type('given', String(wholeShillings(sum.amount)));
  }

  readonly submit = (): void => {
    const customer = this.#customer;
    void this.#collector.submit(customer).then(() => {
      if (this.#customer === customer) this.#counter.focusStage();
    });
  };

  /** Away from a prompt that is still open: only after somebody has read what that means. */
  readonly payOtherwise = (): void => void this.#payOtherwise();

  readonly showLink = (): void => {
    this.#customer.showsLink = true;
    this.#counter.changed();
  };

  readonly check = (): void => void this.#check();

  readonly giveUp = (): void => void this.#giveUp();

  get #customer() {
    return this.#counter.customer;
  }

  async #payOtherwise() {
    const customer = this.#customer;
    const isOpen = customer.sale !== null && openPayment(customer.sale) !== undefined;
    if (isOpen && !(await this.#questions.mayLeave())) return;
    customer.leaves = isOpen;
    customer.form.way = isOpen && customer.form.way !== 'cash' ? 'cash' : customer.form.way;
    this.openPanel();
  }

  async #check() {
    const customer = this.#customer;
    if (customer.sale) this.#hear(customer, await this.#counter.requests.check(customer.sale.saleId));
  }

  /** A supervisor is asked only where the server wants one. */
  async #giveUp() {
    const { office, requests, words } = this.#counter;
    const customer = this.#customer;
    const { sale } = customer;
    if (!sale || !(await this.#questions.mayGiveUp())) return;
    const first = await requests.abandon(sale.saleId);
    const needsWord = 'trouble' in first && first.trouble.code === 'approval_needed';
    const what = words.say('approveGiveUp', { reference: sale.reference });
    const answer = needsWord ? await office.approve(what, approval => requests.abandon(sale.saleId, approval)) : first;
    if (answer) this.#hear(customer, answer);
  }

  #hear(customer: Customer, answer: Answered<{ sale: SaleView }>) {
    const { office } = this.#counter;
    if ('trouble' in answer) return office.tell(office.sentence(answer.trouble), 'bad');
    if (customer.hear(answer.value.sale)) this.#paid(customer);
    office.draw();
  }
}
