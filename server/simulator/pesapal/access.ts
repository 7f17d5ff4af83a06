import { addMs } from '../../../shared/clock.ts';
import { type Random, randomHex } from '../../../shared/random.ts';
import type { Answered, GatewayAnswer, GatewayRequest } from '../daraja/wire.ts';
import type { Parts } from '../parts.ts';
import { REFUSALS, sayInstead } from './refusals.ts';
import { json, utcStamp } from './wire.ts';

const HOUR_SECONDS = 3_600;
const SHORT_SECONDS = 300;
const BAD_BEARER = { 200: 'badBearer200', 401: 'badBearer401', 500: 'badBearer500' } as const;

/** `POST /api/Auth/RequestToken` */
export function issueToken(parts: Parts, body: Record<string, unknown>): GatewayAnswer {
  const { settings, random, pesapal, clock } = parts;
  const { pesapalConsumerKey: key, pesapalConsumerSecret: secret, pesapalTokenSeconds } = settings;
  if (body.consumer_key !== key || body.consumer_secret !== secret) return REFUSALS.invalidCredentials();
  const fault = pesapal.faults.take('token', null)?.token;
  if (fault && fault !== 'hour') return sayInstead(fault);

  const now = clock.now();
  const claimedSeconds = fault === 'hour' ? HOUR_SECONDS : pesapalTokenSeconds;
  const liveSeconds = fault === 'hour' ? SHORT_SECONDS : pesapalTokenSeconds;
  const expires = addMs(now, claimedSeconds * 1_000);
  const token = writeToken(random, now, expires);
  for (const [old, endsAt] of pesapal.tokens) if (endsAt <= now) pesapal.tokens.delete(old);
  pesapal.tokens.set(token, addMs(now, liveSeconds * 1_000));
  return json(200, {
    token,
    expiryDate: utcStamp(expires),
    error: null,
    status: '200',
    message: 'Request processed successfully',
  });
}

/** What a call hears when its token is not one; undefined when it may go on. */
export function refuseStranger({ pesapal, clock, settings }: Parts, request: GatewayRequest): Answered | undefined {
  const token = /^Bearer (\S+)$/.exec(String(request.headers.authorization ?? ''))?.[1] ?? '';
  const endsAt = pesapal.tokens.get(token);
  if (endsAt && endsAt > clock.now()) return undefined;
  return REFUSALS[BAD_BEARER[settings.pesapalBadTokenStatus]]();
}

/** It looks like a JWT, and nobody but us reads it. */
function writeToken(random: Random, now: Date, expires: Date): string {
  const issuer = 'http://simulator.invalid/';
  const [nbf, exp] = [now, expires].map(instant => Math.floor(instant.getTime() / 1_000));
  const parts = [
    { alg: 'HS256', typ: 'JWT' },
    { uid: randomHex(random), nbf, exp, iat: nbf, iss: issuer, aud: issuer },
  ].map(part => Buffer.from(JSON.stringify(part)).toString('base64url'));
  return [...parts, Buffer.from(random(32)).toString('base64url')].join('.');
}
