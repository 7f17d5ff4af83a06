import { MINOR_UNITS, wholeShillings } from '../../../shared/money.ts';
import type { CollectRequest, GatewayIds, RefundRequest } from '../gateway.ts';
import type { PesapalSettings } from './settings.ts';

export const REGISTER_PATH = '/api/URLSetup/RegisterIPN';
export const ORDER_PATH = '/api/Transactions/SubmitOrderRequest';
export const REFUND_PATH = '/api/Transactions/RefundRequest';
export const CANCEL_PATH = '/api/Transactions/CancelOrder';
export const NOTIFIED_BY = 'POST';

const PREFIX = 'tiketi-'; // Everybody who holds the sandbox's public keys seems to share its references.
const REFERENCE_LENGTH_MAX = 50;
const REMARKS = 'Ticket refund';

export function statusPath({ trackingId }: GatewayIds): string {
  return `/api/Transactions/GetTransactionStatus?orderTrackingId=${encodeURIComponent(trackingId)}`;
}

/**
 * Of this payment alone and the same whenever it is asked for: an order submitted again under its reference is the first
 * one, whatever else has changed in it.
 */
export function merchantReference({ accountReference, paymentId }: CollectRequest): string {
  const reference = `${accountReference}-${paymentId}`;
  return PREFIX.length + reference.length > REFERENCE_LENGTH_MAX ? reference : PREFIX + reference;
}

/** Amounts are sent in shillings, as a JSON number. */
export function orderFields({ returnUrl }: PesapalSettings, request: CollectRequest, ipnId: string) {
  const { amount, phone, email, callbackToken, accountReference } = request;
  const backTo = `${returnUrl}/${callbackToken}`;
  return {
    id: merchantReference(request),
    currency: amount.currency,
    amount: wholeShillings(amount.amount),
    description: `Tickets ${accountReference}`,
    callback_url: backTo,
    cancellation_url: backTo,
    redirect_mode: 'PARENT_WINDOW', // Its page may stand in a frame of ours: what holds the frame stays where it is.
    notification_id: ipnId,
    billing_address: {
      phone_number: phone, // Only what its page suggests: the customer may pay from another.
      ...(email !== null && { email_address: email }),
      country_code: 'TZ',
    },
  };
}

/** The amount as text with cents, the one form that was seen to be accepted, and one that no rounding can touch. */
export function refundFields({ receiptNumber, amount, by }: RefundRequest) {
  const cents = String(amount.amount % MINOR_UNITS).padStart(2, '0');
  return {
    confirmation_code: receiptNumber,
    amount: `${Math.trunc(wholeShillings(amount.amount))}.${cents}`,
    username: by,
    remarks: REMARKS,
  };
}
