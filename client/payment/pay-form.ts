import { likelyNetwork, type Network } from '../../shared/networks.ts';
import { isOtherPhone } from '../../shared/phone.ts';
import type { GatewayName } from '../../shared/views.ts';
import type { Trouble } from '../kit/api.ts';
import { paysFrom, phoneProblem, phoneSentence } from '../kit/fields.ts';
import { troubleSentence } from '../kit/trouble-words.ts';
import type { Words } from '../kit/words.ts';
import type { PayForm, PayingState } from './paying-state.ts';
import { AT_ONCE, isPossible } from './payment-stage.ts';

const WITH_NETWORKS: readonly GatewayName[] = ['pesapal'];

/** As much of a page as the fields that pay need. */
export type PayFields = Pick<PayingState, 'form' | 'trouble' | 'now'> & {
  payable: Pick<PayingState['payable'], 'amount' | 'gateways'>;
};

export const hasNetworks = (gateways: readonly GatewayName[]): boolean =>
  gateways.some(gateway => WITH_NETWORKS.includes(gateway));

/** What was chosen by hand, else what the number suggests. */
export function networkOf({ form, payable }: PayFields): Network | null {
  return form.network ?? likelyNetwork(form.phone, paysFrom(payable.amount.currency));
}

export function networkProblem(fields: PayFields, { say }: Words): string {
  const isMissing = hasNetworks(fields.payable.gateways) && networkOf(fields) === null;
  return isMissing && fields.form.wasTried ? say('networkNeeded') : '';
}

/** The sentence under the number; empty while it is fine. */
export function payPhoneProblem({ form, trouble, payable, now }: PayFields, words: Words): string {
  const country = paysFrom(payable.amount.currency);
  if (form.phoneWasLeft && form.phone.trim() === '') return words.say('phoneNeeded');
  const typed = phoneSentence(phoneProblem(form.phone, country, form.phoneWasLeft), country, words);
  return typed || (trouble && isAboutPhone(trouble) ? troubleSentence(trouble, words, now, country) : '');
}

/** What could not be done, unless it stands under the number already; empty when all went well. */
export function doingProblem(state: PayFields, words: Words): string {
  return state.trouble && isAboutPhone(state.trouble) ? '' : troubleProblem(state, words);
}

export function troubleProblem({ trouble, now }: PayFields, words: Words): string {
  return trouble ? troubleSentence(trouble, words, now) : '';
}

/** What is sent: with which network only where there is a choice. */
export function orderOf(fields: PayFields, gateway: GatewayName) {
  const network = hasNetworks([gateway]) ? networkOf(fields) : null;
  return { gateway, phone: fields.form.phone, ...(network && { network }) };
}
export type Order = ReturnType<typeof orderOf>;

/** From when on "Pay" may be pressed: the last payment's own wait, or the one the server just asked for; null is never. */
export function payableFrom(state: PayingState): Date | null {
  const { stage, trouble } = state;
  const from = stage.payFrom && isOtherNumber(state) ? AT_ONCE : stage.payFrom;
  const asked = trouble?.code === 'retry_too_soon' ? trouble.retryAt : null;
  return from && asked && asked > from ? asked : from;
}

/** A gateway refuses another request to the same phone too soon; another phone has nothing to do with that. */
export function isOtherNumber({ payable: { payment, amount }, form }: PayingState): boolean {
  return payment?.phone != null && isOtherPhone(form.phone, payment.phone, paysFrom(amount.currency));
}

export const isPayable = (state: PayingState): boolean => isPossible(payableFrom(state), state.now);

/** A form in which nobody has done anything yet. */
export const untouched = (phone: string): PayForm => ({
  phone,
  phoneWasLeft: false,
  network: null,
  wasTried: false,
  asking: null,
});

const isAboutPhone = ({ code, fields }: Trouble) => code === 'invalid_phone' || fields.includes('phone');
