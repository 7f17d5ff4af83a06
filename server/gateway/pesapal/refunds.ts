import type { RefundAnswer, RefundRequest, Refunds } from '../gateway.ts';
import type { Called } from '../send-with-token.ts';
import type { CallPesapal } from './call-pesapal.ts';
import { type Envelope, readEnvelope } from './read-envelope.ts';
import { readConfirmationCode } from './read-money.ts';
import { type Certain, readNotAccepted } from './read-not-accepted.ts';
import { REFUND_PATH, refundFields } from './requests.ts';

/** Pesapal's RefundRequest: people at Pesapal do it, and only its payment's status ever says that it is done. */
export function createRefunds(call: CallPesapal): Refunds {
  return {
    async send(request) {
      const refusal = refusedUnsent(request);
      if (refusal !== undefined) return refusal;
      return readRefundAnswer(await call.post(REFUND_PATH, refundFields(request)));
    },
    readCallback: null,
  };
}

function refusedUnsent({ amount, receiptNumber }: RefundRequest): RefundAnswer | undefined {
  const refuse = (code: string): RefundAnswer => ({ answer: 'refused', code, retry: { after: 'no' } });
  if (amount.currency !== 'TZS' || !(amount.amount > 0)) return refuse('unsent:amount');
  if (readConfirmationCode(receiptNumber) !== receiptNumber) return refuse('unsent:receipt');
  return undefined;
}

/** There is one refund a payment, ever: one that was received before is ours, asked for again after a lost answer. */
function readRefundAnswer(called: Called): RefundAnswer {
  const envelope = called.result === 'answered' ? readEnvelope(called) : null;
  const isAccepted = envelope !== null && envelope.code === '' && envelope.status === '200';
  const isKnown = envelope !== null && /refund request has been received already/i.test(envelope.message);
  if (isAccepted || isKnown) return { answer: 'accepted', conversationId: null };
  const not = readNotAccepted(called, refusalIn);
  return not.answer === 'refused' ? { answer: 'refused', code: not.code, retry: not.retry } : not;
}

function refusalIn({ message }: Envelope): Certain | undefined {
  if (!/invalid amount provided/i.test(message)) return undefined;
  return { reason: 'refused', code: 'invalid_amount', retry: { after: 'no' } };
}
