import { html, nothing, type TemplateResult } from 'lit-html';
import { examplePhone } from '../../shared/phone.ts';
import type { GatewayName } from '../../shared/views.ts';
import { paysFrom, submitted, textField } from '../kit/fields.ts';
import { countdown, type Words } from '../kit/words.ts';
import type { BookingActions, BookingPageState } from './booking-page-state.ts';
import { isPossible } from './booking-stage.ts';
import { payableFrom, payPhoneProblem } from './pay-form.ts';
import { gatewayName } from './stage-words.ts';

/** The number that pays, and one button for each way to pay. */
export function payFormView(state: BookingPageState, words: Words, actions: BookingActions): TemplateResult {
  const { booking, venue, form } = state;
  const { say } = words;
  const country = paysFrom(booking.total.currency);
  return html`
    <form class="card grid gap-5" novalidate @submit=${submitted((place, event) => pay(place, event, venue?.gateways, actions))}>
      ${textField({
        id: 'phone',
        label: say('payingPhone'),
        hint: `${say('payingPhoneWhy')} ${say('phoneExample', { example: examplePhone(country) })}`,
        problem: payPhoneProblem(state, words),
        initial: form.phone,
        type: 'tel',
        autocomplete: 'tel',
        input: typed => actions.typePhone(typed),
        leave: () => actions.leavePhone(),
      })}
      ${venue?.gateways.length === 0 ? html`<p>${say('opensSoonLong')}</p>` : nothing}
      ${(venue?.gateways ?? []).map(gateway => payButton(gateway, state, words))}
      ${isPossible(payableFrom(state), state.now) ? nothing : html`<p class="hint m-0">${say('whyWait')}</p>`}
    </form>`;
}

function payButton(gateway: GatewayName, state: BookingPageState, words: Words): TemplateResult {
  const { now, form } = state;
  const from = payableFrom(state);
  return html`
    <button class="button" name="gateway" value=${gateway} ?disabled=${!isPossible(from, now)} aria-disabled=${form.asking !== null}>
      ${from && from > now ? words.say('tryAgainIn', { time: countdown(from, now) }) : payLabel(gateway, state, words)}
    </button>`;
}

function payLabel(gateway: GatewayName, { form, stage, booking }: BookingPageState, words: Words): string {
  const values = { gateway: gatewayName(gateway, words), amount: words.money(booking.total) };
  if (form.asking === gateway) return words.say('paying', values);
  const again = stage.name === 'failed' ? `${words.say('tryAgain')}: ` : '';
  return again + words.say('payWith', values);
}

/** Enter in the field takes the first way to pay. */
function pay(place: Element, event: SubmitEvent, gateways: GatewayName[] = [], actions: BookingActions): Promise<void> {
  const pressed = event.submitter instanceof HTMLButtonElement ? event.submitter.value : '';
  const gateway = gateways.find(one => one === pressed) ?? gateways[0];
  return gateway ? actions.pay(place, gateway) : Promise.resolve();
}
