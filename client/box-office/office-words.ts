import * as v from 'valibot';
import { kept } from '../kit/device.ts';
import { SENTENCES } from '../kit/dictionary.ts';
import {
  countdown,
  LANGUAGES,
  type Language,
  preferredLanguage,
  type Sentences,
  type Words,
  wordsFrom,
} from '../kit/words.ts';
import type { OfficeTrouble } from './office-api.ts';
import { OFFICE_SENTENCES, type OfficeKey } from './office-dictionary.ts';

const NOTHING_MORE = {};
const SERVER_KNOWS_BETTER = ['invalid_body', 'not_possible_now', 'not_found']; // Its sentence names the reason.

/** The words of the box office in the language of the moment, and of its pages. */
export class OfficeWords {
  #language: Language = kept.read('language', v.picklist(LANGUAGES)) ?? preferredLanguage(navigator.languages);
  #made = new Map<object, Words<string>>();

  get language(): Language {
    return this.#language;
  }

  choose(language: Language): void {
    this.#language = language;
    this.#made.clear();
    kept.write('language', language);
    document.documentElement.lang = language;
  }

  get own(): Words<OfficeKey> {
    return this.of(NOTHING_MORE);
  }

  of<Key extends string>(sentences: Sentences<Key> | Record<string, never>): Words<Key | OfficeKey> {
    const known = this.#made.get(sentences);
    if (known) return known;
    const all: Sentences<string> = { ...SENTENCES, ...OFFICE_SENTENCES, ...sentences };
    const made = wordsFrom<string>(all, this.#language, Intl.DateTimeFormat().resolvedOptions().timeZone);
    this.#made.set(sentences, made);
    return made;
  }

  /** What a problem means for the person in front of it. Where the server has a reason to add, it is added. */
  sentence({ code, detail, retryAt, placesLeft }: OfficeTrouble, now: Date): string {
    const { say, places } = this.own;
    const key = `problem_${code}`;
    if (detail && (SERVER_KNOWS_BETTER.includes(code) || !isOfficeKey(key))) return detail;
    if (!isOfficeKey(key)) return say('problem_internal');
    const time = retryAt ? countdown(retryAt, now) : say('aMinute');
    return say(key, { time, places: places(placesLeft ?? 0), most: 10, example: '' });
  }
}

const isOfficeKey = (key: string): key is OfficeKey => key in OFFICE_SENTENCES;
