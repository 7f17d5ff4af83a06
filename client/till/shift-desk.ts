import type { TemplateResult } from 'lit-html';
import { type OwnShifts, OwnShiftsAnswer, type ShiftView } from '../../shared/office/shifts.ts';
import type { SaleView } from '../../shared/office/till.ts';
import type { Answered } from '../box-office/office-api.ts';
import type { Office } from '../box-office/page.ts';
import { findDialog, openDialog } from '../kit/dialog.ts';
import { CashCount } from './shift-count.ts';
import { deskView, SURE_DIALOG } from './shift-desk-view.ts';
import { type Counted, createShiftRequests, type Movement, type ShiftRequests } from './shift-requests.ts';
import { SHIFT_SENTENCES } from './shift-words.ts';

/** What somebody is about to do; `again` names the shift whose drawer is counted once more. */
export type DeskTask = { task: 'rest' | 'move' | 'close' } | { task: 'again'; shiftId: number };

/** One's own shift, from the float to the seal. Nothing here knows what the drawer should hold. */
export class ShiftDesk {
  readonly requests: ShiftRequests;
  readonly #office: Office;
  readonly #openSales = new Map<string, SaleView>();
  task: DeskTask = { task: 'rest' };
  own: OwnShifts | null = null;
  count: CashCount;
  problem = '';
  isBusy = false;
  /** The shift that the problem is about; null: one that is still to be opened. */
  #about: number | null = null;

  constructor(office: Office) {
    this.#office = office;
    this.requests = createShiftRequests(office);
    this.count = new CashCount(office.venue?.currency ?? 'KES');
  }

  view(): TemplateResult {
    return deskView(this, this.#office, this.#office.wordsOf(SHIFT_SENTENCES));
  }

  problemOf(about: number | null): string {
    return this.#about === about && this.task.task === 'rest' ? this.problem : '';
  }

  draw(): void {
    this.#office.draw();
  }

  /** The references of sales that must end before the drawer is counted. */
  get salesInTheWay(): string[] {
    const shiftId = this.own?.shift?.shiftId;
    return [...this.#openSales.values()].filter(sale => sale.shiftId === shiftId).map(({ reference }) => reference);
  }

  async load(): Promise<void> {
    const answer = await this.#office.api.get('/box-office/shifts/mine', OwnShiftsAnswer);
    if ('value' in answer) this.#take(answer.value);
    else if (!this.own) this.problem = this.#office.sentence(answer.trouble);
    this.draw();
  }

  hearSale(sale: SaleView): void {
    if (sale.state === 'open') this.#openSales.set(sale.saleId, sale);
    else this.#openSales.delete(sale.saleId);
    this.draw();
  }

  hearSales(sales: SaleView[]): void {
    this.#openSales.clear();
    for (const sale of sales) this.#openSales.set(sale.saleId, sale);
    this.draw();
  }

  /** One's own changed, on this screen or another. */
  async hearShift({ shiftId, cashier }: ShiftView): Promise<void> {
    const isOwn = cashier === this.#office.staff.name || this.#known.some(one => one.shiftId === shiftId);
    if (isOwn) await this.load();
  }

  start(task: DeskTask): void {
    this.task = task;
    this.problem = '';
    const about = task.task === 'again' ? task.shiftId : this.own?.shift?.shiftId;
    const shift = this.#known.find(({ shiftId }) => shiftId === about);
    this.count = new CashCount(shift?.currency ?? this.#office.venue?.currency ?? 'KES');
    this.draw();
    document.querySelector<HTMLElement>('.desk-task input')?.focus();
  }

  async open(): Promise<void> {
    const { venue } = this.#office;
    if (!venue || !this.#isCountRight()) return;
    const float = { amount: this.count.total, currency: venue.currency };
    await this.#doing(null, () => this.requests.open(venue.venueId, float), 'opened');
  }

  async move(shiftId: number, movement: Movement): Promise<void> {
    const { say, money } = this.#office.wordsOf(SHIFT_SENTENCES);
    const values = { kind: say(`move_${movement.kind}`), amount: money(movement.amount) };
    await this.#doing(shiftId, () => this.requests.move(shiftId, movement), 'moved', values);
  }

  /** Asks once more: a count cannot be taken back. */
  askToClose(): void {
    if (this.#isCountRight()) openDialog(SURE_DIALOG);
  }

  async close(shiftId: number, counted: Counted): Promise<void> {
    findDialog(SURE_DIALOG)?.close();
    await this.#doing(shiftId, () => this.requests.count(shiftId, counted), 'countedNow');
  }

  async countAgain(shiftId: number, counted: Counted): Promise<void> {
    if (this.#isCountRight())
      await this.#doing(shiftId, () => this.requests.countAgain(shiftId, counted), 'countedNow');
  }

  async seal(shiftId: number, note: string): Promise<void> {
    await this.#doing(shiftId, () => this.requests.seal(shiftId, note), 'sealedNow', { number: shiftId });
  }

  get #known(): ShiftView[] {
    if (!this.own) return [];
    return this.own.shift ? [this.own.shift, ...this.own.waiting] : this.own.waiting;
  }

  #isCountRight(): boolean {
    if (!this.count.isAllRight) document.querySelector<HTMLElement>('.cash-count [aria-invalid="true"]')?.focus();
    return this.count.isAllRight;
  }

  #take(own: OwnShifts) {
    if (!this.own) this.problem = '';
    this.own = own;
    const { task } = this;
    const isGone = task.task === 'again' && !own.waiting.some(({ shiftId }) => shiftId === task.shiftId);
    if (isGone || ((task.task === 'move' || task.task === 'close') && !own.shift)) this.task = { task: 'rest' };
  }

  /** `ask` gives null where a supervisor was asked and the question was put away. */
  async #doing(
    about: number | null,
    ask: () => Promise<Answered<{ shift: ShiftView | null }> | null>,
    done: 'opened' | 'moved' | 'countedNow' | 'sealedNow',
    values: Record<string, string | number> = {},
  ) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.#about = about;
    this.problem = '';
    this.draw();
    const answer = await ask();
    this.isBusy = false;
    if (answer && 'trouble' in answer) this.problem = this.#office.sentence(answer.trouble);
    if (answer && 'value' in answer) {
      this.start({ task: 'rest' });
      this.#office.tell(this.#office.wordsOf(SHIFT_SENTENCES).say(done, values));
    }
    await this.load();
  }
}
