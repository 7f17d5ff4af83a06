import type { FailureName } from './failures.ts';
import type { Instead } from './refusals.ts';
import type { ShapeName } from './status-body.ts';

/** One departure from the usual course. What a row leaves out goes as usual. */
export interface PesapalFault {
  /** Orders and payments of 0700 000 NNN in Tanzania behave so, always; the first digit is the family. */
  digits: string;
  /** What a person sees who chooses it. */
  sentence: string;
  /** How a try on the page ends by itself; usually the customer's doing, which at a magic number is to pay. */
  ends?: FailureName | 'paid' | 'ignored';
  /** How the first try ends; the next ones as `ends`. */
  firstTry?: FailureName;
  /** Where the bank takes dollars instead of shillings. */
  charged?: 'USD';
  /** What Pesapal tells of money that it has taken, instead of the truth at once. */
  tells?: readonly Telling[];
  /** Somebody at Pesapal takes it back, so long after it was paid. */
  reversedAfterMs?: number;
  /** When the browser is sent back: usually when the payment is told. */
  browser?: 'atOnce' | 'afterNotification';
  /** Instead of one notification whenever something is told. */
  notifications?: readonly Notification[];
  /** The answers to questions one after the other, once the payment is over; the last one stays. */
  status?: readonly StatusAnswer[];
  /** How the truth is written. */
  looks?: ShapeName;
  submit?: SubmitFault;
  /** How the next request for a token is answered; `hour`: it claims to live an hour, and does not. */
  token?: Instead | 'hour';
  /** How the next registration of a URL is answered. */
  registration?: Instead;
  cancel?: CancelFault;
  refund?: RefundFault;
}

export interface Telling {
  afterMs?: number;
  /** Counted from the order's being cancelled, not from the payment. */
  since?: 'cancelled';
  /** Not the truth. */
  failure?: FailureName;
}

export interface Notification {
  /** Beyond the usual delay. */
  afterMs?: number;
  /** So many at the same moment. */
  copies?: number;
  /** Usually when something is told. */
  since?: 'paid' | 'returned';
  /** Not Pesapal's: ids that nobody knows, or another merchant's reference. */
  forged?: 'trackingId' | 'reference';
}

export type StatusAnswer = 'truth' | 'pending' | Instead;

/** Whether the order is there all the same. */
export type SubmitFault = SubmitBreaks &
  (
    | { makesOrder: true; answer?: Instead | 'withoutPage' | 'withoutId' | 'foreignPage' }
    | { makesOrder: false; answer: Instead }
  );

interface SubmitBreaks {
  /** Met once by an order: submitted again, it passes. */
  once?: true;
  afterMs?: number;
  /** Every token is dead from here on. */
  killsTokens?: true;
  /** Every registered URL is forgotten. */
  forgetsUrls?: true;
}

export interface CancelFault {
  answer: Instead;
  /** Whether it is cancelled all the same. */
  cancels: boolean;
}

export interface RefundFault {
  answer?: Instead;
  /** Whether the request counts. */
  received: boolean;
  /** Instead of the usual time to its approval. */
  approvedAfterMs?: number | 'never';
  /** Nobody is notified of it. */
  silent?: true;
}

export const PESAPAL_FAMILIES: Record<string, string> = {
  0: 'What the customer does on the page',
  1: 'How the payment ends',
  2: 'The notification, and when it comes',
  3: 'The answer to the order is lost, late or odd',
  4: 'The order is refused',
  5: 'Tokens and notification URLs',
  6: 'What the status says',
  7: 'Cancelling an order',
  8: 'Giving money back',
};

const MAGIC_PREFIX = '255700000';

export function magicNumberTz({ digits }: Pick<PesapalFault, 'digits'>): string {
  return MAGIC_PREFIX + digits;
}
