import type { Clock } from '../../../shared/clock.ts';
import { createAccessToken, type TokenKeeper } from '../access-token.ts';
import type { Answered } from '../answer.ts';
import type { Send } from '../send.ts';
import { type Called, createSendWithToken } from '../send-with-token.ts';
import { readEnvelope } from './read-envelope.ts';
import { TOKEN_REFUSED } from './refusals.ts';
import { requestToken } from './request-token.ts';
import type { PesapalSettings } from './settings.ts';

const RENEW_BEFORE_END_MS = 60_000; // Clocks differ, and a call on its way must still find the token valid.

export interface CallPesapal {
  get(path: string): Promise<Called>;
  /** `mayRepeat`: whether there is time to do it again with a new token. */
  post(path: string, fields: object, mayRepeat?: () => boolean): Promise<Called>;
}

/** Calls with the shared token. Never throws. */
export function createCall(
  settings: PesapalSettings,
  { send, clock, keeper }: { send: Send; clock: Clock; keeper?: TokenKeeper | undefined },
): CallPesapal {
  const { baseUrl, timeoutMs } = settings;
  const renewal = { clock, renewBeforeEndMs: RENEW_BEFORE_END_MS, keeper };
  const accessToken = createAccessToken(renewal, () => requestToken(settings, { send, clock }));
  const sendWithToken = createSendWithToken(accessToken, { send, refusesToken });
  const accept = 'application/json';
  return {
    get: path => sendWithToken({ method: 'GET', url: baseUrl + path, headers: { accept }, timeoutMs }),
    post(path, fields, mayRepeat) {
      const headers = { accept, 'content-type': 'application/json' };
      const body = JSON.stringify(fields);
      return sendWithToken({ method: 'POST', url: baseUrl + path, headers, body, timeoutMs }, mayRepeat);
    },
  };
}

/** Seen under HTTP 200 and 500, and as a bare 401. */
function refusesToken(answer: Answered): boolean {
  return answer.status === 401 || readEnvelope(answer).code === TOKEN_REFUSED;
}
