import { systemClock } from '../../shared/clock.ts';
import type { Approval } from '../../shared/office/people.ts';
import type { TakingAnswer, TakingRequest } from '../../shared/office/till.ts';
import type { Answered, OfficeTrouble } from '../box-office/office-api.ts';
import { asRequest } from './basket.ts';
import type { Counter } from './counter.ts';
import type { Customer } from './customer.ts';
import { readForm, type TypedField } from './payment-form.ts';
import { untilAnswered } from './until-answered.ts';

export interface CollectorParts {
  counter: Counter;
  /** This answer made the sale paid. */
  paid(customer: Customer): void;
  /** Whether the prompt that is open may be left behind. */
  mayLeave(): Promise<boolean>;
}

/** Takes the money for what is in a basket, and for what is left of a sale. */
export class Collector {
  readonly #parts: CollectorParts;

  constructor(parts: CollectorParts) {
    this.#parts = parts;
  }

  async submit(customer: Customer): Promise<void> {
    const { key, form, sale } = customer;
    if (key === null || customer.asking) return;
    if (form.way === 'link') return sale ? this.#showLink(customer) : this.#link(customer, key);
    const read = readForm(form, this.#due(customer), this.#words);
    if ('wrong' in read) return this.#complain(customer, read.wrong, read.why);
    const taking = customer.leaves ? { ...read.taking, leave: true } : read.taking;
    const answer =
      taking.method === 'complimentary'
        ? await this.#approved(customer, taking.reason, approval => this.#send(customer, { ...taking, approval }, key))
        : await this.#send(customer, taking, key);
    if (answer) await this.#hear(customer, answer);
  }

  get #words() {
    return this.#parts.counter.words;
  }

  #due(customer: Customer) {
    return customer.due(this.#parts.counter.venue.currency);
  }

  /** The same under the same key, until the server has said what came of it. */
  async #send(customer: Customer, taking: TakingRequest | null, key: string): Promise<Answered<TakingAnswer> | null> {
    const { requests, office, isOver } = this.#parts.counter;
    const { saleId } = customer.sale ?? { saleId: null };
    const lines = customer.basket.lines.map(asRequest);
    const ask = () =>
      saleId !== null && taking ? requests.pay(saleId, taking, key) : requests.sell(lines, taking, key);
    const lost = (tries: number, askNow: () => void) => {
      customer.asking = { tries, askNow };
      office.draw();
    };
    lost(0, () => {});
    const answer = await untilAnswered(ask, { clock: systemClock, lost, isOver });
    customer.asking = null;
    office.draw();
    return answer;
  }

  /** With a supervisor's word, on this screen. */
  async #approved(
    customer: Customer,
    reason: string,
    send: (approval: Approval | undefined) => Promise<Answered<TakingAnswer> | null>,
  ) {
    const { office } = this.#parts.counter;
    const { say, money } = this.#words;
    const what = say('approveFree', { amount: money(this.#due(customer)), reason });
    let over = false;
    const answer = await office.approve(what, async approval => {
      const sent = await send(approval);
      over = sent === null;
      return sent ?? { trouble: { code: 'internal', detail: '', fields: [], placesLeft: null, retryAt: null } };
    });
    return over ? null : answer;
  }

  async #link(customer: Customer, key: string) {
    const answer = await this.#send(customer, null, key);
    if (!answer) return;
    await this.#hear(customer, answer);
    this.#showLink(customer);
  }

  #showLink(customer: Customer) {
    if (customer.sale) {
      customer.closePanel();
      customer.showsLink = true;
    }
    this.#parts.counter.changed();
  }

  async #hear(customer: Customer, answer: Answered<TakingAnswer>) {
    const { paid, counter } = this.#parts;
    if ('trouble' in answer) return this.#refused(customer, answer.trouble);
    const { sale, payment, left } = answer.value;
    const isPaid = customer.answered(sale, payment);
    counter.queue.merge(customer);
    for (const { phone } of left) counter.office.tell(this.#words.say('leftBehind', { phone: phone ?? '' }));
    if (isPaid) paid(customer);
    counter.changed();
  }

  async #refused(customer: Customer, trouble: OfficeTrouble) {
    const { counter, mayLeave } = this.#parts;
    if (trouble.code === 'payment_in_progress' && !customer.leaves) {
      customer.leaves = await mayLeave();
      return customer.leaves ? this.submit(customer) : undefined;
    }
    const isPhone = trouble.code === 'invalid_phone' || trouble.fields.some(field => field.endsWith('phone'));
    this.#complain(customer, isPhone ? 'phone' : null, counter.office.sentence(trouble));
  }

  #complain(customer: Customer, field: TypedField | null, sentence: string) {
    const { counter } = this.#parts;
    const { office } = counter;
    customer.wrong = { field, sentence };
    office.draw();
    if (counter.customer !== customer) return office.tell(sentence, 'bad');
    office.say(sentence);
    if (field) counter.focusField(field);
  }
}
