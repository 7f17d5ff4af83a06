import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { type Money, wholeShillings } from '../../shared/money.ts';
import { NETWORK_MARKS, NETWORKS, type Network } from '../../shared/networks.ts';
import { examplePhone } from '../../shared/phone.ts';
import { paysFrom, typedIn } from '../kit/fields.ts';
import type { Customer } from './customer.ts';
import { amountOf, changeOf, networkOf, type TypedField } from './payment-form.ts';
import { roundSums } from './round-sums.ts';
import type { TillWords } from './words.ts';

export interface FieldDoings {
  type(field: TypedField, text: string): void;
  chooseNetwork(network: Network): void;
}

/** What the cashier types about the way that is chosen. */
export function wayFields(customer: Customer, due: Money, doings: FieldDoings, words: TillWords): TemplateResult {
  const { say } = words;
  const field = (name: TypedField, label: string, more: { hint?: string; numeric?: boolean } = {}) =>
    typedField(customer, name, { label, ...more }, doings);
  switch (customer.form.way) {
    case 'cash':
      return cashFields(customer, due, doings, words);
    case 'daraja':
    case 'pesapal': {
      const example = examplePhone(paysFrom(due.currency));
      return html`
        ${field('phone', say('pushPhone'), { hint: say('phoneExample', { example }), numeric: true })}
        ${customer.form.way === 'pesapal' ? networkField(customer, due, doings, words) : nothing}`;
    }
    case 'card':
      return field('reference', say('cardReference'));
    case 'paid_before':
      return field('receiptNumber', say('receiptField'));
    case 'complimentary':
      return field('reason', say('reasonField'), { hint: say('supervisorNext') });
    case 'link':
      return html`<p>${say('linkHelp')}</p>`;
  }
}

/** What is given, its round sums, and what goes back, as it is typed. */
function cashFields(customer: Customer, due: Money, doings: FieldDoings, words: TillWords): TemplateResult {
  const { say, money } = words;
  const amount = amountOf(customer.form, due) ?? due;
  const change = changeOf(customer.form, due);
  const hint = say('givenHint', { amount: money(amount) });
  return html`
    ${typedField(customer, 'given', { label: say('given'), hint, numeric: true }, doings)}
    <div class="ways" role="group" aria-label=${say('roundSums')}>
      ${roundSums(amount).map(
        (sum, at) => html`
          <button
            class="button-second small"
            type="button"
            aria-keyshortcuts="F${at + 1}"
            @click=${() => doings.type('given', String(wholeShillings(sum.amount)))}
          >
            <span class="key mr-2" aria-hidden="true">F${at + 1}</span>${money(sum)}
          </button>`,
      )}
    </div>
    ${
      change && change.amount > 0
        ? html`<p class="flex items-baseline justify-between gap-3">
            <span>${say('change')}</span> <b class="till-sum text-marigold">${money(change)}</b>
          </p>`
        : nothing
    }`;
}

export function typedField(
  { form, wrong }: Customer,
  name: TypedField,
  { label, hint = '', numeric = false }: { label: string; hint?: string; numeric?: boolean },
  { type }: Pick<FieldDoings, 'type'>,
): TemplateResult {
  const problem = wrong?.field === name ? wrong.sentence : '';
  return html`
    <div class="field">
      <label for="pay-${name}">${label}</label>
      <input
        class="input"
        id="pay-${name}"
        inputmode=${numeric ? 'numeric' : 'text'}
        autocomplete="off"
        spellcheck="false"
        aria-describedby="pay-${name}-problem pay-${name}-hint"
        aria-invalid=${problem !== ''}
        .value=${live(form[name] ?? '')}
        @input=${(event: Event) => type(name, typedIn(event))}
      />
      <p class="problem" id="pay-${name}-problem" role="alert">${problem}</p>
      <p class="hint" id="pay-${name}-hint">${hint}</p>
    </div>`;
}

function networkField(
  { form }: Customer,
  due: Money,
  { chooseNetwork }: FieldDoings,
  { say }: TillWords,
): TemplateResult {
  const chosen = networkOf(form, due);
  return html`
    <div class="ways" role="group" aria-label=${say('network')}>
      ${NETWORKS.map(
        network => html`
          <button class="chip" type="button" aria-pressed=${network === chosen} @click=${() => chooseNetwork(network)}>
            ${NETWORK_MARKS[network].name}
          </button>`,
      )}
    </div>`;
}
