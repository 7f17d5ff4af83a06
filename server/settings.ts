import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import * as v from 'valibot';

export const SANDBOX_SHORT_CODE = '174379'; // Public: everybody's sandbox account.
export const SANDBOX_PASSKEY = 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919';
const DARAJA_CREDENTIALS = [
  'MPESA_CONSUMER_KEY',
  'MPESA_CONSUMER_SECRET',
  'MPESA_PASSKEY',
  'MPESA_BUSINESS_SHORT_CODE',
] as const;
const INITIATOR = ['MPESA_INITIATOR_NAME', 'MPESA_INITIATOR_PASSWORD', 'MPESA_CERTIFICATE_FILE'] as const;
const MANAGER = ['MANAGER_NAME', 'MANAGER_PASSWORD'] as const;
const LIVE_HOSTS = ['api.safaricom.co.ke', 'pay.pesapal.com'];
const FORBIDDEN_IN_CALLBACK_URL = /m-?pesa|safaricom|exe|cmd|sql|query/i; // Daraja refuses such URLs.
const CHECKS = '25,45,75,120,180,300,600,1200,2400,5400,10800,21600,43200,86400';
const DATA_KEY_BYTES_MIN = 16;

const NUMBER = /^\s*-?\d+(\.\d+)?\s*$/; // Not 0x10, 1e3, Infinity or a blank.
const CHECK_SECONDS_MAX = 604_800; // Seven days: then a person must close it.

const number = (least: number, most: number) =>
  v.pipe(v.string(), v.regex(NUMBER, 'Not a number'), v.toNumber(), v.minValue(least), v.maxValue(most));
const whole = (least: number, most: number) => v.pipe(number(least, most), v.integer('Not a whole number'));
const duration = number(0.001, 1_000_000);
const onOff = v.pipe(
  v.picklist(['on', 'off']),
  v.transform(value => value === 'on'),
);
const webUrl = v.pipe(
  v.string(),
  v.url('Not a URL'),
  v.regex(/^https?:\/\//, 'Not an http or https URL'),
  v.check(url => isPlain(url), 'Only a host and a path: no name, password, query or fragment'),
  v.transform(url => url.replace(/\/+$/, '')),
);
const origins = v.pipe(
  v.string(),
  v.transform(list => list.split(',').map(one => one.trim())),
  v.check(list => list.every(isOrigin), 'Not a list of origins such as https://example.com'),
);
const numbers = v.pipe(
  v.string(),
  v.check(list => list.split(',').every(one => NUMBER.test(one)), 'Not a list of seconds'),
  v.transform(list => list.split(',').map(Number)),
  v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(CHECK_SECONDS_MAX))),
  v.check(list => list.every((one, at) => at === 0 || one > (list[at - 1] ?? 0)), 'Each must be later than the last'),
);
const addresses = v.pipe(
  v.string(),
  v.transform(list => list.split(',').map(one => one.trim())),
  v.check(list => list.every(isRange), 'Not a list of addresses or CIDR ranges'),
);
const optional = v.optional(v.string());

