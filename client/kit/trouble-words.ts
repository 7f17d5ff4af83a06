import { PLACES_MAX } from '../../shared/limits.ts';
import { type Country, examplePhone } from '../../shared/phone.ts';
import type { Trouble } from './api.ts';
import { isSentence, type SentenceKey } from './dictionary.ts';
import { countdown, type Words } from './words.ts';

/** What a problem means for the person in front of it. Waiting times are counted from `now`, the server's. */
export function troubleSentence(
  { code, placesLeft, retryAt }: Trouble,
  words: Words,
  now: Date,
  country: Country = 'KE',
): string {
  if (code === 'sold_out' && !placesLeft) return words.say('soldOutNow');
  const time = retryAt ? countdown(retryAt, now) : words.say('aMinute');
  return words.say(problemKey(code), {
    time,
    places: words.places(placesLeft ?? 0),
    most: PLACES_MAX,
    example: examplePhone(country),
  });
}

/** What has no sentence of its own is a mistake of ours, and is called that. */
function problemKey(code: string): SentenceKey {
  const key = `problem_${code}`;
  return isSentence(key) ? key : 'problem_internal';
}

/** Whether the server surely did nothing, so that another try would mean something new. */
export function isRefusal({ code }: Trouble): boolean {
  return code !== 'no_answer' && code !== 'internal';
}
