import type { ShapeName } from './daraja/callback-body.ts';
import type { RefusalName } from './daraja/refusals.ts';
import type { ResultCode, ReversalCode } from './daraja/results.ts';

/** One departure from the usual course. What a row leaves out goes as usual. */
export interface Fault {
  /** Pushes to 0700 000 NNN behave so, always; the first digit is the family. */
  digits: string;
  /** What a person sees who chooses it. */
  sentence: string;
  /** What comes of the prompt, by itself; usually the customer's doing, which at a magic number is to pay. */
  ends?: ResultCode | 'paid' | 'ignored';
  push?: PushFault;
  /** The token of the push is refused and dead: until there is a new one, or whatever the client does. */
  token?: { refusal: RefusalName; until: 'renewed' | 'forever' };
  /** How the next request for a token is answered. */
  oauth?: RefusalName | 'numericExpiry';
  /** Instead of one callback that says what happened. */
  callbacks?: readonly Delivery[];
  /** The answers to queries one after the other; the last one stays. */
  query?: readonly QueryAnswer[];
  /** The C2B confirmation of the same money: usually a second after the callback. */
  twin?: 'first' | 'atOnce' | 'never';
  /** What becomes of giving the money back. */
  reversal?: ReversalFault;
  /** How the next question for a statement is answered. */
  statement?: StatementFault;
}

/** `odd`: rows that are none stand among the others. */
export type StatementFault = RefusalName | 'empty' | 'slow' | 'odd';

export interface ReversalFault {
  /** The answer instead of the acknowledgement. */
  answer?: RefusalName | 'reset';
  /** And that is all: no money goes back, no result comes. */
  forgotten?: true;
  ends?: ReversalCode;
  /** The result's list of parameters is a single object, every number is a string, or all that clients have met at once. */
  shape?: 'oneParameter' | 'strings' | 'odd';
  /** `timeoutFirst` calls the QueueTimeOutURL, and the ResultURL a minute later; `twice` the latter, twice at once. */
  arrives?: 'never' | 'timeoutFirst' | 'timeoutOnly' | 'twice';
}

export interface PushFault {
  /** The answer instead of the acceptance. */
  answer?: RefusalName | 'hang' | 'reset' | 'withoutId' | 'numericCode';
  /** Whether the prompt opens all the same. */
  prompt: boolean;
  afterMs?: number;
  /** The customer is so quick, or the answer so slow, that the callback is there first. */
  afterCallback?: true;
}

export interface Delivery {
  /** Beyond the usual delay. */
  afterMs?: number;
  /** So many at the same moment. */
  copies?: number;
  /** Not the truth. */
  says?: ResultCode;
  shape?: ShapeName | 'notJson';
}

/** `truth` is "being processed" until the prompt is over, then its result. */
export type QueryAnswer = 'truth' | 'stillGoing' | { says: ResultCode } | { refusal: RefusalName };

export const FAMILIES: Record<string, string> = {
  0: 'What the customer does',
  1: 'How the prompt ends',
  2: 'What the callback looks like, and when it comes',
  3: 'The answer to the push is lost, late or odd',
  4: 'The push is refused',
  5: 'Tokens',
  6: 'What queries say',
  7: 'The C2B confirmation of the same payment, where a URL is registered',
  8: 'Giving money back',
  9: 'What the statement says (Pull Transactions)',
};

const MAGIC_PREFIX = '254700000';

export function magicNumber(fault: Fault): string {
  return MAGIC_PREFIX + fault.digits;
}
