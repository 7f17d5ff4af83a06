import { systemClock } from '../../shared/clock.ts';
import type { BookingView, GatewayName } from '../../shared/views.ts';
import type { Answered, Trouble } from '../kit/api.ts';
import { rememberedText } from '../kit/device.ts';
import { openDialog } from '../kit/dialog.ts';
import { focusFirstProblem } from '../kit/fields.ts';
import { announce } from '../kit/live-region.ts';
import type { Words } from '../kit/words.ts';
import { askForCheck, askForPayment, cancelBooking } from './ask-booking.ts';
import type { BookingActions, BookingPageState, PayForm } from './booking-page-state.ts';
import { isPayable, payPhoneProblem, troubleProblem } from './pay-form.ts';

const CHECKED_FOR_MS = 10_000; // Asking the gateway more often brings nothing: it allows a few questions a minute.

/** The page, as far as doing something on it is concerned. */
export interface BookingDesk {
  state(): BookingPageState | null;
  words(): Words;
  draw(): void;
  /** An answer brought the booking along. */
  take(booking: BookingView): void;
  /** An answer did not: the booking may have changed all the same. */
  askNow(): Promise<void>;
}

/** What a person does with a booking: type, pay, ask, cancel. */
export class BookingDoings implements BookingActions {
  form: PayForm = { phone: rememberedText('phone'), phoneWasLeft: false, asking: null };
  check: BookingPageState['check'] = 'possible';
  trouble: Trouble | null = null;
  readonly #desk: BookingDesk;

  constructor(desk: BookingDesk) {
    this.#desk = desk;
  }

  typePhone(phone: string): void {
    this.trouble = null;
    this.#changeForm({ phone, phoneWasLeft: false });
  }

  leavePhone(): void {
    this.#changeForm({ phoneWasLeft: this.form.phone !== '' });
  }

  async pay(place: Element, gateway: GatewayName): Promise<void> {
    const before = this.#desk.state();
    if (!before || this.form.asking || !isPayable(before)) return;
    this.trouble = null; // What was refused before may be possible now.
    this.#changeForm({ phoneWasLeft: true });
    const state = this.#desk.state() ?? before;
    if (payPhoneProblem(state, this.#desk.words())) return focusFirstProblem(place);
    this.#changeForm({ asking: gateway });
    await this.#ask(booking => askForPayment(booking, gateway, this.form.phone));
    this.#changeForm({ asking: null });
    focusFirstProblem(place);
  }

  async checkNow(): Promise<void> {
    if (this.check !== 'possible') return;
    this.#changeCheck('asking');
    await this.#ask(askForCheck);
    this.#changeCheck('asked');
    systemClock.after(CHECKED_FOR_MS, () => this.#changeCheck('possible'));
  }

  askToCancel(): void {
    openDialog('cancel');
  }

  async cancel(): Promise<void> {
    await this.#ask(cancelBooking);
  }

  /** Whatever the server says to it: what is shown afterwards is the booking as it stands. */
  async #ask(ask: (booking: BookingView) => Promise<Answered<BookingView>>): Promise<void> {
    const state = this.#desk.state();
    if (!state) return;
    this.trouble = null;
    this.#desk.draw();
    const answer = await ask(state.booking);
    if ('value' in answer) return this.#desk.take(answer.value);
    this.#tell(answer.trouble);
    await this.#desk.askNow();
  }

  #tell(trouble: Trouble): void {
    this.trouble = trouble;
    const state = this.#desk.state();
    if (state) announce(troubleProblem(state, this.#desk.words()));
    this.#desk.draw();
  }

  #changeForm(change: Partial<PayForm>): void {
    this.form = { ...this.form, ...change };
    this.#desk.draw();
  }

  #changeCheck(check: BookingPageState['check']): void {
    this.check = check;
    this.#desk.draw();
  }
}
