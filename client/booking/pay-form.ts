import type { Trouble } from '../kit/api.ts';
import { paysFrom, phoneProblem, phoneSentence } from '../kit/fields.ts';
import { troubleSentence } from '../kit/trouble-words.ts';
import type { Words } from '../kit/words.ts';
import type { BookingPageState } from './booking-page-state.ts';
import { isPossible } from './booking-stage.ts';

/** The sentence under the number; empty while it is fine. */
export function payPhoneProblem(state: BookingPageState, words: Words): string {
  const { form, trouble, booking, now } = state;
  const country = paysFrom(booking.total.currency);
  if (form.phoneWasLeft && form.phone.trim() === '') return words.say('phoneNeeded');
  const typed = phoneSentence(phoneProblem(form.phone, country, form.phoneWasLeft), country, words);
  return typed || (trouble && isAboutPhone(trouble) ? troubleSentence(trouble, words, now, country) : '');
}

/** What could not be done, unless it stands under the number already; empty when all went well. */
export function doingProblem(state: BookingPageState, words: Words): string {
  return state.trouble && isAboutPhone(state.trouble) ? '' : troubleProblem(state, words);
}

export function troubleProblem({ trouble, now }: BookingPageState, words: Words): string {
  return trouble ? troubleSentence(trouble, words, now) : '';
}

/** From when on "Pay" may be pressed: the last payment's own wait, or the one the server just asked for; null is never. */
export function payableFrom({ stage, trouble }: BookingPageState): Date | null {
  const asked = trouble?.code === 'retry_too_soon' ? trouble.retryAt : null;
  return stage.payFrom && asked && asked > stage.payFrom ? asked : stage.payFrom;
}

export const isPayable = (state: BookingPageState): boolean => isPossible(payableFrom(state), state.now);

const isAboutPhone = ({ code, fields }: Trouble) => code === 'invalid_phone' || fields.includes('phone');
