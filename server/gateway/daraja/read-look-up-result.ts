import * as v from 'valibot';
import { Code, Id } from '../answer.ts';
import { readEatTimestamp } from '../eat-clock.ts';
import type { Found } from '../gateway.ts';
import { describeResult } from './read-fault.ts';
import { readAmount, readReceiptNumber } from './read-money.ts';

const DONE = '0';
/** Only this status is money that stays (Daraja portal, Transaction Status). */
const COMPLETED = 'Completed';
const OVER = ['Cancelled', 'Declined', 'Expired'];
/** After these there is no such money: the number is wrong, or not of this short code. Others say something of us. */
const NOT_THERE = new Set(['SFC_IC0003', 'R000002', '25', '2032']);

const Parameter = v.object({ Key: v.string(), Value: v.optional(v.unknown()) });
const Result = v.object({
  ResultCode: v.fallback(v.nullable(Code), null),
  ConversationID: v.fallback(v.nullable(Id), null),
  ResultParameters: v.fallback(v.object({ ResultParameter: v.optional(v.unknown()) }), {}),
});
const Body = v.object({ Result });

/** Reads what Daraja posts to the ResultURL of a Transaction Status (Daraja portal). Never throws. */
export function readLookUpResult(body: unknown, ours: readonly string[]): Found | undefined {
  const read = v.safeParse(Body, body);
  if (!read.success) return undefined;
  const { ResultCode: code, ConversationID, ResultParameters } = read.output.Result;
  if (code === null && ConversationID === null) return undefined;
  if (code !== null && NOT_THERE.has(code)) return { outcome: 'missing', code };
  if (code !== DONE) return { outcome: 'going', why: code === null ? 'no readable result' : describeResult(code) };
  return readFound(valuesOf(ResultParameters.ResultParameter), ours);
}

/** One parameter comes alone, several in a list; some come twice, and then the first one counts. */
function valuesOf(parameters: unknown): Map<string, unknown> {
  const keyed = [parameters].flat().filter(one => v.is(Parameter, one));
  return new Map(keyed.reverse().map(({ Key, Value }) => [Key, Value]));
}

function readFound(values: Map<string, unknown>, ours: readonly string[]): Found {
  const status = String(values.get('TransactionStatus') ?? '');
  if (OVER.includes(status)) return { outcome: 'missing', code: status };
  if (status !== COMPLETED) return { outcome: 'going', why: `the money is ${status || 'nowhere'} yet` };
  const receiptNumber = readReceiptNumber(values.get('ReceiptNo'));
  const amount = readAmount(values.get('Amount'));
  if (receiptNumber === null || amount === null || amount.amount === 0)
    return { outcome: 'going', why: 'no number or no amount' };
  const creditor = values.get('CreditPartyName'); // `600000 - Tiketi`; money that went to somebody else is not ours.
  if (typeof creditor === 'string' && !ours.some(number => creditor.trim().startsWith(number)))
    return { outcome: 'missing', code: 'paid to another account' };
  return { outcome: 'found', receiptNumber, amount, paidAt: readEatTimestamp(values.get('FinalisedTime')) };
}
