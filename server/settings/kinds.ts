import { BlockList, isIP } from 'node:net';
import * as v from 'valibot';

const NUMBER = /^\s*-?\d+(\.\d+)?\s*$/; // Not 0x10, 1e3, Infinity or a blank.
const CHECK_SECONDS_MAX = 604_800; // Seven days: then a person must close it.

export const number = (least: number, most: number) =>
  v.pipe(v.string(), v.regex(NUMBER, 'Not a number'), v.toNumber(), v.minValue(least), v.maxValue(most));
export const whole = (least: number, most: number) => v.pipe(number(least, most), v.integer('Not a whole number'));
export const duration = number(0.001, 1_000_000);
export const onOff = v.pipe(
  v.picklist(['on', 'off']),
  v.transform(value => value === 'on'),
);
export const webUrl = v.pipe(
  v.string(),
  v.url('Not a URL'),
  v.regex(/^https?:\/\//, 'Not an http or https URL'),
  v.check(url => isPlain(url), 'Only a host and a path: no name, password, query or fragment'),
  v.transform(url => url.replace(/\/+$/, '')),
);
export const origins = v.pipe(
  v.string(),
  v.transform(list => list.split(',').map(one => one.trim())),
  v.check(list => list.every(isOrigin), 'Not a list of origins such as https://example.com'),
);
export const numbers = v.pipe(
  v.string(),
  v.check(list => list.split(',').every(one => NUMBER.test(one)), 'Not a list of seconds'),
  v.transform(list => list.split(',').map(Number)),
  v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(CHECK_SECONDS_MAX))),
  v.check(list => list.every((one, at) => at === 0 || one > (list[at - 1] ?? 0)), 'Each must be later than the last'),
);
export const addresses = v.pipe(
  v.string(),
  v.transform(list => list.split(',').map(one => one.trim())),
  v.check(list => list.every(isRange), 'Not a list of addresses or CIDR ranges'),
);
/** What is wrong is never quoted: it holds a key. */
export const sentryDsn = v.pipe(
  v.string(),
  v.check(isSentryDsn, 'Not a DSN such as https://key@host/1 (http only to this machine)'),
);
export const optional = v.optional(v.string());

function isPlain(url: string): boolean {
  const { username, password, search, hash } = URL.parse(url) ?? { username: '', password: '', search: '', hash: '' };
  return username + password + search + hash === '';
}

function isSentryDsn(text: string): boolean {
  const url = URL.parse(text);
  const isHere = url !== null && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere);
  return isSafe && /^\w+$/.test(url.username) && /^\/([\w/-]+\/)?\d+$/.test(url.pathname);
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.parse(text)?.origin === text;
}

function isRange(text: string): boolean {
  try {
    addRange(new BlockList(), text);
    return true;
  } catch {
    return false;
  }
}

/** Adds `196.201.212.0/22` or a single address. Throws on anything else. */
export function addRange(list: BlockList, text: string) {
  const [address = '', bits] = text.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
}
