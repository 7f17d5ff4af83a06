import { type Language, LOCALES } from '../../shared/language.ts';
import { formatMoney, type Money } from '../../shared/money.ts';
import { SENTENCES, type SentenceKey } from './dictionary.ts';

export { LANGUAGES, type Language, LOCALES, preferredLanguage } from '../../shared/language.ts';
export type Values = Record<string, string | number>;
export type Sentences<Key extends string> = Record<Key, Record<Language, string>>;

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
export const PLACES_FEW = 10; // From here on down the number itself is a reason to hurry.
const DAY_MS = 86_400_000;

/** Everything a template says, in one language; `Key` where a page has sentences of its own. */
export interface Words<Key extends string = SentenceKey> {
  language: Language;
  say: (key: Key, values?: Values) => string;
  money(money: Money): string;
  places(count: number): string;
  placesLeft(count: number): string;
  time(instant: string | Date, timeZone: string): string;
  /** The same, with whose time it is if the reader's own clock shows another. */
  localTime(instant: string | Date, timeZone: string): string;
  /** `Today`, `Tomorrow` or `Friday 24 November`, where the venue is. */
  day(instant: string | Date, timeZone: string, now: Date): string;
  shortDay(instant: string | Date, timeZone: string, now: Date): string;
  minutes(minutes: number): string;
}

/** `ownTimeZone` is the reader's: a venue's time is marked as such where the two differ. */
export function createWords(language: Language, ownTimeZone: string): Words {
  return wordsFrom(SENTENCES, language, ownTimeZone);
}

export function wordsFrom<Key extends string>(
  sentences: Sentences<Key | SentenceKey>,
  language: Language,
  ownTimeZone: string,
): Words<Key | SentenceKey> {
  const locale = LOCALES[language];
  const say = (key: Key | SentenceKey, values: Values = {}) => fill(sentences[key][language], values);
  const write = (instant: string | Date, timeZone: string, parts: Intl.DateTimeFormatOptions) =>
    formatter(locale, { timeZone, ...parts }).format(new Date(instant));
  const near = (instant: string | Date, timeZone: string, now: Date) =>
    nearDay(dayKey(instant, timeZone), timeZone, now);
  return {
    language,
    say,
    money: money => formatMoney(money, locale),
    places: count => say(count === 1 ? 'place' : 'places', { count }),
    placesLeft: count => say(placesLeftKey(count), { count }),
    time: (instant, timeZone) => write(instant, timeZone, CLOCK),
    localTime(instant, timeZone) {
      const time = write(instant, timeZone, CLOCK);
      if (time === write(instant, ownTimeZone, CLOCK)) return time;
      return `${time} (${say('localTime', { city: cityOf(timeZone) })})`;
    },
    day(instant, timeZone, now) {
      const word = near(instant, timeZone, now);
      const date = write(instant, timeZone, { weekday: 'long', day: 'numeric', month: 'long' });
      return word ? `${say(word)}, ${date}` : date;
    },
    shortDay(instant, timeZone, now) {
      const word = near(instant, timeZone, now);
      return word ? say(word) : write(instant, timeZone, { weekday: 'short', day: 'numeric', month: 'short' });
    },
    minutes: minutes => say('duration', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }),
  };
}

/** `2026-11-22`, where the venue is. */
export function dayKey(instant: string | Date, timeZone: string): string {
  return formatter('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(instant));
}

/** `1:05`, and `0:00` once it is over. Rounded up, so that it reaches zero when the time has really come. */
export function countdown(until: Date, now: Date): string {
  const seconds = Math.max(Math.ceil((until.getTime() - now.getTime()) / 1_000), 0);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

function placesLeftKey(count: number): SentenceKey {
  if (count === 0) return 'soldOut';
  if (count === 1) return 'lastPlace';
  return count <= PLACES_FEW ? 'lastPlaces' : 'placesLeft';
}

const cityOf = (timeZone: string) => timeZone.replace(/^.*\//, '').replaceAll('_', ' ');

function nearDay(key: string, timeZone: string, now: Date): 'today' | 'tomorrow' | null {
  if (key === dayKey(now, timeZone)) return 'today';
  return key === dayKey(new Date(now.getTime() + DAY_MS), timeZone) ? 'tomorrow' : null;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one takes a slow phone milliseconds, and a programme has hundreds of times. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = locale + JSON.stringify(options);
  const known = formatters.get(name) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(name, known);
  return known;
}
