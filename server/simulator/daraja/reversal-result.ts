import type { ReversalFault } from '../fault.ts';
import type { Debit, Reversal } from '../ledger.ts';
import { eatDigits } from './east-africa-time.ts';
import { REVERSAL_RESULTS, type ReversalCode } from './results.ts';

/** What a reversal was asked with, as far as its result repeats it. */
export interface ReversalIds {
  originatorConversationId: string;
  conversationId: string;
  timeoutUrl: string;
}

const NO_RECEIPT = 'SKE0000000'; // A placeholder of Daraja's.

/** The message to the ResultURL (Daraja portal, Reversal). */
export function reversalResult(
  ids: ReversalIds,
  code: ReversalCode,
  done: { debit: Debit; reversal: Reversal; shortCode: string; merchant: string } | null,
  shape: ReversalFault['shape'],
): string {
  const numericCode = /^\d+$/.test(code) && shape !== 'strings';
  return JSON.stringify({
    Result: {
      ResultType: shape === 'strings' ? '0' : 0,
      ResultCode: numericCode ? Number(code) : code,
      ResultDesc: REVERSAL_RESULTS[code],
      OriginatorConversationID: ids.originatorConversationId,
      ConversationID: ids.conversationId,
      TransactionID: done?.reversal.receiptNumber ?? NO_RECEIPT,
      ...(done && { ResultParameters: { ResultParameter: parameters(done, shape) } }),
      ReferenceData: { ReferenceItem: shape === 'odd' ? [reference(ids), { Key: 'Occasion' }] : reference(ids) },
    },
  });
}

function reference({ timeoutUrl }: ReversalIds) {
  return { Key: 'QueueTimeoutURL', Value: timeoutUrl };
}

function parameters(
  { debit, reversal, shortCode, merchant }: { debit: Debit; reversal: Reversal; shortCode: string; merchant: string },
  shape: ReversalFault['shape'],
) {
  const original = { Key: 'OriginalTransactionID', Value: debit.receiptNumber };
  if (shape === 'oneParameter') return original;
  const number = (value: number) => (shape === 'strings' ? String(value) : value);
  const odd = shape === 'odd' ? [{ Key: 'BOCompletedTime' }, { Key: 'Amount', Value: null }, { Key: 'Charge' }] : [];
  return [
    ...odd,
    { Key: 'DebitAccountBalance', Value: 'Utility Account|KES|7722179.62|7722179.62|0.00|0.00' },
    { Key: 'Amount', Value: number(debit.amount) },
    { Key: 'TransCompletedTime', Value: number(Number(eatDigits(reversal.at))) },
    original,
    { Key: 'Charge', Value: number(0) },
    { Key: 'CreditPartyPublicName', Value: `${debit.phone} - WANJIKU` },
    { Key: 'DebitPartyPublicName', Value: `${shortCode} - ${merchant}` },
  ];
}
