import { type Country, examplePhone } from '../../shared/phone.ts';
import type { ProblemCode } from '../../shared/problem.ts';
import { PLACES_MAX } from '../../shared/requests.ts';
import type { Trouble } from './api.ts';
import type { SentenceKey } from './dictionary.ts';
import { countdown, type Words } from './words.ts';

/** The others are mistakes of ours, and are called that. */
const SENTENCE: Partial<Record<string, SentenceKey>> = {
  no_answer: 'noAnswer',
  invalid_body: 'invalidBody',
  invalid_phone: 'phoneWrong',
  too_many_places: 'quantityWrong',
  gateway_not_offered: 'gatewayNotOffered',
  not_found: 'notFoundBooking',
  sold_out: 'onlyLeft',
  showing_over: 'showingOver',
  payment_in_progress: 'paymentInProgress',
  already_paid: 'alreadyPaid',
  hold_lapsed: 'holdLapsed',
  retry_too_soon: 'retryTooSoon',
  too_many_holds: 'tooManyHolds',
  too_many_requests: 'tooManyRequests',
} satisfies Partial<Record<ProblemCode | 'no_answer', SentenceKey>>;

/** What a problem means for the person in front of it. Waiting times are counted from `now`, the server's. */
export function troubleSentence(
  { code, placesLeft, retryAt }: Trouble,
  words: Words,
  now: Date,
  country: Country = 'KE',
): string {
  if (code === 'sold_out' && !placesLeft) return words.say('soldOutNow');
  const time = retryAt ? countdown(retryAt, now) : words.say('aMinute');
  return words.say(SENTENCE[code] ?? 'internal', {
    time,
    places: words.places(placesLeft ?? 0),
    most: PLACES_MAX,
    example: examplePhone(country),
  });
}

/** Whether the server surely did nothing, so that another try would mean something new. */
export function isRefusal({ code }: Trouble): boolean {
  return code !== 'no_answer' && code !== 'internal';
}
