import * as v from 'valibot';
import { type Answered, Code, readJson } from '../answer.ts';
import type { GatewayIds, Outcome } from '../gateway.ts';
import type { Called } from '../send-with-token.ts';
import { describe, describeResult, type Fault, readFault } from './read-fault.ts';
import { isThrottled } from './refusals.ts';
import { failureOf, PAID, resultOf } from './results.ts';

const Told = v.object({
  ResponseCode: v.optional(Code, '0'),
  ResultCode: Code,
  CheckoutRequestID: v.optional(v.string()),
});

/**
 * Concludes from a query's answer. It carries neither amount nor receipt number. Only listed codes under HTTP 200 end
 * anything: 4999, "being processed" (HTTP 500), "Invalid CheckoutRequestID" (asked too early) and all else are still going.
 */
export function readQueryAnswer(called: Called, ids: GatewayIds): Outcome {
  if (called.result !== 'answered') return { outcome: 'going', why: called.why };
  const body = readJson(called.body);
  const told = v.safeParse(Told, body);
  if (called.status !== 200 || !told.success) return notTold(called, readFault(body));
  const { ResponseCode, ResultCode, CheckoutRequestID } = told.output;
  if (CheckoutRequestID !== undefined && CheckoutRequestID.trim() !== ids.trackingId)
    return { outcome: 'going', why: 'answer about another payment' };
  if (ResponseCode !== '0') return { outcome: 'going', why: 'query not accepted' };
  return concluded(ResultCode);
}

function concluded(code: string): Outcome {
  if (code === PAID) return { outcome: 'paid', receiptNumber: null, amount: null, paidAt: null };
  if (resultOf(code).onQuery === 'terminal') return failureOf(code);
  return { outcome: 'going', why: describeResult(code) };
}

function notTold(answer: Answered, fault: Fault): Outcome {
  const why = describe(answer, fault);
  return isThrottled(answer.status, fault) ? { outcome: 'going', why, slowDown: true } : { outcome: 'going', why };
}