const Settings = v.object({
  HOST: v.optional(v.string(), '127.0.0.1'),
  PORT: v.optional(whole(0, 65_535), '3000'),
  PUBLIC_URL: v.optional(webUrl),
  ALLOWED_ORIGINS: v.optional(origins),
  DATABASE_URL: v.optional(
    v.pipe(v.string(), v.regex(/^sqlite:./, 'Only sqlite:/absolute/path so far; PostgreSQL comes later')),
    'sqlite:data/tiketi.db',
  ),
  DATA_KEY: v.optional(v.pipe(v.string(), v.minLength(DATA_KEY_BYTES_MIN * 2, 'At least 32 characters'))),
  TRUSTED_PROXIES: v.optional(whole(0, 10), '0'),
  MPESA_BASE_URL: v.optional(webUrl, 'https://sandbox.safaricom.co.ke'),
  MPESA_CONSUMER_KEY: optional,
  MPESA_CONSUMER_SECRET: optional,
  MPESA_PASSKEY: optional,
  MPESA_BUSINESS_SHORT_CODE: v.optional(v.pipe(v.string(), v.regex(/^\d{5,7}$/, 'Not 5 to 7 digits'))),
  MPESA_TILL_NUMBER: v.optional(v.pipe(v.string(), v.regex(/^\d{5,9}$/, 'Not 5 to 9 digits'))),
  MPESA_CALLBACK_URL: v.optional(webUrl),
  MPESA_INITIATOR_NAME: optional,
  MPESA_INITIATOR_PASSWORD: optional,
  MPESA_CERTIFICATE_FILE: optional,
  MPESA_CALLBACK_IPS: v.optional(addresses),
  MPESA_CALLBACK_IPS_ENFORCE: v.optional(onOff, 'off'),
  PESAPAL_API_DOMAIN: v.optional(webUrl, 'https://cybqa.pesapal.com'),
  PESAPAL_CONSUMER_KEY: optional,
  PESAPAL_CONSUMER_SECRET: optional,
  PESAPAL_IPN_ID: optional,
  SIMULATOR: v.optional(v.picklist(['auto', 'on', 'off']), 'auto'),
  SIMULATOR_PORT: v.optional(whole(0, 65_535), '3001'),
  MANAGER_NAME: optional,
  MANAGER_PASSWORD: optional,
  HOLD_MINUTES: v.optional(duration, '10'),
  HOLD_CAP_MINUTES: v.optional(duration, '20'),
  PROMPT_SECONDS: v.optional(duration, '90'),
  PROMPT_GRACE_SECONDS: v.optional(number(0, 1_000_000), '30'),
  RETRY_AFTER_SECONDS: v.optional(number(0, 1_000_000), '120'),
  CHECK_AFTER_SECONDS: v.optional(numbers, CHECKS),
  PUSHES_PER_SECOND: v.optional(duration, '20'),
  GATEWAY_TIMEOUT_SECONDS: v.optional(duration, '20'),
  DARAJA_QUERIES_PER_MINUTE: v.optional(duration, '5'),
  PESAPAL_QUERIES_PER_MINUTE: v.optional(duration, '300'),
  RATE_LIMITS: v.optional(onOff, 'on'),
  SAMPLE_DATA: v.optional(onOff),
  LOG_LEVEL: v.optional(v.picklist(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'info'),
});
export type Settings = v.InferOutput<typeof Settings>;
export type Environment = Record<string, string | undefined>;

/** Every setting, read once. Throws one error that lists everything that is wrong. */
export function readSettings(environment: Environment): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const read = v.safeParse(Settings, given);
  const wrong = [
    ...unknownNames(given),
    ...(read.success ? [] : read.issues.map(issue => `${v.getDotPath(issue)}: ${issue.message}`)),
  ];
  if (read.success) wrong.push(...contradictions(read.output));
  if (!read.success || wrong.length > 0) throw new Error(`These settings are wrong:\n  ${wrong.join('\n  ')}`);
  return read.output;
}

/** A misspelt credential must not silently turn a gateway off. */
function unknownNames(given: Environment): string[] {
  return Object.keys(given)
    .filter(name => /^(MPESA|PESAPAL)_/.test(name) && !(name in Settings.entries))
    .map(name => `${name}: there is no such setting`);
}

