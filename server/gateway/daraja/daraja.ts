import type { Clock } from '../../../shared/clock.ts';
import { isMobile } from '../../../shared/phone.ts';
import type { TokenKeeper } from '../access-token.ts';
import type { Collected, CollectRequest, Gateway } from '../gateway.ts';
import type { Send } from '../send.ts';
import { isPayable } from './amounts.ts';
import { createCall } from './call-daraja.ts';
import { createLookUp } from './look-up.ts';
import { readCallback } from './read-callback.ts';
import { readConfirmation } from './read-confirmation.ts';
import { readPushAnswer } from './read-push-answer.ts';
import { readQueryAnswer } from './read-query-answer.ts';
import { createRefunds } from './refunds.ts';
import { PUSH_PATH, pushFields, QUERY_PATH, queryFields } from './requests.ts';
import type { DarajaSettings } from './settings.ts';
import { createStatement } from './statement.ts';

/** M-Pesa in Kenya, by Safaricom's Daraja: a prompt on the phone (M-Pesa Express, once "STK push"), Reversal, Transaction Status, C2B, and Pull Transactions. */
export function createDaraja(
  settings: DarajaSettings,
  parts: { send: Send; clock: Clock; keeper?: TokenKeeper | undefined },
): Gateway {
  const call = createCall(settings, parts);
  return {
    name: 'daraja',
    currency: 'KES',
    country: 'KE',
    flow: 'prompt',
    pageSources: [],
    mayRepeat: false,
    answers: 'hint',
    async collect(request) {
      const refusal = refusedUnsent(request);
      if (refusal !== undefined) return refusal;
      return readPushAnswer(await call(PUSH_PATH, pushFields(settings, request, parts.clock.now())));
    },
    async ask(ids) {
      return readQueryAnswer(await call(QUERY_PATH, queryFields(settings, ids, parts.clock.now())), ids);
    },
    readCallback,
    readNotice: null,
    cancel: null, // A prompt ends by itself.
    refunds: createRefunds(settings, call),
    lookUp: createLookUp(settings, call),
    readConfirmation,
    statement: createStatement(settings, { call, clock: parts.clock }),
  };
}

/** What Daraja would refuse, or lose without a word, is not sent at all. */
function refusedUnsent({ amount, phone, accountReference }: CollectRequest): Collected | undefined {
  const refuse = (reason: 'amount_not_allowed' | 'invalid_phone' | 'refused', code: string): Collected => ({
    answer: 'refused',
    reason,
    code,
    retry: { after: 'no' },
  });
  if (!isPayable(amount)) return refuse('amount_not_allowed', 'unsent:amount');
  if (!isMobile(phone, 'KE')) return refuse('invalid_phone', 'unsent:phone');
  if (!/^[A-Za-z0-9]{1,12}$/.test(accountReference)) return refuse('refused', 'unsent:reference');
  return undefined;
}
