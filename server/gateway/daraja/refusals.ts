import type { Retry } from '../gateway.ts';
import type { Refusal } from '../not-accepted.ts';
import type { Fault } from './read-fault.ts';

interface Row extends Refusal {
  code: RegExp;
  message?: RegExp;
}

const NEVER: Retry = { after: 'no' };
const SOON: Retry = { after: 'wait', seconds: 60 };
const TOKEN_CODES = /^(404\.001\.03|400\.003\.01|401\.002\.01|401\.003\.01)$/;

/**
 * The answers after which nothing comes of a request, be it a prompt or a reversal; the first row that fits counts. Everything else is unknown.
 * Daraja reuses its codes: 500.001.1001 means four things, and `Internal Server Error` or `The transaction is being
 * processed` under it are no refusals; nor is 500.003.02 with `System is busy`.
 */
const ROWS: Row[] = [
  // Daraja portal, Authorization and M-Pesa Express errors: an expired or foreign token, an app not yet approved.
  { code: TOKEN_CODES, reason: 'gateway_unavailable', retry: SOON },
  // Daraja portal, M-Pesa Express errors: `Bad Request - Invalid <Field>`; also what a wrong content type gets.
  { code: /^400\.002\.02$/, message: /Invalid (PhoneNumber|PartyA)\b/i, reason: 'invalid_phone', retry: NEVER },
  { code: /^400\.002\.02$/, message: /Invalid Amount\b/i, reason: 'amount_not_allowed', retry: NEVER },
  { code: /^400\.002\.02$/, reason: 'refused', retry: NEVER },
  { code: /^400\.(002\.05|003\.02)$/, reason: 'refused', retry: NEVER },
  // Daraja portal, M-Pesa Express errors: wrong path, wrong header, wrong method.
  { code: /^404\.(001\.01|002\.01|003\.01|001\.04)$|^405\.001$/, reason: 'refused', retry: NEVER },
  // Daraja portal, M-Pesa Express errors: our own account is wrong.
  { code: /^500\.001\.1001$/, message: /merchant does not exist|wrong credentials/i, reason: 'refused', retry: NEVER },
  // Daraja portal, M-Pesa Express errors: a prompt or a menu is open on that phone. No new prompt came of this push.
  { code: /^500\.001\.1001$/, message: /unable to lock subscriber/i, reason: 'phone_busy', retry: SOON },
  // Daraja portal, M-Pesa Express errors: the gateway's own limits, before M-Pesa is asked.
  { code: /^500\.003\.02$/, message: /spike arrest/i, reason: 'gateway_unavailable', retry: SOON },
  { code: /^500\.003\.03$/, reason: 'gateway_unavailable', retry: SOON },
  // Apigee's own fault, HTTP 429: seen in the sandbox, June 2026.
  { code: /^policies\.ratelimit\./, reason: 'gateway_unavailable', retry: SOON },
  // Daraja portal, questions and answers: M-Pesa Express is not switched on for this app.
  { code: /(?:)/, message: /no apiproduct match found/i, reason: 'refused', retry: NEVER },
];

export function refusalOf(fault: Fault): Refusal | undefined {
  return ROWS.find(row => row.code.test(fault.code) && (row.message === undefined || row.message.test(fault.message)));
}

/** 500.003.02 and .03 under a question mean throttled, whatever they say (Daraja portal, M-Pesa Express Query). */
const THROTTLED = /^500\.003\.0[23]$|^policies\.ratelimit\./;

/** Asked too often; nothing is said of what was asked about. */
export function isThrottled(status: number, fault: Fault): boolean {
  return status === 429 || THROTTLED.test(fault.code);
}

/** A new token and the same call once more may help. */
export function isTokenError(fault: Fault): boolean {
  return TOKEN_CODES.test(fault.code);
}
