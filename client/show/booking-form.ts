import { PLACES_MAX } from '../../shared/limits.ts';
import type { Country } from '../../shared/phone.ts';
import type { ShowingView } from '../../shared/views.ts';
import type { Trouble } from '../kit/api.ts';
import { phoneProblem, phoneSentence } from '../kit/fields.ts';
import { troubleSentence } from '../kit/trouble-words.ts';
import type { Words } from '../kit/words.ts';

/** What stands in the form. The fields themselves belong to the browser; this follows them. */
export interface BookingForm {
  /** Not a number while the field is empty. */
  quantity: number;
  customerName: string;
  phone: string;
  phoneWasLeft: boolean;
  email: string;
  isSending: boolean;
  trouble: Trouble | null;
}

/** Sentences under the fields, empty where all is well; `form` is about the whole. */
export interface FormProblems {
  quantity: string;
  customerName: string;
  phone: string;
  email: string;
  form: string;
}

const FIELD_OF: Partial<Record<string, keyof FormProblems>> = {
  invalid_phone: 'phone',
  too_many_holds: 'phone',
  too_many_places: 'quantity',
};

export function formProblems(
  form: BookingForm,
  { placesLeft }: ShowingView,
  country: Country,
  words: Words,
  now: Date,
): FormProblems {
  const { say } = words;
  const refused = refusals(form, country, words, now);
  const phone = phoneSentence(phoneProblem(form.phone, country, form.phoneWasLeft), country, words);
  return { ...refused, quantity: quantityProblem() || refused.quantity, phone: phone || refused.phone };

  function quantityProblem(): string {
    if (!isBookable(form.quantity)) return say('problem_too_many_places', { most: PLACES_MAX });
    if (placesLeft === 0 || form.quantity <= placesLeft) return ''; // Sold out is said once, above the form.
    return say('problem_sold_out', { places: words.places(placesLeft) });
  }
}

export function hasProblem({ quantity, customerName, phone, email }: FormProblems): boolean {
  return Boolean(quantity || customerName || phone || email);
}

export function isBookable(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= PLACES_MAX;
}

/** What the server said, under the field it is about. */
function refusals({ trouble }: BookingForm, country: Country, words: Words, now: Date): FormProblems {
  const problems: FormProblems = { quantity: '', customerName: '', phone: '', email: '', form: '' };
  if (!trouble) return problems;
  const { say } = words;
  if (trouble.fields.includes('customerName')) return { ...problems, customerName: say('nameTooLong') };
  if (trouble.fields.includes('email')) return { ...problems, email: say('emailWrong') };
  const named = trouble.fields.find(field => field === 'quantity' || field === 'phone');
  const sentence = troubleSentence(trouble, words, now, country);
  return { ...problems, [FIELD_OF[trouble.code] ?? named ?? 'form']: sentence };
}
