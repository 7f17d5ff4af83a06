import { addMs } from '../../../shared/clock.ts';
import { randomHex } from '../../../shared/random.ts';
import type { Parts } from '../parts.ts';
import { REFUSALS } from './refusals.ts';
import { type Answered, type GatewayRequest, json, refusal } from './wire.ts';

/** The one token that is good at this moment: a new one kills it (Daraja portal, Authorization, FAQ). */
export interface Access {
  token: string | null;
  tokenEndsAt: Date;
  nextQueryAt: Date;
}

const TOKEN_BYTES = 14; // 28 characters, as the real ones.

export function createAccess(): Access {
  return { token: null, tokenEndsAt: new Date(0), nextQueryAt: new Date(0) };
}

/** `GET /oauth/v1/generate?grant_type=client_credentials` */
export function issueToken(parts: Parts, request: GatewayRequest): Answered {
  const { random, settings, access, clock } = parts;
  if (request.method !== 'GET') return refusal(random, '405.001', `${request.method} Method Not Allowed`);
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/.exec(String(request.headers.authorization ?? ''))?.[1];
  if (!basic) return REFUSALS.invalidAuthentication(random);
  const grantType = new URL(request.path, 'http://simulator').searchParams.get('grant_type');
  if (grantType !== 'client_credentials') return REFUSALS.invalidGrantType(random);
  if (Buffer.from(basic, 'base64').toString() !== `${settings.consumerKey}:${settings.consumerSecret}`)
    return REFUSALS.emptyBadRequest();

  const oauth = parts.faults.takeForToken()?.oauth;
  if (oauth && oauth !== 'numericExpiry') return REFUSALS[oauth](random);
  access.token = randomHex(random, TOKEN_BYTES);
  access.tokenEndsAt = addMs(clock.now(), settings.tokenSeconds * 1_000);
  const lifetime = Math.floor(settings.tokenSeconds);
  return json(200, {
    access_token: access.token,
    expires_in: oauth === 'numericExpiry' ? lifetime : String(lifetime),
  });
}

/** What a product call hears when its token is not the one; undefined when it may go on. */
export function refuseStranger({ access, clock, random }: Parts, request: GatewayRequest): Answered | undefined {
  const token = /^Bearer (\S+)$/.exec(String(request.headers.authorization ?? ''))?.[1];
  if (!token) return REFUSALS.invalidHeader(random);
  if (token !== access.token || clock.now() >= access.tokenEndsAt) return REFUSALS.invalidToken(random);
  return undefined;
}
