import * as v from 'valibot';
import { Code, Id } from '../answer.ts';
import type { RefundOutcome, RefundReport } from '../gateway.ts';
import { describeResult } from './read-fault.ts';
import { readReceiptNumber } from './read-money.ts';

const DONE = '0';
/** Somebody gave this payment back before, and nobody but us asks: our own request whose result was lost. */
const DONE_BEFORE = 'R000001';

/** After these nothing was given back. Daraja portal, Reversal, result codes; TP40153 by an integrator's own traffic. */
const FAILURES = new Set([
  '1', // Not enough money in our account: settlement may have swept it.
  '11', // Our account, or the customer's, is not active.
  '21', // Our initiator lacks the role "Org Reversals Initiator".
  '2001', // Our initiator's name or password is wrong, or the password is older than 90 days.
  '2006', // Declined by the account's rules.
  '2028', // Not permitted for this short code.
  '8006', // Our initiator's credential is locked.
  'R000002', // No such payment.
  'TP40153', // Our initiator lacks the permission, or is not of this organisation.
]);
/** `SKE0000000` stands where there is no number. */
const PLACEHOLDER = /0{7}$/;

const Parameter = v.object({ Key: v.string(), Value: v.optional(v.unknown()) });
type Parameter = v.InferOutput<typeof Parameter>;

/** Absent and unusable parts are null; further keys are nobody's business. */
const Result = v.object({
  ResultCode: v.fallback(v.nullable(Code), null),
  ConversationID: v.fallback(v.nullable(Id), null),
  TransactionID: v.optional(v.unknown()),
  ResultParameters: v.fallback(v.object({ ResultParameter: v.optional(v.unknown()) }), {}),
});
type Result = v.InferOutput<typeof Result>;
const Body = v.object({ Result });

/** Reads what Daraja posts to a reversal's ResultURL (Daraja portal, Reversal). Never throws. */
export function readRefundResult(body: unknown): RefundReport | undefined {
  const read = v.safeParse(Body, body);
  if (!read.success) return undefined;
  const { Result } = read.output;
  if (Result.ResultCode === null && Result.ConversationID === null) return undefined;
  return { conversationId: Result.ConversationID, outcome: outcomeOf(Result) };
}

/** Unlike a payment's, an unlisted code ends nothing: a person looks before money goes out a second time. */
function outcomeOf({ ResultCode: code, TransactionID, ResultParameters }: Result): RefundOutcome {
  if (code === null) return { outcome: 'going', why: 'no readable result' };
  if (code === DONE_BEFORE) return { outcome: 'done', receiptNumber: null, originalReceiptNumber: null };
  if (FAILURES.has(code)) return { outcome: 'failed', code };
  if (code !== DONE) return { outcome: 'going', why: describeResult(code) };
  return {
    outcome: 'done',
    receiptNumber: readNumber(TransactionID),
    originalReceiptNumber: readNumber(theOne(ResultParameters.ResultParameter, 'OriginalTransactionID')),
  };
}

/** A list, or its only member alone. A key that comes twice says nothing. */
function theOne(parameters: unknown, key: string): unknown {
  const keyed = [parameters].flat().filter((one): one is Parameter => v.is(Parameter, one) && one.Key === key);
  return keyed.length === 1 ? keyed[0]?.Value : undefined;
}

function readNumber(value: unknown): string | null {
  const receiptNumber = readReceiptNumber(value);
  return receiptNumber !== null && PLACEHOLDER.test(receiptNumber) ? null : receiptNumber;
}
