import { systemClock } from '../../shared/clock.ts';
import type { Network } from '../../shared/networks.ts';
import type { GatewayName } from '../../shared/views.ts';
import type { Answered, Trouble } from '../kit/api.ts';
import { kept, rememberedText } from '../kit/device.ts';
import { focusFirstProblem } from '../kit/fields.ts';
import { announce } from '../kit/live-region.ts';
import type { Words } from '../kit/words.ts';
import { HostedFrame, hearRefusals } from './hosted-frame.ts';
import { FRAME_SAYS } from './hosted-page.ts';
import {
  isPayable,
  networkProblem,
  type Order,
  orderOf,
  payPhoneProblem,
  troubleProblem,
  untouched,
} from './pay-form.ts';
import type { PayActions, PayForm, PayingState } from './paying-state.ts';

const CHECKED_FOR_MS = 10_000; // Asking the gateway more often brings nothing: it allows a few questions a minute.

/** The page, as far as doing something on it is concerned; `View` is what is paid for. */
export interface PayDesk<View> {
  state(): PayingState | null;
  words(): Words;
  draw(): void;
  /** Undefined while there is nothing to pay for. */
  askForPayment(order: Order): Promise<Answered<View>> | undefined;
  askForCheck(): Promise<Answered<View>> | undefined;
  /** An answer brought the newest view along. */
  take(view: View): void;
  /** An answer did not: what is shown may have changed all the same. */
  askNow(): Promise<void>;
}

/** What a person does about a payment: type, choose, pay, ask. */
export class PayDoings<View> implements PayActions {
  form: PayForm = untouched(rememberedText('phone'));
  check: PayingState['check'] = 'possible';
  trouble: Trouble | null = null;
  readonly frame: HostedFrame;
  readonly #desk: PayDesk<View>;

  constructor(desk: PayDesk<View>) {
    this.#desk = desk;
    this.frame = new HostedFrame(() => this.#frameChanged());
    hearRefusals(this.frame);
  }

  typePhone = (phone: string): void => {
    this.trouble = null;
    this.#changeForm({ phone, phoneWasLeft: false });
  };

  leavePhone = (): void => this.#changeForm({ phoneWasLeft: this.form.phone !== '' });

  chooseNetwork = (network: Network): void => this.#changeForm({ network });

  frameLoaded = (isOurs: boolean): void => this.frame.loaded(isOurs);

  async pay(place: Element, gateway: GatewayName): Promise<void> {
    if (this.form.asking || !this.#isPayable()) return;
    this.trouble = null; // What was refused before may be possible now.
    this.#changeForm({ phoneWasLeft: true, wasTried: true });
    const state = this.#desk.state();
    const words = this.#desk.words();
    if (!state || payPhoneProblem(state, words) || networkProblem(state, words)) return focusFirstProblem(place);
    kept.write('phone', this.form.phone);
    this.#changeForm({ asking: gateway });
    await this.take(this.#desk.askForPayment(orderOf(state, gateway)));
    this.#changeForm({ asking: null });
    focusFirstProblem(place);
  }

  async checkNow(): Promise<void> {
    if (this.check !== 'possible') return;
    this.#changeCheck('asking');
    await this.take(this.#desk.askForCheck());
    this.#changeCheck('asked');
    systemClock.after(CHECKED_FOR_MS, () => this.#changeCheck('possible'));
  }

  /** Whatever the server says to it: what is shown afterwards is how things stand. */
  async take(asked: Promise<Answered<View>> | undefined): Promise<void> {
    if (!asked) return;
    this.trouble = null;
    this.#desk.draw();
    const answer = await asked;
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

  /** Whoever is back has paid, or has not: no need to wait for the gateway's word. */
  #frameChanged(): void {
    this.#desk.draw();
    const says = FRAME_SAYS[this.frame.state];
    if (says) announce(this.#desk.words().say(says));
    if (this.frame.state === 'back') void this.checkNow();
  }

  #isPayable(): boolean {
    const state = this.#desk.state();
    return state !== null && isPayable(state);
  }

  #changeForm(change: Partial<PayForm>): void {
    this.form = { ...this.form, ...change };
    this.#desk.draw();
  }

  #changeCheck(check: PayingState['check']): void {
    this.check = check;
    this.#desk.draw();
  }
}
