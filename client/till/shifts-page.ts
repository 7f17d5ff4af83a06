import { html, nothing, type TemplateResult } from 'lit-html';
import { type Stop, systemClock } from '../../shared/clock.ts';
import { isAtLeast } from '../../shared/office/people.ts';
import { ShiftsAnswer, type ShiftView } from '../../shared/office/shifts.ts';
import type { Office, OfficePage, OpenPage } from '../box-office/page.ts';
import { dayOf } from './shift-day.ts';
import { ShiftDesk } from './shift-desk.ts';
import { shiftList } from './shift-list-view.ts';
import { SHIFT_SENTENCES } from './shift-words.ts';
import { watchTill } from './watch-till.ts';

export const SHIFTS_PAGE: OfficePage = {
  path: '/box-office/shifts',
  title: 'page_shifts',
  role: 'cashier',
  open: office => new ShiftsPage(office),
};

/** One's own shift and, for supervisors, those of everybody. */
class ShiftsPage implements OpenPage {
  readonly #office: Office;
  readonly #venueId: number;
  readonly #desk: ShiftDesk;
  readonly #seesAll: boolean;
  readonly #stop: Stop;
  #shifts: ShiftView[] | null = null;

  constructor(office: Office) {
    this.#office = office;
    this.#venueId = office.venue?.venueId ?? 0;
    this.#seesAll = isAtLeast(office.staff.role, 'supervisor');
    this.#desk = new ShiftDesk(office);
    this.#stop = watchTill({ clock: systemClock, socket: office.socket }, this.#venueId, {
      watched: ({ sales }) => {
        this.#desk.hearSales(sales);
        void this.#load();
      },
      sale: sale => this.#desk.hearSale(sale),
      shift: shift => this.#hear(shift),
      refused: trouble => office.tell(office.sentence(trouble), 'bad'),
      known: () => new Set(),
    });
    void this.#load();
  }

  view(): TemplateResult {
    const words = this.#office.wordsOf(SHIFT_SENTENCES);
    const timeZone = this.#office.venue?.timeZone ?? 'Africa/Nairobi';
    const now = this.#office.clock.now();
    const list = { shifts: this.#shifts, timeZone, now, today: dayOf(now, timeZone) };
    return html`
      <h1 class="mb-4 text-xl">${words.say('page_shifts')}</h1>
      <div class="shifts" data-list=${this.#seesAll} data-stale=${this.#office.isStale}>
        ${this.#seesAll ? shiftList(list, words) : nothing} ${this.#desk.view()}
      </div>`;
  }

  close(): void {
    this.#stop();
  }

  #hear(shift: ShiftView) {
    void this.#desk.hearShift(shift);
    if (!this.#seesAll || !this.#shifts) return;
    const known = this.#shifts.find(({ shiftId }) => shiftId === shift.shiftId);
    if (known && known.version >= shift.version) return;
    const others = this.#shifts.filter(one => one !== known);
    this.#shifts = [...others, shift].sort((one, other) => other.shiftId - one.shiftId);
    this.#office.draw();
  }

  async #load() {
    await this.#desk.load();
    if (!this.#seesAll) return;
    const answer = await this.#office.api.get(`/box-office/shifts?venueId=${this.#venueId}`, ShiftsAnswer);
    if ('trouble' in answer) return this.#office.tell(this.#office.sentence(answer.trouble), 'bad');
    const known = new Map(this.#shifts?.map(shift => [shift.shiftId, shift]));
    this.#shifts = answer.value.shifts.map(shift => newest(shift, known.get(shift.shiftId)));
    this.#office.draw();
  }
}

/** An answer may be older than what was pushed while it was on its way. */
function newest(answered: ShiftView, known: ShiftView | undefined): ShiftView {
  return known && known.version > answered.version ? known : answered;
}
