import { NETWORK_MARKS } from '../../shared/networks.ts';
import type { SalesKey, SalesReport } from '../../shared/office/reports.ts';
import type { OfficeKey } from '../box-office/office-dictionary.ts';
import { LOCALES, type Words } from '../kit/words.ts';
import type { Period } from './period.ts';
import type { ReportKey } from './words.ts';

export type ReportWords = Words<ReportKey | OfficeKey>;

/** What a row is about, in a line, and what else there is to say of it in a second one. */
export function nameRow(key: SalesKey, { timeZone }: SalesReport, words: ReportWords): [line: string, more: string] {
  switch (key.of) {
    case 'showing':
      return [key.title, `${writeInstant(key.startsAt, timeZone, words)} · ${key.screen}`];
    case 'day':
      return [writeDay(key.day, words), ''];
    case 'method':
      return [words.say(`method_${key.method}`), key.network ? NETWORK_MARKS[key.network].name : ''];
    case 'cashier':
      return [key.name, ''];
    case 'charges':
    case 'nothing':
    case 'online':
      return [words.say(key.of), ''];
  }
}

/** The same for a chart, in one line or two. */
export function nameBar(key: SalesKey, report: SalesReport, words: ReportWords): string[] {
  if (key.of === 'day') return [writeDay(key.day, words, { day: 'numeric', month: 'short' })];
  return nameRow(key, report, words).filter(line => line !== '');
}

/** `Sun 22 Nov 2026`, or with the day on which it ends. */
export function writePeriod({ from, to }: Period, words: ReportWords): string {
  const whole = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return from === to ? writeDay(from, words, whole) : `${writeDay(from, words, whole)} – ${writeDay(to, words, whole)}`;
}

function writeDay(
  day: string,
  { language }: ReportWords,
  parts: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' },
): string {
  return new Date(day).toLocaleDateString(LOCALES[language], { timeZone: 'UTC', ...parts });
}

/** `22 Nov 20:30`, where the venue is. */
export function writeInstant(instant: string, timeZone: string, words: ReportWords): string {
  const parts = { timeZone, day: 'numeric', month: 'short' } as const;
  const day = new Date(instant).toLocaleDateString(LOCALES[words.language], parts);
  return `${day} ${words.time(instant, timeZone)}`;
}
