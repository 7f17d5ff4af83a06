import type { SentenceKey } from '../kit/dictionary.ts';
import type { ChargeSentenceKey } from '../kit/dictionary-of-charges.ts';
import { LOCALES, type Words } from '../kit/words.ts';

export type ChargeWords = Words<SentenceKey | ChargeSentenceKey>;

/** With its year, as it stays on paper: where the venue is. */
export function dateAndTime(instant: string, timeZone: string, { language }: ChargeWords): string {
  const parts: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone };
  return new Intl.DateTimeFormat(LOCALES[language], parts).format(new Date(instant));
}
