import type { BoardShowing } from '../../shared/office/board.ts';
import { readAmount } from '../charge/charge-form.ts';
import type { Counter } from './counter.ts';
import { sellable } from './showing-keys.ts';

/** What a customer takes: places, and whatever else has a price. */
export class Choosing {
  readonly #counter: Counter;

  constructor(counter: Counter) {
    this.#counter = counter;
  }

  /** Whoever is served already makes room for the next. */
  readonly choose = (showing: BoardShowing): void => {
    const { queue } = this.#counter;
    if (queue.current.stage !== 'choosing') queue.next();
    queue.current.basket.addPlace(showing);
    this.#counter.changed();
  };

  /** By its key; false: no showing has it. */
  chooseAt(at: number): boolean {
    const { board, here } = this.#counter;
    const showing = sellable(board.showings, here.now)[at];
    if (showing) this.choose(showing);
    return showing !== undefined;
  }

  setQuantity(quantity: number): void {
    this.#basket.setQuantity(quantity);
    this.#counter.changed();
  }

  readonly step = (at: number, by: 1 | -1): void => {
    this.#basket.step(at, by);
    this.#counter.changed();
  };

  readonly takeAway = (at: number): void => {
    this.#basket.remove(at);
    this.#counter.changed();
  };

  takeLast(): void {
    this.#basket.removeLast();
    this.#counter.changed();
  }

  chooseAnother(): void {
    this.#basket.chooseAnother();
    this.#counter.changed();
  }

  readonly clear = (): void => {
    const { customer } = this.#counter;
    if (customer.charge) customer.charge = null;
    else customer.basket.clear();
    customer.wrong = null;
    this.#counter.changed();
  };

  readonly typeCharge = (): void => {
    this.#counter.customer.charge = { amount: '', purpose: '' };
    this.#counter.changed();
    document.getElementById('charge-purpose')?.focus();
  };

  readonly addCharge = (): void => {
    const { customer, venue, words } = this.#counter;
    const purpose = customer.charge?.purpose.trim() ?? '';
    const amount = readAmount(customer.charge?.amount ?? '');
    if (purpose === '' || !amount) customer.wrong = { field: null, sentence: words.say('chargeWrong') };
    else {
      customer.basket.add({ kind: 'charge', purpose, amount: { amount, currency: venue.currency } });
      customer.charge = null;
      customer.wrong = null;
    }
    this.#counter.changed();
  };

  get #basket() {
    return this.#counter.customer.basket;
  }
}
