import type { Retry } from '../gateway.ts';
import { NOT_REACHED, type Refusal } from '../not-accepted.ts';
import type { Envelope } from './read-envelope.ts';

const NEVER: Retry = { after: 'no' };
const OURS_TO_MEND: Refusal = { reason: 'gateway_unavailable', retry: NEVER };
const TOO_MUCH: Refusal = { reason: 'amount_not_allowed', retry: NEVER };

export const TOKEN_REFUSED = 'invalid_api_credentials_provided';
export const INVALID_IPN_ID = 'InvalidIpnId';

/**
 * Seen in recorded answers and in the code of integrators; Pesapal lists none. The limits are of our own account, never of
 * the customer's number: fewer places, or the counter, are what helps.
 */
const REFUSALS = new Map<string, Refusal>([
  ['invalid_consumer_key_or_secret_provided', OURS_TO_MEND], // RequestToken: a wrong pair, or of the other environment.
  [TOKEN_REFUSED, NOT_REACHED], // Any: `Invalid Access Token`, and a new one did not help.
  ['invalid_url', OURS_TO_MEND], // RegisterIPN: the URL is none.
  [INVALID_IPN_ID, OURS_TO_MEND], // SubmitOrderRequest: registered by another account, or in the other environment.
  ['invalid_api_request_parameters', { reason: 'refused', retry: NEVER }], // Any: our fields are wrong.
  ['amount_exceeds_default_limit', TOO_MUCH], // SubmitOrderRequest: a new live account's limit.
  ['maximum_amount_limit_exceeded', TOO_MUCH], // SubmitOrderRequest: a test account's.
  ['TEST_TRANSACTIONS_EXCEEDED', { reason: 'refused', retry: NEVER }], // SubmitOrderRequest: not yet activated.
]);

/** Nothing comes of what was asked for. Undefined: not a code that is known. */
export function refusalOf(code: string): Refusal | undefined {
  return REFUSALS.get(code);
}

/** What was registered before is not, or no longer, of this account. */
export function isInvalidIpnId({ code, message }: Envelope): boolean {
  return code === INVALID_IPN_ID || /invalid ipn ?id/i.test(message);
}
