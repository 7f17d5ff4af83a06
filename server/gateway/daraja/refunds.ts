import type { RefundAnswer, RefundRequest, Refunds } from '../gateway.ts';
import { isPayable } from './amounts.ts';
import type { CallDaraja } from './call-daraja.ts';
import { readReceiptNumber } from './read-money.ts';
import { readRefundAnswer } from './read-refund-answer.ts';
import { readRefundResult } from './read-refund-result.ts';
import { REVERSAL_PATH, reversalFields } from './requests.ts';
import { securityCredential } from './security-credential.ts';
import type { DarajaSettings } from './settings.ts';

/** Daraja's Reversal. Null where no initiator may ask for one; throws when the initiator's certificate is none. */
export function createRefunds(settings: DarajaSettings, call: CallDaraja): Refunds | null {
  if (settings.initiator === null) return null;
  const initiator = { name: settings.initiator.name, securityCredential: securityCredential(settings.initiator) };
  return {
    async send(request) {
      const refusal = refusedUnsent(request);
      if (refusal !== undefined) return refusal;
      return readRefundAnswer(await call(REVERSAL_PATH, reversalFields(settings, initiator, request)));
    },
    readCallback: readRefundResult,
  };
}

function refusedUnsent({ amount, receiptNumber }: RefundRequest): RefundAnswer | undefined {
  const refuse = (code: string): RefundAnswer => ({ answer: 'refused', code, retry: { after: 'no' } });
  if (!isPayable(amount)) return refuse('unsent:amount');
  if (readReceiptNumber(receiptNumber) !== receiptNumber) return refuse('unsent:receipt');
  return undefined;
}
