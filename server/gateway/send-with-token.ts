import type { AccessToken } from './access-token.ts';
import type { Answered } from './answer.ts';
import type { Send, SendRequest, Sent } from './send.ts';

/** `no_token`: the gateway gave us none, so the call itself was never sent. */
export type Called = Sent | { result: 'no_token'; why: string };
export type SendWithToken = (wish: SendRequest, mayRepeat?: () => boolean) => Promise<Called>;

/**
 * Sends with the shared token; one that the gateway does not take is renewed, and the same request sent once more. That is
 * four HTTP calls at most: `sendBudgetMs` counts on it. Never throws.
 */
export function createSendWithToken(
  accessToken: AccessToken,
  { send, refusesToken }: { send: Send; refusesToken: (answer: Answered) => boolean },
): SendWithToken {
  async function sendOnce(wish: SendRequest): Promise<{ called: Called; token: string | null }> {
    const grasp = await accessToken.get();
    if ('failed' in grasp) return { called: { result: 'no_token', why: grasp.failed }, token: null };
    const headers = { ...wish.headers, authorization: `Bearer ${grasp.token}` };
    return { called: await send({ ...wish, headers }), token: grasp.token };
  }

  return async (wish, mayRepeat = () => true) => {
    const { called, token } = await sendOnce(wish);
    if (token === null || called.result !== 'answered' || !refusesToken(called)) return called;
    accessToken.forget(token);
    return mayRepeat() ? (await sendOnce(wish)).called : called;
  };
}
