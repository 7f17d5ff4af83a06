import { html, nothing, type TemplateResult } from 'lit-html';
import { NETWORK_MARKS } from '../../shared/networks.ts';
import type { ChargeView, PaymentView } from '../../shared/views.ts';
import { isTestMode } from '../kit/page.ts';
import { hostedPage } from '../payment/hosted-page.ts';
import { doingProblem } from '../payment/pay-form.ts';
import { payFormView } from '../payment/pay-form-view.ts';
import type { PayActions, PayingState } from '../payment/paying-state.ts';
import { checkButton, fact, offlineLine, receiptNumber, refundList, venueContact } from '../payment/paying-view.ts';
import { stageCard } from '../payment/stage-card.ts';
import { stageWords } from '../payment/stage-words.ts';
import type { ChargeStageName } from './charge-stage.ts';
import { type ChargeWords, dateAndTime } from './charge-words.ts';

export interface ChargePageState extends PayingState<ChargeStageName> {
  charge: ChargeView;
}

/** The whole page: first where things stand, then what can be done, then what is known. */
export function chargeView(state: ChargePageState, words: ChargeWords, actions: PayActions): TemplateResult {
  const { charge, stage, payable } = state;
  return html`
    <div class="frame mt-4 grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-5">
      ${offlineLine(state, words)} ${stageCard(state, stageWords(payable, stage, words), words)}
      <div class="contents">${doing(state, words, actions)}</div>
      ${refundList(payable, words)} ${receipt(state, words)}
      ${venueContact(charge.venue, charge.venueContact, charge.reference, words)}
    </div>`;
}

function doing(state: ChargePageState, words: ChargeWords, actions: PayActions): TemplateResult {
  const { stage } = state;
  const problem = doingProblem(state, words);
  return html`
    ${hostedPage(state, words, actions)} ${stage.payFrom ? payFormView(state, words, actions) : nothing}
    ${problem ? html`<p class="problem m-0">${problem}</p>` : nothing}
    <p class="flex flex-wrap gap-3 empty:hidden">${checkButton(state, words, actions)}${afterwards(state, words)}</p>`;
}

function afterwards({ charge, stage }: ChargePageState, { say }: ChargeWords): TemplateResult | typeof nothing {
  const isOver = charge.state !== 'open' || stage.name === 'charge_too_much';
  if (!isOver || stage.turn === 'providers') return nothing;
  return html`
    ${charge.state === 'paid' ? html`<button class="button" type="button" @click=${() => print()}>${say('print')}</button>` : nothing}
    <a class="button-second" href="/pay">${say('payAnother')}</a>`;
}

/** Once it is paid, what goes into a cash book; on paper nothing else of the page. */
function receipt({ charge, payable }: ChargePageState, words: ChargeWords): TemplateResult {
  const { say } = words;
  const { payment, venue, purpose, amount, reference, timeZone, venueContact } = charge;
  const isPaid = charge.state === 'paid';
  return html`
    <section class="card ${isPaid ? 'receipt' : ''}" aria-labelledby="facts">
      <h2 class="mb-4 text-lg" id="facts">${isPaid ? say('receiptLabel') : purpose}</h2>
      <dl class="facts">
        ${fact(say('cinemaLabel'), html`${venue}<span class="block text-sm font-normal text-dust">${venueContact.address}</span>`)}
        ${isPaid ? fact(say('purposeLabel'), purpose) : nothing} ${fact(say('amountLabel'), words.money(amount))}
        ${payment && isPaid ? fact(say('paidWithLabel'), paidWith(payment, words)) : nothing}
        ${fact(say('phoneLabel'), payment?.phone ?? null)}
        ${fact(say('dateLabel'), payment && dateAndTime(payment.startedAt, timeZone, words))}
        ${fact(say('referenceLabel'), html`<span class="code">${reference}</span>`)}
        ${fact(say('receiptNumberLabel'), receiptNumber(payable, words))}
      </dl>
      ${isTestMode() && isPaid ? html`<p class="mt-4 font-bold text-marigold">${say('testMode')}</p>` : nothing}
      ${isPaid ? nothing : html`<p class="hint mt-5">${say('leaveSafely')}</p>`}
    </section>`;
}

function paidWith({ gateway, network }: PaymentView, { say }: ChargeWords): string {
  const name = say(`gateway_${gateway}`);
  return network ? `${NETWORK_MARKS[network].name} (${name})` : name;
}
