const URL_LENGTH_MAX = 2_048;
const PLAIN = /^https?:\/\/[^\s\\\p{C}]+$/u; // What a browser would quietly read as something else is no page.
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether a customer may be sent there: Pesapal's own pages only. A gateway on this very machine, such as a simulator, may
 * show pages of its own.
 */
export function isHostedPage(address: string, baseUrl: string): boolean {
  if (address.length > URL_LENGTH_MAX || !PLAIN.test(address) || !URL.canParse(address)) return false;
  const page = new URL(address);
  const base = new URL(baseUrl);
  if (page.username !== '' || page.password !== '') return false;
  if (LOOPBACK.test(base.hostname) && page.origin === base.origin) return true;
  return page.protocol === 'https:' && /(^|\.)pesapal\.com$/.test(page.host);
}

/** The same, as a content security policy says it. */
export function pageSources(baseUrl: string): string[] {
  const base = new URL(baseUrl);
  const ours = LOOPBACK.test(base.hostname) ? [base.origin] : [];
  return ['https://pesapal.com', 'https://*.pesapal.com', ...ours];
}
