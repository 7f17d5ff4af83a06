import type { Settings } from './schema.ts';

const DARAJA_CREDENTIALS = [
  'MPESA_CONSUMER_KEY',
  'MPESA_CONSUMER_SECRET',
  'MPESA_PASSKEY',
  'MPESA_BUSINESS_SHORT_CODE',
] as const;
const LIVE_HOSTS = ['api.safaricom.co.ke', 'pay.pesapal.com'];

export function publicUrlOf(settings: Settings): string {
  return settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`;
}

export function callbackUrlOf(settings: Settings): string {
  return settings.MPESA_CALLBACK_URL ?? `${publicUrlOf(settings)}/callbacks/daraja`;
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
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

export function isLiveHost(url: string): boolean {
  return LIVE_HOSTS.includes(new URL(url).hostname.replace(/\.$/, '')); // A dot at the end names the same host.
}

export function hasDaraja(settings: Settings): boolean {
  return DARAJA_CREDENTIALS.every(name => settings[name] !== undefined);
}

export function isHalfDaraja(settings: Settings): boolean {
  return !hasDaraja(settings) && DARAJA_CREDENTIALS.some(name => settings[name] !== undefined);
}
