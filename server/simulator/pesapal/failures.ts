/** How a try to pay fails. `code` is the status’s `payment_status_code`, `text` its `description`. */
export interface Failure {
  code: string;
  text: string | null;
  /** What the page says. */
  sentence: string;
}

/** Pesapal passes on whatever the network says; only the first code has been seen, the others are of its kind. */
export const FAILURES = {
  cancelled: failure('request_terminated_by_user', 'You cancelled the request on your phone.'),
  funds: failure('insufficient_funds', 'There is not enough money on this phone.'),
  pin: failure('invalid_pin', 'The PIN was wrong.'),
  locked: failure('pin_locked', 'The PIN of this phone is locked.'),
  limit: failure('transaction_limit_exceeded', 'This is more than the network allows.'),
  unreachable: failure('subscriber_not_reachable', 'This phone cannot be reached.'),
  busy: failure('another_transaction_in_progress', 'Another request is open on this phone.'),
  expired: failure('request_timed_out', 'Nobody answered on the phone.'),
  card: { code: '', text: 'The card was declined by its bank.', sentence: 'The bank declined this card.' },
  silent: failure('', 'The payment failed.'),
} as const satisfies Record<string, Failure>;

export type FailureName = keyof typeof FAILURES;

function failure(code: string, sentence: string): Failure {
  return { code, text: null, sentence };
}
