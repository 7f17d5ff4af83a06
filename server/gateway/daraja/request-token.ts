import * as v from 'valibot';
import type { Granted } from '../access-token.ts';
import { readJson } from '../answer.ts';
import type { Send, Sent } from '../send.ts';
import type { DarajaSettings } from './settings.ts';

const OAUTH_PATH = '/oauth/v1/generate?grant_type=client_credentials';
const LIFETIME_SECONDS = 3_600; // What the portal promises; used where `expires_in` says nothing sensible.
const LIFETIME_SECONDS_MIN = 60;
const LIFETIME_SECONDS_MAX = 86_400;

/** A number in the portal's newest sample, a string nearly everywhere else, and neither is promised. */
const Grant = v.object({
  access_token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,4096}$/)),
  expires_in: v.optional(v.unknown()),
});

export async function requestToken(settings: DarajaSettings, send: Send): Promise<Granted> {
  return readGrant(await send(oauthRequest(settings)));
}

function oauthRequest({ baseUrl, consumerKey, consumerSecret, timeoutMs }: DarajaSettings) {
  const credentials = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
  const headers = { authorization: `Basic ${credentials}`, accept: 'application/json' };
  return { method: 'GET' as const, url: baseUrl + OAUTH_PATH, headers, timeoutMs };
}

/** Bad credentials come back as 400 with or without a body, a firewall's refusal as HTML: all but a token is a failure. */
function readGrant(sent: Sent): Granted {
  if (sent.result !== 'answered') return { failed: `oauth:${sent.why}` };
  if (sent.status !== 200) return { failed: `oauth:HTTP ${sent.status}` };
  const grant = v.safeParse(Grant, readJson(sent.body));
  if (!grant.success) return { failed: 'oauth:unreadable' };
  return { token: grant.output.access_token, lifetimeMs: 1_000 * readLifetime(grant.output.expires_in) };
}

function readLifetime(expiresIn: unknown): number {
  const seconds = typeof expiresIn === 'string' || typeof expiresIn === 'number' ? Number(expiresIn) : Number.NaN;
  return seconds > LIFETIME_SECONDS_MIN && seconds <= LIFETIME_SECONDS_MAX ? seconds : LIFETIME_SECONDS;
}
