import * as v from 'valibot';
import { addMs, type Clock } from '../../../shared/clock.ts';
import type { Send, Sent } from '../send.ts';
import { readJson } from './read-answer.ts';
import type { DarajaSettings } from './settings.ts';

const OAUTH_PATH = '/oauth/v1/generate?grant_type=client_credentials';
const LIFETIME_SECONDS = 3_600; // What the portal promises; used where `expires_in` says nothing sensible.
const LIFETIME_SECONDS_MIN = 60;
const LIFETIME_SECONDS_MAX = 86_400;
const RENEW_BEFORE_END_MS = 120_000; // Clocks differ, and a call on its way must still find the token valid.

/** A number in the portal's newest sample, a string nearly everywhere else, and neither is promised. */
const Grant = v.object({
  access_token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,4096}$/)),
  expires_in: v.optional(v.unknown()),
});

/** `failed` is a short code for logs. */
export type Grasp = { token: string } | { failed: string };

export interface AccessToken {
  /** The shared token; asks for a new one where there is none, once, however many ask at the same time. Never throws. */
  get(): Promise<Grasp>;
  /** Daraja did not take this token: unless another has taken its place already, the next `get` asks for a new one. */
  forget(token: string): void;
}

/** A new token ends the one before it (Daraja portal, Authorization): all calls must share one. */
export function createAccessToken(
  settings: DarajaSettings,
  { send, clock }: { send: Send; clock: Clock },
): AccessToken {
  let current: { token: string; renewAt: Date } | null = null;
  let underWay: Promise<Grasp> | null = null;

  async function renew(): Promise<Grasp> {
    const askedAt = clock.now();
    const granted = readGrant(await send(oauthRequest(settings)));
    if ('failed' in granted) return granted;
    current = { token: granted.token, renewAt: renewAt(askedAt, granted.lifetimeSeconds) };
    return { token: granted.token };
  }

  return {
    async get() {
      if (current !== null && clock.now() < current.renewAt) return { token: current.token };
      underWay ??= renew().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    forget(token) {
      if (current?.token === token) current = null;
    },
  };
}

function oauthRequest({ baseUrl, consumerKey, consumerSecret, timeoutMs }: DarajaSettings) {
  const credentials = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
  const headers = { authorization: `Basic ${credentials}`, accept: 'application/json' };
  return { method: 'GET' as const, url: baseUrl + OAUTH_PATH, headers, timeoutMs };
}

/** Bad credentials come back as 400 with or without a body, a firewall's refusal as HTML: all but a token is a failure. */
function readGrant(sent: Sent): { token: string; lifetimeSeconds: number } | { failed: string } {
  if (sent.result !== 'answered') return { failed: sent.why };
  if (sent.status !== 200) return { failed: `HTTP ${sent.status}` };
  const grant = v.safeParse(Grant, readJson(sent.body));
  if (!grant.success) return { failed: 'unreadable' };
  return { token: grant.output.access_token, lifetimeSeconds: readLifetime(grant.output.expires_in) };
}

function readLifetime(expiresIn: unknown): number {
  const seconds = typeof expiresIn === 'string' || typeof expiresIn === 'number' ? Number(expiresIn) : Number.NaN;
  return seconds > LIFETIME_SECONDS_MIN && seconds <= LIFETIME_SECONDS_MAX ? seconds : LIFETIME_SECONDS;
}

/** Half of a short life, so that a token is never born too old to use. */
function renewAt(askedAt: Date, lifetimeSeconds: number): Date {
  const lifetimeMs = lifetimeSeconds * 1_000;
  return addMs(askedAt, lifetimeMs - Math.min(RENEW_BEFORE_END_MS, lifetimeMs / 2));
}
