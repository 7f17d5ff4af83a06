import { html, nothing, type TemplateResult } from 'lit-html';
import type { GatewayName } from '../../shared/views.ts';
import { submitted } from '../kit/fields.ts';
import { countdown, type Words } from '../kit/words.ts';
import { payFields, payingWith } from './pay-fields.ts';
import { isOtherNumber, payableFrom } from './pay-form.ts';
import type { PayActions, PayingState } from './paying-state.ts';
import { isPossible } from './payment-stage.ts';

/** The number that pays, and one button for each way to pay. */
export function payFormView(state: PayingState, words: Words, actions: PayActions): TemplateResult {
  const { gateways } = state.payable;
  return html`
    <form class="card grid gap-5" novalidate @submit=${submitted((place, event) => pay(place, event, gateways, actions))}>
      ${payFields(state, words, actions)}
      ${gateways.length === 0 ? html`<p>${words.say('opensSoonLong')}</p>` : nothing}
      ${gateways.map(gateway => payButton(gateway, state, words))} ${waiting(state, words)}
    </form>`;
}

function payButton(gateway: GatewayName, state: PayingState, words: Words): TemplateResult {
  const { now, form } = state;
  const from = payableFrom(state);
  return html`
    <button class="button" name="gateway" value=${gateway} ?disabled=${!isPossible(from, now)} aria-disabled=${form.asking !== null}>
      ${from && from > now ? words.say('tryAgainIn', { time: countdown(from, now) }) : payLabel(gateway, state, words)}
    </button>`;
}

function payLabel(gateway: GatewayName, state: PayingState, words: Words): string {
  const { form, stage, payable } = state;
  if (form.asking === gateway) return words.say('paying', { gateway: words.say(`gateway_${gateway}`) });
  const again = stage.name === 'failed' ? `${words.say('tryAgain')}: ` : '';
  return (
    again + words.say('payWith', { gateway: payingWith(gateway, state, words), amount: words.money(payable.amount) })
  );
}

/** Why the button waits; or why it need not, though the last number had to. */
function waiting(state: PayingState, { say }: Words): TemplateResult | typeof nothing {
  const { now, stage } = state;
  if (!isPossible(payableFrom(state), now)) return html`<p class="hint m-0">${say('whyWait')}</p>`;
  const lastMustWait = stage.payFrom !== null && stage.payFrom > now && isOtherNumber(state);
  return lastMustWait ? html`<p class="hint m-0">${say('whyNoWait')}</p>` : nothing;
}

/** Enter in the field takes the first way to pay. */
export function pay(
  place: Element,
  { submitter }: SubmitEvent,
  gateways: GatewayName[],
  actions: Pick<PayActions, 'pay'>,
): Promise<void> {
  const pressed = submitter instanceof HTMLButtonElement ? submitter.value : '';
  const gateway = gateways.find(one => one === pressed) ?? gateways[0];
  return gateway ? actions.pay(place, gateway) : Promise.resolve();
}
