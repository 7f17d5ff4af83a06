import { html, nothing, type TemplateResult } from 'lit-html';
import { NETWORK_MARKS, NETWORKS, type Network } from '../../shared/networks.ts';
import { examplePhone } from '../../shared/phone.ts';
import type { GatewayName } from '../../shared/views.ts';
import { paysFrom, textField } from '../kit/fields.ts';
import type { Words } from '../kit/words.ts';
import { hasNetworks, networkOf, networkProblem, type PayFields, payPhoneProblem } from './pay-form.ts';
import type { PayActions } from './paying-state.ts';

/** Letters and colours of our own: the networks' logos are theirs. */
const LETTERS: Record<Network, string> = { mpesa: 'M', mixx: 'X', airtel: 'A', halopesa: 'H' };

type FieldActions = Pick<PayActions, 'typePhone' | 'leavePhone' | 'chooseNetwork'>;

/** The number that pays, and its network where that is asked for. */
export function payFields(fields: PayFields, words: Words, actions: FieldActions): TemplateResult {
  const { say } = words;
  const example = examplePhone(paysFrom(fields.payable.amount.currency));
  return html`
    ${textField({
      id: 'phone',
      label: say('payingPhone'),
      hint: `${say('payingPhoneWhy')} ${say('phoneExample', { example })}`,
      problem: payPhoneProblem(fields, words),
      initial: fields.form.phone,
      type: 'tel',
      autocomplete: 'tel',
      input: actions.typePhone,
      leave: actions.leavePhone,
    })}
    ${hasNetworks(fields.payable.gateways) ? networkField(fields, words, actions) : nothing}`;
}

function networkField(fields: PayFields, words: Words, { chooseNetwork }: FieldActions): TemplateResult {
  const chosen = networkOf(fields);
  const problem = networkProblem(fields, words);
  return html`
    <fieldset
      class="field min-w-0"
      role="radiogroup"
      tabindex="-1"
      aria-describedby="network-problem network-hint"
      aria-invalid=${problem !== ''}
    >
      <legend class="mb-1.5 font-semibold">${words.say('network')}</legend>
      <div class="grid gap-2 sm:grid-cols-2">
        ${NETWORKS.map(network => networkCard(network, network === chosen, words, chooseNetwork))}
      </div>
      <p class="problem" id="network-problem">${problem}</p>
      <p class="hint" id="network-hint">${words.say('networkHint')}</p>
    </fieldset>`;
}

function networkCard(
  network: Network,
  isChosen: boolean,
  { say }: Words,
  choose: (network: Network) => void,
): TemplateResult {
  const { name, formerly } = NETWORK_MARKS[network];
  return html`
    <label class="choice">
      <input type="radio" name="network" value=${network} .checked=${isChosen} @change=${() => choose(network)} />
      <span class="mark" data-network=${network} aria-hidden="true">${LETTERS[network]}</span>
      <span>${name} ${formerly ? html`<span class="block text-sm font-normal text-dust">${say('formerly', { name: formerly })}</span>` : nothing}</span>
    </label>`;
}

/** Through what the money goes, as the person who pays calls it. */
export function payingWith(gateway: GatewayName, fields: PayFields, { say }: Words): string {
  const network = hasNetworks([gateway]) && networkOf(fields);
  return network ? NETWORK_MARKS[network].name : say(`gateway_${gateway}`);
}
