import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { callbackUrlOf, hasDaraja, isHalfDaraja, isLive, isLiveHost, isLoopback, publicUrlOf } from './meaning.ts';
import type { Settings } from './schema.ts';

export const SANDBOX_SHORT_CODE = '174379'; // Public: everybody's sandbox account.
export const SANDBOX_PASSKEY = 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919';
const INITIATOR = ['MPESA_INITIATOR_NAME', 'MPESA_INITIATOR_PASSWORD', 'MPESA_CERTIFICATE_FILE'] as const;
const MAIL = ['SMTP_URL', 'MAIL_FROM'] as const;
const MANAGER = ['MANAGER_NAME', 'MANAGER_PASSWORD'] as const;
const FORBIDDEN_IN_CALLBACK_URL = /m-?pesa|safaricom|exe|cmd|sql|query/i; // Daraja refuses such URLs.

/** What is wrong although each setting for itself is fine, in sentences. */
export function contradictions(settings: Settings): string[] {
  const publicUrl = publicUrlOf(settings);
  const live = isLive(settings);
  const callbackUrl = callbackUrlOf(settings);
  const liveDaraja = isLiveHost(settings.MPESA_BASE_URL);
  const checks: [boolean, string][] = [
    [
      isHalfDaraja(settings),
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
    ...plainLiveHosts(settings),
    [live && !publicUrl.startsWith('https:'), 'PUBLIC_URL: must be https with a live gateway'],
    [live && !callbackUrl.startsWith('https:'), 'MPESA_CALLBACK_URL: must be https with a live gateway'],
    [live && !settings.DATA_KEY, 'DATA_KEY: required with a live gateway'],
    [
      /^postgres/.test(settings.DATABASE_URL) && !settings.DATA_KEY,
      'DATA_KEY: required with PostgreSQL, which has no folder to keep one in; every process needs the same',
    ],
    [live && settings.SIMULATOR === 'on', 'SIMULATOR: cannot run beside a live gateway'],
    [
      (hasDaraja(settings) || settings.MPESA_CALLBACK_URL !== undefined) && FORBIDDEN_IN_CALLBACK_URL.test(callbackUrl),
      'MPESA_CALLBACK_URL: Daraja refuses URLs with mpesa, safaricom, exe, cmd, sql or query in them',
    ],
    [!settings.RATE_LIMITS && !isLoopback(publicUrl), 'RATE_LIMITS: can only be off when PUBLIC_URL is loopback'],
    [settings.HOLD_CAP_MINUTES < settings.HOLD_MINUTES, 'HOLD_CAP_MINUTES: shorter than HOLD_MINUTES'],
    ...wrongPorts(settings),
  ];
  return [...checks, ...missingPartners(settings)].filter(([wrong]) => wrong).map(([, sentence]) => sentence);
}

/** What must be known beforehand, and what must be apart. */
function wrongPorts({ PORT, METRICS_PORT, PUBLIC_URL }: Settings): [boolean, string][] {
  return [
    [
      PORT === 0 && PUBLIC_URL === undefined,
      'PUBLIC_URL: must be set with PORT=0, where nobody knows the port beforehand',
    ],
    [
      METRICS_PORT !== 0 && METRICS_PORT === PORT,
      'METRICS_PORT: must be another port than PORT, which everybody can reach',
    ],
  ];
}

/** Keys and secrets would be there for everybody on the way to read. */
function plainLiveHosts(settings: Settings): [boolean, string][] {
  return (['MPESA_BASE_URL', 'PESAPAL_API_DOMAIN'] as const).map(name => [
    isLiveHost(settings[name]) && !settings[name].startsWith('https:'),
    `${name}: a live gateway is asked by https alone`,
  ]);
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
    [partly(settings, MAIL), 'SMTP_URL and MAIL_FROM belong together: one is missing'],
    [partly(settings, MANAGER), 'MANAGER_NAME and MANAGER_PASSWORD belong together: one is missing'],
  ];
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
