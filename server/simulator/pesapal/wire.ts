import { type Random, randomHex } from '../../../shared/random.ts';
import { wallClock } from '../daraja/east-africa-time.ts';
import type { Answered } from '../daraja/wire.ts';

const DAY_MS = 86_400_000;
const COUNTER_DAY = Date.UTC(2024, 2, 18); // A recorded id of that day has dd75 in its last group; a later day has less.
const COUNTER = 0xdd75;

export function json(status: number, body: unknown): Answered {
  return text(status, JSON.stringify(body));
}

export function text(status: number, body: string): Answered {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

export function html(status: number, title: string): Answered {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><hr>cloudflare</body></html>`;
  return { status, headers: { 'content-type': 'text/html' }, body };
}

/** An id as Pesapal makes them: random, but for a counter of days that runs backwards. */
export function guid(random: Random, at: Date): string {
  const day = Math.floor((at.getTime() - COUNTER_DAY) / DAY_MS);
  const counter = ((COUNTER - day) & 0xffff).toString(16).padStart(4, '0');
  const digits = randomHex(random, 12);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(12, 15)}`,
    `a${digits.slice(15, 18)}`,
    counter + digits.slice(16),
  ].join('-');
}

/** `2026-11-22T13:34:00.75`: East Africa's wall clock, and nothing that says so. */
export function eatStamp(at: Date): string {
  return wallClock(at).replace(/\.?0*Z$/, '');
}

/** `2026-11-22T10:34:00.7500000Z`: tokens and notification URLs are in UTC, and say so. */
export function utcStamp(at: Date): string {
  return at.toISOString().replace('Z', '0000Z');
}

/** Whether it is the address of something on the web; whether anybody is there is not looked at. */
export function isWebUrl(value: unknown): value is string {
  return typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? '');
}
