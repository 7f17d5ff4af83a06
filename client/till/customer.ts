import type { Currency, Money } from '../../shared/money.ts';
import type { SalePayment, SaleView } from '../../shared/office/till.ts';
import { type Random, randomHex } from '../../shared/random.ts';
import { GATEWAYS } from '../../shared/views.ts';
import { Basket } from './basket.ts';
import { blankForm, type PaymentForm, type TypedField } from './payment-form.ts';

/** What is going on with a customer: what they want, how they pay, what is on its way, and what came of it. */
export type Stage = 'choosing' | 'paying' | 'sending' | 'waiting' | 'done' | 'over';

/** Somebody at the counter, from the first key to their tickets; any number of them at once. */
export class Customer {
  readonly basket = new Basket();
  readonly form: PaymentForm = blankForm();
  /** The charge that is being typed; null: none. */
  charge: { amount: string; purpose: string } | null = null;
  /** A question to the server that has no answer yet; `tries`: how often it was lost. */
  asking: { tries: number; askNow(): void } | null = null;
  wrong: { field: TypedField | null; sentence: string } | null = null;
  /** The prompt that is open is to be left behind: somebody said so. */
  leaves = false;
  showsLink = false;
  isPrinted = false;
  readonly #random: Random;
  #sale: SaleView | null = null;
  #key: string | null = null;

  constructor(random: Random, sale: SaleView | null = null) {
    this.#random = random;
    this.#sale = sale;
  }

  get sale(): SaleView | null {
    return this.#sale;
  }

  /** The idempotency key of the panel that is open; null while none is. */
  get key(): string | null {
    return this.#key;
  }

  get stage(): Stage {
    if (this.asking) return 'sending';
    if (this.#sale && this.#sale.state !== 'open') return this.#sale.state === 'paid' ? 'done' : 'over';
    if (this.#key !== null) return 'paying';
    return this.#sale ? 'waiting' : 'choosing';
  }

  /** Nobody yet: the next one in the queue. */
  get isNobody(): boolean {
    return this.stage === 'choosing' && this.basket.isEmpty && this.charge === null;
  }

  due(currency: Currency): Money {
    return this.#sale?.outstanding ?? this.basket.total(currency);
  }

  /** One key for what this panel does, however often that must be sent. */
  openPanel(): void {
    this.#key ??= randomHex(this.#random);
    this.wrong = null;
  }

  closePanel(): void {
    this.#key = null;
    this.wrong = null;
    this.leaves = false;
  }

  /** True when this made it paid. An older view than the one that is shown changes nothing. */
  hear(sale: SaleView): boolean {
    const before = this.#sale;
    if (before && (before.saleId !== sale.saleId || before.version > sale.version)) return false;
    this.#sale = sale;
    return sale.state === 'paid' && before?.state !== 'paid';
  }

  /** A payment was answered. What is left to pay is asked for at once, unless something is still on its way. */
  answered(sale: SaleView, payment: SalePayment | null): boolean {
    this.closePanel();
    this.form.given = '';
    this.form.part = null;
    const isNew = this.hear(sale);
    if (this.sale?.state === 'open' && payment?.state === 'paid') this.openPanel();
    return isNew;
  }
}

/** The prompt or order that may still bring money. */
export function openPayment({ payments }: SaleView): SalePayment | undefined {
  return payments.find(({ state, isLeft }) => !isLeft && /^(started|unknown|pending)$/.test(state));
}

/** What to give back; null where nobody paid in cash. */
export function changeDue({ payments }: SaleView): Money | null {
  return payments.findLast(({ change }) => change !== null)?.change ?? null;
}

/** Whether money came by itself, rather than over the counter. */
export function cameByItself({ payments }: SaleView): boolean {
  const gateway = payments.findLast(({ state }) => state === 'paid')?.gateway;
  return GATEWAYS.some(one => one === gateway);
}
