import type { Currency } from '../../shared/money.ts';
import { denominationsOf } from './shift-denominations.ts';

const COUNT = /^\d{0,6}$/; // A million of one note would not fit into a drawer.

/** A drawer that somebody counts, note by note. */
export class CashCount {
  readonly currency: Currency;
  readonly denominations: readonly number[];
  readonly #typed = new Map<number, string>();

  constructor(currency: Currency) {
    this.currency = currency;
    this.denominations = denominationsOf(currency);
  }

  type(denomination: number, typed: string): void {
    this.#typed.set(denomination, typed.trim());
  }

  isRight(denomination: number): boolean {
    return COUNT.test(this.#typed.get(denomination) ?? '');
  }

  get isAllRight(): boolean {
    return this.denominations.every(denomination => this.isRight(denomination));
  }

  /** What these notes come to, in minor units. */
  sumOf(denomination: number): number {
    return this.isRight(denomination) ? Number(this.#typed.get(denomination) || 0) * denomination : 0;
  }

  get total(): number {
    return this.denominations.reduce((sum, denomination) => sum + this.sumOf(denomination), 0);
  }

  /** As the server takes it. */
  get counts(): { denomination: number; count: number }[] {
    return this.denominations
      .map(denomination => ({ denomination, count: this.sumOf(denomination) / denomination }))
      .filter(({ count }) => count > 0);
  }
}
