import { PURPOSE_MAX } from '../../shared/limits.ts';
import { MINOR_UNITS, type Money, wholeShillings } from '../../shared/money.ts';
import type { VenueView } from '../../shared/views.ts';
import type { Trouble } from '../kit/api.ts';
import { untouched } from '../payment/pay-form.ts';
import type { PayForm } from '../payment/paying-state.ts';
import type { ChargeOrder } from './ask-charge.ts';
import type { ChargeWords } from './charge-words.ts';

const WHOLE = /^\d{1,3}([ ,\u00a0]\d{3})+$|^\d{1,12}$/; // 15000, 15,000 or 15 000; 1.5 would be anybody's guess.

/** What stands in the form. The fields themselves belong to the browser; this follows them. */
export interface ChargeForm extends PayForm {
  amount: string;
  amountWasLeft: boolean;
  purpose: string;
}

export const untouchedCharge = (phone: string): ChargeForm => ({
  ...untouched(phone),
  amount: '',
  amountWasLeft: false,
  purpose: '',
});

/** A venue where anybody may pay. */
export type Payee = VenueView & { charges: NonNullable<VenueView['charges']> };

export const payees = (venues: VenueView[]): Payee[] =>
  venues.filter((venue): venue is Payee => venue.charges !== null && venue.gateways.length > 0);

/** What was typed, in minor units; null when it is no whole amount. */
export function readAmount(typed: string): number | null {
  const text = typed.trim();
  return WHOLE.test(text) ? Number(text.replace(/\D/g, '')) * MINOR_UNITS : null;
}

export function moneyOf({ amount }: ChargeForm, { currency }: Payee): Money | null {
  const read = readAmount(amount);
  return read === null ? null : { amount: read, currency };
}

/** The sentence under the amount; empty while it is fine, or still being typed. */
export function amountProblem(form: ChargeForm, payee: Payee, words: ChargeWords): string {
  const { least, largest } = payee.charges;
  const money = moneyOf(form, payee);
  const isBeingTyped = !form.amountWasLeft && !form.wasTried;
  const example = wholeShillings(least.amount * 15).toLocaleString('en');
  if (!money) return isBeingTyped && !/[^\d ,]/.test(form.amount) ? '' : words.say('amountWrong', { example });
  const fits = money.amount <= largest.amount && (isBeingTyped || money.amount >= least.amount);
  return fits ? '' : words.say('amountRange', { least: words.money(least), largest: words.money(largest) });
}

export function purposeProblem({ purpose, wasTried }: ChargeForm, trouble: Trouble | null, words: ChargeWords): string {
  if (purpose.trim().length > PURPOSE_MAX) return words.say('purposeTooLong', { most: PURPOSE_MAX });
  if (wasTried && purpose.trim() === '') return words.say('purposeNeeded');
  return trouble?.fields.includes('purpose') ? words.say('problem_invalid_body') : '';
}

/** What is sent, once nothing is wrong with it. */
export function chargeOrder(
  form: ChargeForm,
  payee: Payee,
  order: Pick<ChargeOrder, 'gateway' | 'phone' | 'network'>,
): ChargeOrder | null {
  const amount = moneyOf(form, payee);
  return amount && { venueId: payee.venueId, amount, purpose: form.purpose.trim(), ...order };
}
