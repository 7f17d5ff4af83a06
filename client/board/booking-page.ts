import { html, type TemplateResult } from 'lit-html';
import { BoardAnswer, BoardChange, type BoardShowing } from '../../shared/office/board.ts';
import type { BookingAction, OfficeBooking } from '../../shared/office/booking.ts';
import { partOf } from '../box-office/navigation.ts';
import type { Answered } from '../box-office/office-api.ts';
import type { Office, OfficePage, OpenPage } from '../box-office/page.ts';
import { findDialog, openDialog } from '../kit/dialog.ts';
import { ticketsPaper } from '../ticket/ticket-paper.ts';
import { type ActionRequest, askActionDialog, DIALOG_ID, isResending, type Resending } from './action-dialog.ts';
import { type BookingApi, createBookingApi } from './booking-api.ts';
import { bookingView } from './booking-view.ts';
import { BOARD_SENTENCES, type BoardKey } from './words.ts';

const PATH = '/box-office/bookings/:bookingId';

export const BOOKING_PAGE: OfficePage = {
  path: PATH,
  title: 'page_booking',
  role: 'cashier',
  open: (office, path) => new BookingPage(office, partOf(PATH, path)),
};

/** One booking: what it is, what happened to it, and what can be done. */
class BookingPage implements OpenPage {
  readonly #office: Office;
  readonly #api: BookingApi;
  readonly #bookingId: string;
  readonly #stops: (() => void)[];
  #seen: OfficeBooking | null = null;
  #problem = '';
  #asked: BookingAction | null = null;
  #targets: BoardShowing[] | null = null;
  #wrong = '';

  constructor(office: Office, bookingId: string) {
    this.#office = office;
    this.#bookingId = bookingId;
    this.#api = createBookingApi(office.api, bookingId);
    this.#stops = [
      office.socket.on('board:changed', BoardChange, change => this.#hear(change)),
      office.socket.onOpen(() => void this.#load()),
      office.everySecond(() => office.draw()),
    ];
    if (!office.socket.isOpen()) void this.#load();
  }

  view(): TemplateResult {
    const words = this.#office.wordsOf(BOARD_SENTENCES);
    if (!this.#seen) return html`<p>${this.#problem || words.say('searching')}</p>`;
    const state = { seen: this.#seen, now: this.#office.clock.now(), isStale: this.#office.isStale };
    return html`
      ${bookingView(state, { start: action => void this.#start(action) }, words)}
      ${askActionDialog(
        { asked: this.#asked, booking: this.#seen.booking, targets: this.#targets, wrong: this.#wrong },
        { act: request => void this.#act(request), putAway: () => this.#putAway() },
        { words, now: state.now },
      )}`;
  }

  key({ key }: KeyboardEvent): boolean {
    if (key !== 'Escape') return false;
    this.#office.go('/box-office/board');
    return true;
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #hear({ bookings }: BoardChange) {
    const changed = bookings.find(({ bookingId }) => bookingId === this.#bookingId);
    if (changed && changed.version > (this.#seen?.booking.version ?? 0)) void this.#load();
  }

  async #load() {
    const answer = await this.#api.see();
    this.#take(answer);
    const venueId = this.#seen?.booking.showing.venueId;
    if (venueId !== undefined) await this.#office.socket.ask('board:watch', { venueId }, BoardAnswer); // From now on it hears.
  }

  #take(answer: Answered<{ booking: OfficeBooking }>): boolean {
    const isGood = 'value' in answer;
    if (isGood && answer.value.booking.booking.version >= (this.#seen?.booking.version ?? 0)) {
      this.#seen = answer.value.booking;
      this.#office.clock.hear(this.#seen.booking.now);
    }
    this.#problem = isGood ? '' : this.#office.sentence(answer.trouble);
    this.#office.draw();
    return isGood;
  }

  async #start(action: BookingAction) {
    if (isResending(action)) return this.#resend(action);
    this.#asked = action;
    this.#wrong = '';
    this.#targets = null;
    this.#office.draw();
    openDialog(DIALOG_ID);
    if (action !== 'move') return;
    const answer = await this.#api.targets();
    if ('value' in answer) this.#targets = answer.value.showings;
    else this.#wrong = this.#office.sentence(answer.trouble);
    this.#office.draw();
  }

  #putAway() {
    this.#asked = null;
    this.#office.draw();
  }

  async #resend(action: Resending) {
    const answer = await this.#api[action]();
    if ('trouble' in answer) return this.#office.tell(this.#office.sentence(answer.trouble), 'bad');
    this.#take(answer);
    this.#office.tell(this.#office.wordsOf(BOARD_SENTENCES).say(action === 'mail' ? 'mailed' : 'resent'));
  }

  async #act(request: ActionRequest) {
    const answer = request.action === 'refund' ? await this.#refund(request) : await this.#api.decide(request);
    if (!answer) return; // The supervisor's question was put away.
    if ('trouble' in answer) {
      this.#wrong = this.#office.sentence(answer.trouble);
      return this.#office.draw();
    }
    findDialog(DIALOG_ID)?.close();
    this.#take(answer);
    this.#office.tell(this.#done(request.action));
    if (request.action === 'reprint') this.#print(answer.value.booking);
  }

  /** The dialog makes room for the one in which the supervisor types. */
  #refund(request: ActionRequest) {
    const { total, reference } = this.#seen?.booking ?? { total: null, reference: '' };
    const { say, money } = this.#office.wordsOf(BOARD_SENTENCES);
    const what = say('approveRefund', { amount: total ? money(total) : '', reference });
    return this.#office.approve(what, approval => this.#api.decide(request, approval));
  }

  #done(action: ActionRequest['action']): string {
    const { say, time } = this.#office.wordsOf(BOARD_SENTENCES);
    const { title = '', startsAt = '', timeZone = 'UTC' } = this.#seen?.booking.showing ?? {};
    return say(DONE[action], { title, time: startsAt && time(startsAt, timeZone) });
  }

  #print({ booking }: OfficeBooking) {
    const paper = { ...booking.showing, reference: booking.reference, tickets: booking.tickets };
    this.#office.print(ticketsPaper(paper, this.#office.words), 'receipt');
  }
}

const DONE = {
  reprint: 'reprinted',
  move: 'moved',
  cancel: 'cancelled',
  refund: 'refunded',
} as const satisfies Record<ActionRequest['action'], BoardKey>;
