import { html, type TemplateResult } from 'lit-html';
import { systemClock } from '../../shared/clock.ts';
import type { TillWatched } from '../../shared/office/shifts.ts';
import type { VenueView } from '../../shared/views.ts';
import { watchBoard } from '../board/watch-board.ts';
import type { OfficeTrouble } from '../box-office/office-api.ts';
import type { Office, OfficePage, OpenPage } from '../box-office/page.ts';
import { Counter } from './counter.ts';
import { OwnShift } from './own-shift.ts';
import { createSaleRequests } from './sale-requests.ts';
import { scanIn } from './scan-in.ts';
import { Till } from './till.ts';
import { pressKey } from './till-keys.ts';
import { tillView } from './till-view.ts';
import { watchTill } from './watch-till.ts';

export const TILL_PAGE: OfficePage = {
  path: '/box-office/till',
  title: 'page_till',
  role: 'cashier',
  stays: true,
  open: office => (office.venue ? new TillPage(office, office.venue) : NOWHERE),
};

/** Without a venue there is nothing to sell. */
const NOWHERE: OpenPage = { view: () => html``, close() {} };

/** Selling: the customers at the counter, what they can have, and the shift it all belongs to. */
class TillPage implements OpenPage {
  readonly #till: Till;
  readonly #shift: OwnShift;
  readonly #stops: (() => void)[];
  #isOver = false;

  constructor(office: Office, venue: VenueView) {
    const requests = createSaleRequests(office.api, venue.venueId);
    const refused = (trouble: OfficeTrouble) => office.tell(office.sentence(trouble), 'bad');
    const line = { clock: systemClock, serverClock: office.clock, socket: office.socket };
    const board = watchBoard(line, venue.venueId, { changed: () => office.draw(), refused });
    const counter = new Counter({ office, venue, requests, board: board.memory, isOver: () => this.#isOver });
    this.#till = new Till(counter);
    this.#shift = new OwnShift(office, requests);
    const stopWatching = watchTill(line, venue.venueId, {
      watched: (answer, knownThen) => this.#watched(answer, knownThen),
      sale: sale => this.#till.hear(sale),
      shift: shift => {
        this.#shift.hearChange(shift);
        office.draw();
      },
      refused,
      known: () => this.#known(),
    });
    const warn = (event: Event) => this.#warn(event);
    addEventListener('beforeunload', warn);
    this.#stops = [
      board.stop,
      stopWatching,
      office.everySecond(() => office.draw()),
      () => removeEventListener('beforeunload', warn),
    ];
  }

  view(): TemplateResult {
    return tillView(this.#till, this.#shift);
  }

  key(event: KeyboardEvent): boolean {
    return event.key === '/' || this.#shift.shift ? pressKey(event, this.#till) : false;
  }

  scanned(code: string): void {
    if (this.#shift.shift) void scanIn(code, this.#till);
  }

  close(): void {
    this.#isOver = true;
    for (const stop of this.#stops) stop();
  }

  /** What began before this page did waits at its side; what was open and is not any more has ended meanwhile. */
  #watched({ sales, shift }: TillWatched, knownThen: ReadonlySet<string>) {
    const { counter } = this.#till;
    this.#shift.hear(shift);
    counter.queue.adopt(sales.filter(({ shiftId }) => shiftId === shift?.shiftId));
    for (const sale of sales) this.#till.hear(sale);
    const there = new Set(sales.map(({ saleId }) => saleId));
    for (const saleId of knownThen) if (!there.has(saleId)) void this.#see(saleId);
    counter.changed();
  }

  async #see(saleId: string) {
    const answer = await this.#till.counter.requests.see(saleId);
    if ('value' in answer) this.#till.hear(answer.value.sale);
  }

  #known(): Set<string> {
    const open = this.#till.counter.queue.all.filter(({ sale }) => sale?.state === 'open');
    return new Set(open.flatMap(({ sale }) => sale?.saleId ?? []));
  }

  /** A tab that is closed would forget under which key it was to ask again. */
  #warn(event: Event) {
    if (this.#till.counter.queue.all.some(({ asking }) => asking !== null)) event.preventDefault();
  }
}
