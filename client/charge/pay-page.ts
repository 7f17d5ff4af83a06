import { html, type TemplateResult } from 'lit-html';
import { systemClock } from '../../shared/clock.ts';
import type { Network } from '../../shared/networks.ts';
import { ChargeView, type GatewayName, VenuesAnswer } from '../../shared/views.ts';
import { call, type Trouble } from '../kit/api.ts';
import { kept, rememberedText } from '../kit/device.ts';
import { WITH_CHARGES } from '../kit/dictionary-of-charges.ts';
import { focusFirstProblem } from '../kit/fields.ts';
import { announce } from '../kit/live-region.ts';
import { startPageSaying } from '../kit/page.ts';
import { createServerClock } from '../kit/server-clock.ts';
import { troublePage } from '../kit/trouble-page.ts';
import { networkProblem, orderOf, payPhoneProblem, troubleProblem } from '../payment/pay-form.ts';
import { openCharge } from './ask-charge.ts';
import {
  amountProblem,
  type ChargeForm,
  chargeOrder,
  type Payee,
  payees,
  purposeProblem,
  untouchedCharge,
} from './charge-form.ts';
import { chargeList } from './charge-list.ts';
import type { ChargeWords } from './charge-words.ts';
import { type PayPageActions, type PayPageState, payView } from './pay-view.ts';
import { rememberCharge, rememberedCharges } from './remembered-charges.ts';

/** `/pay`: any amount, for anything. */
class PayPage implements PayPageActions {
  readonly #clock = createServerClock(systemClock);
  readonly #page = startPageSaying(WITH_CHARGES, words => this.#body(words));
  #payees: Payee[] | null = null;
  #venueId = 0;
  #missing: Trouble | null = null;
  #form: ChargeForm = untouchedCharge(rememberedText('phone'));
  #trouble: Trouble | null = null;

  async start(): Promise<void> {
    this.#page.draw();
    addEventListener('pageshow', () => this.#change({ asking: null })); // Back again, out of the browser's memory.
    await Promise.all([this.#loadPayees(), this.#refreshCharges()]);
  }

  type = (change: Partial<ChargeForm>): void => {
    this.#trouble = null;
    this.#change(change);
  };
  typePhone = (phone: string): void => this.type({ phone, phoneWasLeft: false });
  leavePhone = (): void => this.#change({ phoneWasLeft: this.#form.phone !== '' });
  chooseNetwork = (network: Network): void => this.#change({ network });

  choosePayee(venueId: number): void {
    this.#venueId = venueId;
    this.type({});
  }

  async pay(place: Element, gateway: GatewayName): Promise<void> {
    if (this.#form.asking) return;
    this.#trouble = null;
    this.#change({ phoneWasLeft: true, wasTried: true });
    const state = this.#state();
    const order = state && chargeOrder(state.form, state.payee, orderOf(state, gateway));
    if (!state || !order || this.#hasProblem(state)) return focusFirstProblem(place);
    kept.write('phone', order.phone);
    this.#change({ asking: gateway });
    const answer = await openCharge(order);
    if ('value' in answer) return this.#goTo(answer.value);
    this.#trouble = answer.trouble;
    this.#change({ asking: null });
    announce(troubleProblem(state, this.#page.words));
    focusFirstProblem(place);
  }

  #goTo(charge: ChargeView): void {
    rememberCharge(kept, charge);
    location.assign(`/charges/${charge.chargeId}`);
  }

  #state(): PayPageState | null {
    const known = this.#payees ?? [];
    const payee = known.find(({ venueId }) => venueId === this.#venueId) ?? known[0];
    if (!payee) return null;
    const payable = { amount: { amount: 0, currency: payee.currency }, gateways: payee.gateways };
    return { payees: known, payee, payable, form: this.#form, trouble: this.#trouble, now: this.#clock.now() };
  }

  #hasProblem(state: PayPageState): boolean {
    const { words } = this.#page;
    const { form, payee } = state;
    const own = amountProblem(form, payee, words) || purposeProblem(form, null, words);
    return Boolean(own || payPhoneProblem(state, words) || networkProblem(state, words));
  }

  #body(words: ChargeWords): TemplateResult {
    const { say } = words;
    const now = this.#clock.now();
    document.title = `${say('payTitle')} – Tiketi`;
    if (!this.#payees && this.#missing)
      return troublePage(this.#missing, 'payNowhere', words, now, () => void this.#loadPayees());
    return html`
      <div class="frame mt-6 grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-5">
        <div>
          <h1 class="text-2xl">${say('payTitle')}</h1>
          <p class="mt-1 text-dust">${say('payTagline')}</p>
        </div>
        ${this.#formOr(words)} ${chargeList(rememberedCharges(kept, now), words)}
      </div>`;
  }

  #formOr(words: ChargeWords): TemplateResult {
    const state = this.#state();
    if (state) return payView(state, words, this);
    return html`<p class="card">${words.say(this.#payees ? 'payNowhere' : 'loading')}</p>`;
  }

  #change(change: Partial<ChargeForm>): void {
    this.#form = { ...this.#form, ...change };
    this.#page.draw();
  }

  async #loadPayees(): Promise<void> {
    const answer = await call('/venues', VenuesAnswer);
    this.#missing = 'trouble' in answer ? answer.trouble : null;
    if ('value' in answer) {
      this.#clock.hear(answer.now);
      this.#payees = payees(answer.value.venues);
    }
    this.#page.draw();
  }

  /** What this device remembers of a charge may be old. */
  async #refreshCharges(): Promise<void> {
    const open = rememberedCharges(kept, this.#clock.now()).filter(({ state }) => state === 'open');
    const answers = await Promise.all(open.map(({ chargeId }) => call(`/charges/${chargeId}`, ChargeView)));
    for (const answer of answers) if ('value' in answer) rememberCharge(kept, answer.value);
    this.#page.draw();
  }
}

void new PayPage().start();
