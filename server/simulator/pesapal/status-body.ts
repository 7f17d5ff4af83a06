import type { Debit } from '../ledger.ts';
import { FAILURES } from './failures.ts';
import { CARDS, maskAccount, NETWORKS } from './networks.ts';
import type { Order } from './orders.ts';
import { eatStamp } from './wire.ts';

type StatusBody = Record<string, unknown>;

/** A way of writing a status that differs from the usual one. */
type Shape = (body: StatusBody, others: { receiptNumber: string; id: string }) => StatusBody;

const NO_ERROR = { error_type: null, code: null, message: null };
const WORDS = { 0: 'INVALID', 1: 'Completed', 2: 'Failed', 3: 'Reversed' } as const;

export const SHAPES = {
  upperCase: body => ({ ...body, payment_status_description: String(body.payment_status_description).toUpperCase() }),
  older: ({ account_number, ...body }) => ({ ...body, error: null }),
  strings: body => ({ ...body, amount: Number(body.amount).toFixed(2), status_code: String(body.status_code) }),
  extraKeys: body => ({ ...body, loyalty: { points: 7 }, channel: 'SIM' }),
  unlisted: body => ({ ...body, status_code: 7, payment_status_description: 'On hold' }),
  pendingWord: body => ({ ...body, status_code: 0, payment_status_description: 'Pending' }),
  wrongAmount: body => ({ ...body, amount: Number(body.amount) > 1 ? Number(body.amount) - 1 : 2 }),
  wrongReference: body => ({ ...body, merchant_reference: 'somebody-elses-order' }),
  wrongTrackingId: (body, { id }) => ({ ...body, order_tracking_id: id }),
  withoutCode: body => ({ ...body, confirmation_code: '' }),
  /** There is none before the first. */
  othersCode: (body, { receiptNumber }) => ({ ...body, confirmation_code: receiptNumber || body.confirmation_code }),
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof SHAPES;

/** What a status says of an order that nobody has paid, or of which nobody knows yet. */
export function pendingBody(order: Order): StatusBody {
  const url = callBackUrl(order);
  const error = { error_type: 'api_error', code: 'payment_details_not_found', message: 'Pending Payment' };
  return {
    ...skeleton(order),
    created_date: eatStamp(order.orderedAt),
    call_back_url: url,
    error: { ...error, call_back_url: url },
    status: '500',
  };
}

/** What a status says once something is known. */
export function finalBody(order: Order): StatusBody {
  const { told, attempt, debit } = order;
  const failure = told.failure && FAILURES[told.failure];
  const isPaid = told.code === 1 || told.code === 3;
  return {
    ...skeleton(order),
    payment_method: attempt ? methodOf(attempt) : '',
    created_date: eatStamp(debit?.at ?? told.at),
    payment_status_description: WORDS[told.code],
    description: failure ? failure.text : attempt?.network === 'card' ? 'Transaction successfully processed.' : null,
    payment_account: attempt ? maskAccount(attempt.account, attempt.network) : '',
    call_back_url: callBackUrl(order),
    status_code: told.code,
    payment_status_code: failure ? failure.code : '',
    ...(isPaid && debit ? captured(debit) : {}),
    error: NO_ERROR,
    status: '200',
  };
}

/** Every field in the recordings’ order. */
function skeleton({ amount, currency, trackingId, merchantReference }: Order): StatusBody {
  return {
    payment_method: '',
    amount,
    created_date: '',
    confirmation_code: '',
    order_tracking_id: trackingId,
    payment_status_description: WORDS[0],
    description: null,
    message: 'Request processed successfully',
    payment_account: '',
    call_back_url: '',
    status_code: 0,
    merchant_reference: merchantReference,
    account_number: null,
    payment_status_code: '',
    currency,
    error: null,
    status: '',
  };
}

function captured({ receiptNumber, amount, currency, charged }: Debit): StatusBody {
  return { confirmation_code: receiptNumber, ...(charged ?? { amount, currency }) };
}

function methodOf({ network, account }: NonNullable<Order['attempt']>): string {
  return CARDS[account]?.method ?? NETWORKS[network].method;
}

/** Without the type that the browser’s address gets. */
function callBackUrl({ callbackUrl, trackingId, merchantReference }: Order): string {
  const url = new URL(callbackUrl);
  url.searchParams.append('OrderTrackingId', trackingId);
  url.searchParams.append('OrderMerchantReference', merchantReference);
  return url.href;
}

/** An amount keeps its cents, as `1350.00`. */
export function writeStatus(body: StatusBody): string {
  return JSON.stringify(body).replace(
    /"amount":(\d+(?:\.\d+)?)/,
    (_, amount) => `"amount":${Number(amount).toFixed(2)}`,
  );
}
