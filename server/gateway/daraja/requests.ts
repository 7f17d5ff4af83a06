import { wholeShillings } from '../../../shared/money.ts';
import { eatSpeltOut, eatTimestamp } from '../eat-clock.ts';
import type { CollectRequest, GatewayIds, LookUpRequest, RefundRequest } from '../gateway.ts';
import type { DarajaSettings } from './settings.ts';

export const PUSH_PATH = '/mpesa/stkpush/v1/processrequest';
export const QUERY_PATH = '/mpesa/stkpushquery/v1/query';
export const REVERSAL_PATH = '/mpesa/reversal/v1/request';
export const STATUS_PATH = '/mpesa/transactionstatus/v1/query';
export const STATEMENT_PATH = '/pulltransactions/v1/query';
const REMARKS = 'Ticket refund'; // 2 to 100 letters, digits and blanks: anything else may fail silently.
const LOOK_UP_REMARKS = 'Paid at the counter';
const DESCRIPTION = 'Tickets'; // At most 13 letters and digits, never empty: anything else fails silently.

/** The push's fields, spelt and typed as in the portal's sample (Daraja portal, M-Pesa Express). */
export function pushFields(settings: DarajaSettings, request: CollectRequest, now: Date) {
  const timestamp = eatTimestamp(now);
  return {
    BusinessShortCode: Number(settings.shortCode),
    Password: password(settings, timestamp),
    Timestamp: timestamp,
    TransactionType: settings.tillNumber === null ? 'CustomerPayBillOnline' : 'CustomerBuyGoodsOnline',
    Amount: wholeShillings(request.amount.amount),
    PartyA: request.phone,
    PartyB: settings.tillNumber ?? settings.shortCode,
    PhoneNumber: request.phone,
    CallBackURL: `${settings.callbackUrl}/${request.callbackToken}`,
    AccountReference: request.accountReference,
    TransactionDesc: DESCRIPTION,
  };
}

/** Strings throughout, unlike the push (Daraja portal, M-Pesa Express Query). */
export function queryFields(settings: DarajaSettings, ids: GatewayIds, now: Date) {
  const timestamp = eatTimestamp(now);
  return {
    BusinessShortCode: settings.shortCode,
    Password: password(settings, timestamp),
    Timestamp: timestamp,
    CheckoutRequestID: ids.trackingId,
  };
}

/** Strings throughout, and one name misspelt, as in the portal's sample (Daraja portal, Reversal). */
export function reversalFields(
  settings: DarajaSettings,
  initiator: { name: string; securityCredential: string },
  request: RefundRequest,
) {
  const resultUrl = `${settings.refundCallbackUrl}/${request.callbackToken}`;
  return {
    Initiator: initiator.name,
    SecurityCredential: initiator.securityCredential,
    CommandID: 'TransactionReversal',
    TransactionID: request.receiptNumber,
    Amount: String(wholeShillings(request.amount.amount)),
    ReceiverParty: settings.shortCode,
    RecieverIdentifierType: '11', // An organisation; nothing else is taken.
    ResultURL: resultUrl,
    QueueTimeOutURL: `${resultUrl}/timeout`,
    Remarks: REMARKS,
  };
}

/** By the receipt number; strings throughout (Daraja portal, Transaction Status). */
export function statusFields(
  settings: DarajaSettings,
  initiator: { name: string; securityCredential: string },
  request: LookUpRequest,
) {
  const resultUrl = `${settings.callbackUrl}/${request.callbackToken}`;
  return {
    Initiator: initiator.name,
    SecurityCredential: initiator.securityCredential,
    CommandID: 'TransactionStatusQuery',
    TransactionID: request.receiptNumber,
    PartyA: settings.shortCode,
    IdentifierType: '4', // A short code, also for Buy Goods: the store's.
    ResultURL: resultUrl,
    QueueTimeOutURL: `${resultUrl}/timeout`,
    Remarks: LOOK_UP_REMARKS,
    Occasion: LOOK_UP_REMARKS,
  };
}

/** `offset` counts rows, not pages (Daraja portal, Pull Transactions). */
export function statementFields({ shortCode }: DarajaSettings, from: Date, to: Date, offset: number) {
  return {
    ShortCode: shortCode,
    StartDate: eatSpeltOut(from),
    EndDate: eatSpeltOut(to),
    OffSetValue: String(offset),
  };
}

function password({ shortCode, passkey }: DarajaSettings, timestamp: string): string {
  return Buffer.from(`${shortCode}${passkey}${timestamp}`).toString('base64');
}
