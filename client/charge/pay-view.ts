import { html, nothing, type TemplateResult } from 'lit-html';
import type { GatewayName } from '../../shared/views.ts';
import type { Trouble } from '../kit/api.ts';
import { submitted, textField } from '../kit/fields.ts';
import { payFields, payingWith } from '../payment/pay-fields.ts';
import { doingProblem, type PayFields } from '../payment/pay-form.ts';
import { pay } from '../payment/pay-form-view.ts';
import type { PayActions } from '../payment/paying-state.ts';
import { amountProblem, type ChargeForm, moneyOf, type Payee, purposeProblem } from './charge-form.ts';
import type { ChargeWords } from './charge-words.ts';

export interface PayPageState extends PayFields {
  payees: Payee[];
  payee: Payee;
  form: ChargeForm;
}
export interface PayPageActions extends Pick<PayActions, 'typePhone' | 'leavePhone' | 'chooseNetwork' | 'pay'> {
  type(change: Partial<Pick<ChargeForm, 'amount' | 'purpose' | 'amountWasLeft'>>): void;
  choosePayee(venueId: number): void;
}

/** Where, how much, what for, and from which number. */
export function payView(state: PayPageState, words: ChargeWords, actions: PayPageActions): TemplateResult {
  const { payees, payee, form } = state;
  const { gateways } = payee;
  return html`
    <form class="card grid gap-5" novalidate @submit=${submitted((place, event) => pay(place, event, gateways, actions))}>
      ${payees.length > 1 ? payeeField(state, words, actions) : html`<p class="font-semibold">${payee.name}</p>`}
      ${amountField(state, words, actions)}
      ${textField({
        id: 'purpose',
        label: words.say('purpose'),
        hint: words.say('purposeHint'),
        problem: purposeProblem(form, state.trouble, words),
        input: purpose => actions.type({ purpose }),
      })}
      ${payFields(state, words, actions)} ${problemLine(state, words)}
      ${gateways.map(gateway => payButton(gateway, state, words))}
    </form>`;
}

function payeeField({ payees, payee }: PayPageState, { say }: ChargeWords, actions: PayPageActions): TemplateResult {
  return html`
    <fieldset class="min-w-0">
      <legend class="mb-1.5 font-semibold">${say('chargeCinema')}</legend>
      <div class="grid gap-2 sm:grid-cols-2">
        ${payees.map(
          ({ venueId, name }) => html`
            <label class="choice">
              <input
                type="radio"
                name="payee"
                value=${venueId}
                .checked=${venueId === payee.venueId}
                @change=${() => actions.choosePayee(venueId)}
              />
              ${name}
            </label>`,
        )}
      </div>
    </fieldset>`;
}

/** What was understood stands beside what was typed. */
function amountField({ form, payee }: PayPageState, words: ChargeWords, actions: PayPageActions): TemplateResult {
  const { least, largest } = payee.charges;
  const money = moneyOf(form, payee);
  const problem = amountProblem(form, payee, words);
  const range = words.say('amountRange', { least: words.money(least), largest: words.money(largest) });
  return html`
    <div>
      ${textField({
        id: 'amount',
        label: words.say('amount', { currency: payee.currency }),
        hint: problem || money ? '' : range,
        problem,
        keys: 'numeric',
        input: amount => actions.type({ amount, amountWasLeft: false }),
        leave: () => actions.type({ amountWasLeft: form.amount !== '' }),
      })}
      <output class="mt-1.5 block text-xl font-extrabold text-marigold empty:hidden" for="amount">${money && !problem ? words.money(money) : ''}</output>
    </div>`;
}

function problemLine(state: PayPageState, words: ChargeWords): TemplateResult | typeof nothing {
  const problem = isNoPayee(state.trouble) ? words.say('payNowhere') : doingProblem(state, words);
  return problem ? html`<p class="problem m-0">${problem}</p>` : nothing;
}

const isNoPayee = (trouble: Trouble | null) => trouble?.code === 'not_found';

function payButton(gateway: GatewayName, state: PayPageState, words: ChargeWords): TemplateResult {
  const { form, payee } = state;
  const money = amountProblem(form, payee, words) ? null : moneyOf(form, payee);
  const values = { gateway: payingWith(gateway, state, words), amount: money ? words.money(money) : '' };
  return html`
    <button class="button" name="gateway" value=${gateway} aria-disabled=${form.asking !== null}>
      ${form.asking === gateway ? words.say('paying', { gateway: words.say(`gateway_${gateway}`) }) : words.say('payWith', values)}
    </button>`;
}
