import type { BoardShowing } from '../../shared/office/board.ts';

export const KEYS_MAX = 10; // F1 to F10, or the digits 1 to 9 and 0.

/** Those that can still be sold, the next one first: F1 is what most people in the queue have come for. */
export function sellable(showings: readonly BoardShowing[], now: Date): BoardShowing[] {
  return showings.filter(({ startsAt, cancelled }) => !cancelled && new Date(startsAt) > now);
}

/** What an F key points at, from 0; null for other keys. */
export function functionKey(key: string): number | null {
  const [, number] = /^F(\d{1,2})$/.exec(key) ?? [];
  return number === undefined || Number(number) > KEYS_MAX ? null : Number(number) - 1;
}

/** 1 to 9, and 0 for ten; null for other keys. */
export function digit(key: string): number | null {
  return /^\d$/.test(key) ? Number(key) || 10 : null;
}
