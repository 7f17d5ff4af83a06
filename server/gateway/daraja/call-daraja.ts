import type { Clock } from '../../../shared/clock.ts';
import type { Send, Sent } from '../send.ts';
import { createAccessToken } from './access-token.ts';
import { readFault, readJson } from './read-answer.ts';
import { isTokenError } from './refusals.ts';
import type { DarajaSettings } from './settings.ts';

/** `no_token`: Daraja gave us none, so the call itself was never sent. */
export type Called = Sent | { result: 'no_token'; why: string };
export type CallDaraja = (
  path: string,
  fields: Record<string, string | number>,
  limits?: { answerBytesMax?: number },
) => Promise<Called>;

/**
 * Calls with the shared token; one that Daraja does not take is renewed, and the same call made once more. That is four
 * HTTP calls at most: `sendBudgetMs` counts on it. Never throws.
 */
export function createCall(settings: DarajaSettings, parts: { send: Send; clock: Clock }): CallDaraja {
  const accessToken = createAccessToken(settings, parts);

  async function callOnce(
    path: string,
    body: string,
    limits: { answerBytesMax?: number },
  ): Promise<{ called: Called; token: string | null }> {
    const grasp = await accessToken.get();
    if ('failed' in grasp) return { called: { result: 'no_token', why: grasp.failed }, token: null };
    const headers = { authorization: `Bearer ${grasp.token}`, 'content-type': 'application/json' };
    const { baseUrl, timeoutMs } = settings;
    const called = await parts.send({ method: 'POST', url: baseUrl + path, headers, body, timeoutMs, ...limits });
    return { called, token: grasp.token };
  }

  return async (path, fields, limits = {}) => {
    const body = JSON.stringify(fields);
    const { called, token } = await callOnce(path, body, limits);
    if (token === null || !tokenNotTaken(called)) return called;
    accessToken.forget(token);
    return (await callOnce(path, body, limits)).called;
  };
}

function tokenNotTaken(called: Called): boolean {
  return called.result === 'answered' && isTokenError(readFault(readJson(called.body)));
}
