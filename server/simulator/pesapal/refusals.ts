import type { Answered, GatewayAnswer } from '../daraja/wire.ts';
import { html, json } from './wire.ts';

type Refuse = () => Answered;

/** Every answer but the expected one, by what it says. Seen in recordings and logs of the sandbox, most of them under HTTP 200. */
export const REFUSALS = {
  invalidCredentials: says('api_error', 'invalid_consumer_key_or_secret_provided', ''),
  /** One and the same, under whatever HTTP status: different people have seen each of them. */
  badBearer200: says('authentication_error', 'invalid_api_credentials_provided', 'Invalid Access Token'),
  badBearer401: says('authentication_error', 'invalid_api_credentials_provided', 'Invalid Access Token', 401, null),
  badBearer500: says('authentication_error', 'invalid_api_credentials_provided', 'Invalid Access Token', 500),
  invalidUrl: says('api_error', 'invalid_url', 'The specified url provided is invalid'),
  invalidIpnId: says('api_error', 'InvalidIpnId', 'Invalid IPN ID'),
  invalidParameters: says('invalid_request_error', 'invalid_api_request_parameters', 'Invalid API request.'),
  overLimit: says(
    'contractual_error',
    'amount_exceeds_default_limit',
    'Transaction amount exceeds limit. Contact support for assistance',
  ),
  overTestLimit: says(
    'contractual_error',
    'maximum_amount_limit_exceeded',
    'Request Declined.Maximum allowed test transactions limit exceeded',
  ),
  testTransactionsExceeded: says('contractual_error', 'TEST_TRANSACTIONS_EXCEEDED', ''),
  unlisted: says('api_error', 'something_that_no_list_mentions', ''),
  cannotBeCancelled: () =>
    json(200, { status: '500', message: 'Invalid order request. Transaction cannot be cancelled' }),
  refundInvalidAmount: () =>
    json(200, { status: '500', message: 'Invalid amount provided. Please check your transaction details' }),
  refundReceivedAlready: () => json(200, { status: '500', message: 'Refund request has been received already' }),
  badGateway: () => html(502, '502 Bad Gateway'),
  serverError: () => html(500, 'Runtime Error'),
  firewall: () => html(403, 'Attention Required! | Cloudflare'),
  rateLimited: () => html(429, '429 Too Many Requests'),
  emptyOk: () => ({ status: 200, headers: {}, body: '' }),
} as const satisfies Record<string, Refuse>;

export type RefusalName = keyof typeof REFUSALS;

/** What is said instead of the expected answer, or that nothing is. */
export type Instead = RefusalName | 'hang' | 'reset';

export function sayInstead(instead: Instead): GatewayAnswer {
  return instead === 'hang' || instead === 'reset' ? { drop: instead } : REFUSALS[instead]();
}

function says(type: string, code: string, message: string, http = 200, status: string | null = '500'): Refuse {
  return () => json(http, { error: { error_type: type, code, message }, status });
}
