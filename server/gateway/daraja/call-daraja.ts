import type { Clock } from '../../../shared/clock.ts';
import { createAccessToken, type TokenKeeper } from '../access-token.ts';
import { type Answered, readJson } from '../answer.ts';
import type { Send } from '../send.ts';
import { type Called, createSendWithToken } from '../send-with-token.ts';
import { readFault } from './read-fault.ts';
import { isTokenError } from './refusals.ts';
import { requestToken } from './request-token.ts';
import type { DarajaSettings } from './settings.ts';

const RENEW_BEFORE_END_MS = 120_000; // Clocks differ, and a call on its way must still find the token valid.

export type CallDaraja = (
  path: string,
  fields: Record<string, string | number>,
  limits?: { answerBytesMax?: number },
) => Promise<Called>;

/** A new token ends the one before it (Daraja portal, Authorization): all calls share one. Never throws. */
export function createCall(
  settings: DarajaSettings,
  { send, clock, keeper }: { send: Send; clock: Clock; keeper?: TokenKeeper | undefined },
): CallDaraja {
  const { baseUrl, timeoutMs } = settings;
  const renewal = { clock, renewBeforeEndMs: RENEW_BEFORE_END_MS, keeper };
  const accessToken = createAccessToken(renewal, () => requestToken(settings, send));
  const sendWithToken = createSendWithToken(accessToken, { send, refusesToken });
  const headers = { 'content-type': 'application/json' };
  return (path, fields, limits = {}) =>
    sendWithToken({ method: 'POST', url: baseUrl + path, headers, body: JSON.stringify(fields), timeoutMs, ...limits });
}

function refusesToken(answer: Answered): boolean {
  return isTokenError(readFault(readJson(answer.body)));
}