function contradictions(settings: Settings): string[] {
  const publicUrl = publicUrlOf(settings);
  const live = isLive(settings);
  const callbackUrl = callbackUrlOf(settings);
  const liveDaraja = isLiveHost(settings.MPESA_BASE_URL);
  const checks: [boolean, string][] = [
    [
      incomplete(settings),
      'MPESA_CONSUMER_KEY, MPESA_CONSUMER_SECRET, MPESA_PASSKEY and MPESA_BUSINESS_SHORT_CODE belong together: some are missing',
    ],
    [
      liveDaraja && settings.MPESA_BUSINESS_SHORT_CODE === SANDBOX_SHORT_CODE,
      'MPESA_BUSINESS_SHORT_CODE: this is the sandbox short code, on the live host',
    ],
    [
      liveDaraja && settings.MPESA_PASSKEY === SANDBOX_PASSKEY,
      'MPESA_PASSKEY: this is the public sandbox passkey, on the live host',
    ],
    [
      (settings.PESAPAL_CONSUMER_KEY === undefined) !== (settings.PESAPAL_CONSUMER_SECRET === undefined),
      'PESAPAL_CONSUMER_KEY and PESAPAL_CONSUMER_SECRET belong together: one is missing',
    ],
    [live && !publicUrl.startsWith('https:'), 'PUBLIC_URL: must be https with a live gateway'],
    [live && !callbackUrl.startsWith('https:'), 'MPESA_CALLBACK_URL: must be https with a live gateway'],
    [live && !settings.DATA_KEY, 'DATA_KEY: required with a live gateway'],
    [live && settings.SIMULATOR === 'on', 'SIMULATOR: cannot run beside a live gateway'],
    [
      (hasDaraja(settings) || settings.MPESA_CALLBACK_URL !== undefined) && FORBIDDEN_IN_CALLBACK_URL.test(callbackUrl),
      'MPESA_CALLBACK_URL: Daraja refuses URLs with mpesa, safaricom, exe, cmd, sql or query in them',
    ],
    [!settings.RATE_LIMITS && !isLoopback(publicUrl), 'RATE_LIMITS: can only be off when PUBLIC_URL is loopback'],
    [settings.HOLD_CAP_MINUTES < settings.HOLD_MINUTES, 'HOLD_CAP_MINUTES: shorter than HOLD_MINUTES'],
  ];
  return [...checks, ...missingPartners(settings)].filter(([wrong]) => wrong).map(([, sentence]) => sentence);
}

/** Settings that mean nothing alone. */
function missingPartners(settings: Settings): [boolean, string][] {
  return [
    [
      partly(settings, INITIATOR),
      'MPESA_INITIATOR_NAME, MPESA_INITIATOR_PASSWORD and MPESA_CERTIFICATE_FILE belong together: some are missing',
    ],
    [
      settings.MPESA_CERTIFICATE_FILE !== undefined && !isCertificate(settings.MPESA_CERTIFICATE_FILE),
      'MPESA_CERTIFICATE_FILE: there is no readable certificate',
    ],
    [partly(settings, MANAGER), 'MANAGER_NAME and MANAGER_PASSWORD belong together: one is missing'],
  ];
}

/** With credentials of any gateway there is never a simulator unless somebody asks for it. */
export function isSimulated(settings: Settings): boolean {
  if (settings.SIMULATOR !== 'auto') return settings.SIMULATOR === 'on';
  const anyCredentials = Object.entries(settings).some(
    ([name, value]) => value !== undefined && /_(CONSUMER_KEY|CONSUMER_SECRET|PASSKEY)$/.test(name),
  );
  return isLoopback(publicUrlOf(settings)) && !anyCredentials && !isLive(settings);
}

/** The hosts alone decide: a live box office that loses its credentials does not turn into a test one. */
export function isLive(settings: Settings): boolean {
  return isLiveHost(settings.MPESA_BASE_URL) || isLiveHost(settings.PESAPAL_API_DOMAIN);
}

function hasDaraja(settings: Settings): boolean {
  return DARAJA_CREDENTIALS.every(name => settings[name] !== undefined);
}

function incomplete(settings: Settings): boolean {
  return !hasDaraja(settings) && DARAJA_CREDENTIALS.some(name => settings[name] !== undefined);
}

function isLiveHost(url: string): boolean {
  return LIVE_HOSTS.includes(new URL(url).hostname.replace(/\.$/, '')); // A dot at the end names the same host.
}

function isPlain(url: string): boolean {
  const { username, password, search, hash } = URL.parse(url) ?? { username: '', password: '', search: '', hash: '' };
  return username + password + search + hash === '';
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.parse(text)?.origin === text;
}

export function publicUrlOf(settings: Settings): string {
  return settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`;
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

export function callbackUrlOf(settings: Settings): string {
  return settings.MPESA_CALLBACK_URL ?? `${publicUrlOf(settings)}/callbacks/daraja`;
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

function partly(settings: Settings, names: readonly (keyof Settings)[]): boolean {
  const given = names.filter(name => settings[name] !== undefined).length;
  return given > 0 && given < names.length;
}

function isCertificate(file: string): boolean {
  try {
    createPublicKey(readFileSync(file));
    return true;
  } catch {
    return false;
  }
}
