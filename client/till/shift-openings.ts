import { SaleAnswer, type SaleView } from '../../shared/office/till.ts';
import type { Office } from '../box-office/page.ts';

/** What of a report is opened, and the sales that were looked at there. Nothing is drawn, nor fetched, before somebody looks. */
export class Openings {
  readonly #office: Pick<Office, 'api' | 'draw' | 'sentence'>;
  readonly #open = new Set<string>();
  readonly #sales = new Map<string, SaleView | string>();

  constructor(office: Pick<Office, 'api' | 'draw' | 'sentence'>) {
    this.#office = office;
  }

  isOpen(name: string): boolean {
    return this.#open.has(name);
  }

  turn(name: string, isOpen: boolean): void {
    if (isOpen === this.#open.has(name)) return;
    if (isOpen) this.#open.add(name);
    else this.#open.delete(name);
    this.#office.draw();
  }

  /** The sale, or why there is none to show; null while it is fetched. */
  sale(saleId: string): SaleView | string | null {
    return this.#sales.get(saleId) ?? null;
  }

  /** As it stands now, each time that somebody opens it. */
  async fetchSale(saleId: string): Promise<void> {
    const answer = await this.#office.api.get(`/box-office/sales/${saleId}`, SaleAnswer);
    this.#sales.set(saleId, 'value' in answer ? answer.value.sale : this.#office.sentence(answer.trouble));
    this.#office.draw();
  }
}
