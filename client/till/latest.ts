import type { SaleView } from '../../shared/office/till.ts';
import type { Office } from '../box-office/page.ts';
import { findDialog, openDialog } from '../kit/dialog.ts';
import type { SaleRequests } from './sale-requests.ts';

export const LATEST_ID = 'latest-sales';

/** The newest sales of one's shift, for whoever comes back because the printer jammed. */
export class Latest {
  readonly #parts: { office: Office; requests: SaleRequests; print(sale: SaleView): void };
  sales: readonly SaleView[] = [];
  /** The one that is to be printed once more; it needs a reason. */
  chosen: SaleView | null = null;
  problem = '';

  constructor(parts: { office: Office; requests: SaleRequests; print(sale: SaleView): void }) {
    this.#parts = parts;
  }

  async open(shiftId: number): Promise<void> {
    const { office, requests } = this.#parts;
    const answer = await requests.newest(shiftId);
    if ('trouble' in answer) return office.tell(office.sentence(answer.trouble), 'bad');
    this.sales = answer.value.sales;
    this.chosen = null;
    this.problem = '';
    office.draw();
    openDialog(LATEST_ID);
  }

  choose(sale: SaleView): void {
    this.chosen = sale;
    this.#parts.office.draw();
    document.getElementById('reprint-reason')?.focus();
  }

  async reprint(reason: string): Promise<void> {
    const { office, requests, print } = this.#parts;
    if (!this.chosen) return;
    const answer = await requests.reprint(this.chosen.saleId, reason);
    if ('trouble' in answer) {
      this.problem = office.sentence(answer.trouble);
      return office.draw();
    }
    findDialog(LATEST_ID)?.close();
    print(answer.value.sale);
  }
}
