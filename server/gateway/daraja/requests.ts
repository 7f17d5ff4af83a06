import { wholeShillings } from '../../../shared/money.ts';
import type { CollectRequest, GatewayIds } from '../gateway.ts';
import { eatTimestamp } from './eat-clock.ts';
import type { DarajaSettings } from './settings.ts';

export const PUSH_PATH = '/mpesa/stkpush/v1/processrequest';
export const QUERY_PATH = '/mpesa/stkpushquery/v1/query';
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
    CheckoutRequestID: ids.checkoutRequestId,
  };
}

function password({ shortCode, passkey }: DarajaSettings, timestamp: string): string {
  return Buffer.from(`${shortCode}${passkey}${timestamp}`).toString('base64');
}
