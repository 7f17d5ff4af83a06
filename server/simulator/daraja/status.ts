import { randomHex } from '../../../shared/random.ts';
import type { Debit } from '../ledger.ts';
import type { Parts } from '../parts.ts';
import { eatDigits } from './east-africa-time.ts';
import { fieldText, isCallbackUrl } from './push-request.ts';
import { send } from './send.ts';
import { type Answered, gatewayId, json, refusal } from './wire.ts';

const FIELDS: Record<string, (text: string) => boolean> = {
  Initiator: text => text !== '',
  SecurityCredential: text => /^[A-Za-z0-9+/]+=*$/.test(text),
  CommandID: text => text === 'TransactionStatusQuery',
  TransactionID: text => text !== '',
  PartyA: text => /^\d{5,7}$/.test(text),
  IdentifierType: text => text === '4',
  ResultURL: isCallbackUrl,
  QueueTimeOutURL: isCallbackUrl,
  Remarks: text => text.length >= 2 && text.length <= 100,
};

/** `POST /mpesa/transactionstatus/v1/query`: acknowledged; what became of it comes to the ResultURL. */
export function queryStatus(parts: Parts, body: Record<string, unknown>): Answered {
  const { random, clock, settings } = parts;
  const wrong = Object.keys(FIELDS).find(name => !FIELDS[name]?.(fieldText(body, name)));
  if (wrong) return refusal(random, '400.002.02', `Bad Request - Invalid ${wrong}`);
  const originatorConversationId = gatewayId(random);
  const conversationId = `AG_${eatDigits(clock.now()).slice(0, 8)}_${randomHex(random, 10)}`;
  const names = { OriginatorConversationID: originatorConversationId, ConversationID: conversationId };
  clock.after(settings.callbackDelayMs, () => {
    const result = JSON.stringify({ Result: { ResultType: 0, ...resultOf(parts, body), ...names } });
    void send(parts, { id: originatorConversationId, url: fieldText(body, 'ResultURL'), body: result });
  });
  return json(200, { ...names, ResponseCode: '0', ResponseDescription: 'Accept the service request successfully.' });
}

/** Only a right operator learns anything, and only of this short code's own money. */
function resultOf({ settings, keys, ledger }: Parts, body: Record<string, unknown>) {
  const isOperator =
    fieldText(body, 'Initiator') === settings.initiatorName &&
    keys.decrypt(fieldText(body, 'SecurityCredential')) === settings.initiatorPassword;
  if (!isOperator) return { ResultCode: 2001, ResultDesc: 'The initiator information is invalid.' };
  const debit = ledger.debits.find(
    one => one.receiptNumber === fieldText(body, 'TransactionID') && one.shortCode === fieldText(body, 'PartyA'),
  );
  if (!debit)
    return { ResultCode: 'SFC_IC0003', ResultDesc: 'The operator does not exist.', TransactionID: 'SKE0000000' };
  const isReversed = ledger.reversals.some(one => one.originalReceiptNumber === debit.receiptNumber);
  return {
    ResultCode: 0,
    ResultDesc: 'The service request is processed successfully.',
    TransactionID: debit.receiptNumber,
    ResultParameters: { ResultParameter: parametersOf(debit, isReversed, settings.merchant) },
  };
}

/** The debit party comes twice, and the reason has no value (Daraja portal, Transaction Status). */
function parametersOf(debit: Debit, isReversed: boolean, merchant: string) {
  const at = Number(eatDigits(debit.at));
  return [
    { Key: 'DebitPartyName', Value: `${debit.phone} - WANJIKU` },
    { Key: 'DebitPartyName', Value: `${debit.phone} - WANJIKU` },
    { Key: 'CreditPartyName', Value: `${debit.shortCode} - ${merchant}` },
    { Key: 'TransactionStatus', Value: isReversed ? 'Cancelled' : 'Completed' },
    { Key: 'Amount', Value: debit.amount },
    { Key: 'ReceiptNo', Value: debit.receiptNumber },
    { Key: 'InitiatedTime', Value: at },
    { Key: 'FinalisedTime', Value: at },
    { Key: 'TransactionReason' },
  ];
}
