import type { ReasonCode } from '../../../shared/reasons.ts';
import type { Outcome, Retry } from '../gateway.ts';

export interface Result {
  reason: ReasonCode;
  retry: Retry;
  /** What a query's mention of this code is worth: an end, or only a sign that Daraja is busy with something. */
  onQuery: 'terminal' | 'going';
}

export const PAID = '0';
/** Undocumented, and only in a query's answer: still being processed (seen in the sandbox, June 2026). */
export const STILL_GOING = '4999';

const CODE_LENGTH_MAX = 40;
const NOW: Retry = { after: 'now' };
const NEVER: Retry = { after: 'no' };
const wait = (seconds: number): Retry => ({ after: 'wait', seconds });

/** A code that says something about us or about the account, in other M-Pesa APIs; too little is known for more. */
const OF_OTHERS: Result = { reason: 'refused', retry: NEVER, onQuery: 'going' };
/** Daraja portal, Reversal, B2C and Account Balance: accounts, initiators, permissions, parameters. */
const CODES_OF_OTHERS = [
  ...['7', '11', '14', '15', '18', '19', '20', '21', '22', '24', '25', '29', '1005', '2006', '2007', '2020'],
  ...['2029', '2033', '2040', '2043', '2051', '2202', 'TP40153'],
];
/** A callback is only sent at the end, so a code that nobody knows is a failure too. */
const UNLISTED: Result = { reason: 'refused', retry: wait(60), onQuery: 'going' };

const RESULTS = new Map<string, Result>([
  // Daraja portal, M-Pesa Express, result codes. In real traffic nearly everything is 0, 1, 1032 or 1037.
  ['1', { reason: 'insufficient_funds', retry: NOW, onQuery: 'terminal' }],
  ['2', { reason: 'amount_not_allowed', retry: NEVER, onQuery: 'terminal' }], // Below the least amount.
  ['3', { reason: 'amount_not_allowed', retry: NEVER, onQuery: 'terminal' }], // Above the largest: KES 250,000.
  ['4', { reason: 'limit_exceeded', retry: NEVER, onQuery: 'terminal' }], // The payer's limit of the day.
  ['8', { reason: 'refused', retry: NEVER, onQuery: 'terminal' }], // Our own account is full.
  ['17', { reason: 'duplicate_request', retry: wait(120), onQuery: 'terminal' }], // Same amount, same customer, two minutes.
  ['1019', { reason: 'expired', retry: NOW, onQuery: 'terminal' }],
  ['1025', { reason: 'gateway_unavailable', retry: wait(60), onQuery: 'terminal' }], // The prompt could not be sent.
  ['1032', { reason: 'cancelled_by_customer', retry: NOW, onQuery: 'terminal' }],
  ['1037', { reason: 'phone_unreachable', retry: wait(60), onQuery: 'terminal' }], // Off, no network, or no answer.
  ['2001', { reason: 'wrong_pin', retry: NOW, onQuery: 'terminal' }], // Elsewhere: our operator's password is wrong.
  ['2028', { reason: 'refused', retry: NEVER, onQuery: 'terminal' }], // TransactionType and PartyB do not fit.
  ['8006', { reason: 'pin_locked', retry: NEVER, onQuery: 'terminal' }],
  ['SFC_IC0003', { reason: 'refused', retry: NEVER, onQuery: 'terminal' }], // TransactionType or PartyB is wrong.

  // Daraja portal, Lipa na Bonga (1031), and integrators (1036): the phone did not answer in time, as 1037.
  ['1031', { reason: 'phone_unreachable', retry: wait(60), onQuery: 'terminal' }],
  ['1036', { reason: 'phone_unreachable', retry: wait(60), onQuery: 'terminal' }],
  // Integrators only. From a query each could as well speak of the query itself, or of another request on that phone.
  ['26', { reason: 'gateway_unavailable', retry: wait(30), onQuery: 'going' }], // Overload (portal, Account Balance).
  ['1001', { reason: 'phone_busy', retry: wait(60), onQuery: 'going' }], // As the push's "Unable to lock subscriber".
  ['9999', { reason: 'gateway_unavailable', retry: wait(60), onQuery: 'going' }], // Another name for 1025.

  ...CODES_OF_OTHERS.map((code): [string, Result] => [code, OF_OTHERS]),
]);

/** What a code other than 0 means, as a callback uses it. */
export function resultOf(code: string): Result {
  return RESULTS.get(code) ?? UNLISTED;
}

export function failureOf(code: string): Outcome {
  const { reason, retry } = resultOf(code);
  return { outcome: 'failed', reason, code: code.slice(0, CODE_LENGTH_MAX), retry };
}
