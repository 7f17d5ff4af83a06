import * as v from 'valibot';
import type { Clock } from '../../../shared/clock.ts';
import type { Granted } from '../access-token.ts';
import { readJson } from '../answer.ts';
import type { Send, Sent } from '../send.ts';
import { describe, plainCode, readEnvelope } from './read-envelope.ts';
import { refusalOf } from './refusals.ts';
import type { PesapalSettings } from './settings.ts';

const TOKEN_PATH = '/api/Auth/RequestToken';
const LIFETIME_MS_MAX = 5 * 60_000; // What the documentation promises; `expiryDate` has been seen to say an hour.
const EXPIRY = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

const Grant = v.object({
  token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,8192}$/)),
  expiryDate: v.fallback(v.pipe(v.string(), v.regex(EXPIRY)), ''),
});

export async function requestToken(settings: PesapalSettings, parts: { send: Send; clock: Clock }): Promise<Granted> {
  const { baseUrl, consumerKey, consumerSecret, timeoutMs } = settings;
  const askedAt = parts.clock.now();
  const sent = await parts.send({
    method: 'POST',
    url: baseUrl + TOKEN_PATH,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ consumer_key: consumerKey, consumer_secret: consumerSecret }),
    timeoutMs,
  });
  return readGrant(sent, askedAt);
}

/** A refusal comes under HTTP 200 as well: the token itself is the only sign of success. */
function readGrant(sent: Sent, askedAt: Date): Granted {
  if (sent.result !== 'answered') return { failed: `token:${sent.why}` };
  const code = plainCode(readEnvelope(sent).code);
  if (refusalOf(code)) return { failed: code };
  const grant = v.safeParse(Grant, readJson(sent.body));
  if (!grant.success || code !== '') return { failed: `token:${describe(sent)}` };
  return { token: grant.output.token, lifetimeMs: readLifetime(grant.output.expiryDate, askedAt) };
}

/** An end that has passed, or none that can be read, is a matter of clocks: then the promise counts. */
function readLifetime(expiryDate: string, askedAt: Date): number {
  const lifetimeMs = Date.parse(expiryDate) - askedAt.getTime();
  return lifetimeMs > 0 ? Math.min(lifetimeMs, LIFETIME_MS_MAX) : LIFETIME_MS_MAX;
}
