import * as v from 'valibot';
import type { Sent } from '../send.ts';

export type Answered = Extract<Sent, { result: 'answered' }>;

/** What an error says of itself; empty where it says nothing. */
export interface Fault {
  code: string;
  message: string;
}

const ID_LENGTH_MAX = 128; // Real ones have up to 40.
const RESULT_CODE = /^\w{1,10}$/; // Longer could be somebody's number.
const ERROR_CODE = /^\d{2,3}\.\d{3}(\.\d{2,4})?$/; // `404.001.03`, `405.001`

/** Codes come as strings and as numbers, sometimes with a blank: `"0"` in a query's answer is `0` in a callback. */
export const Code = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.finite())]),
  v.transform(code => String(code).trim()),
);

/** One of Daraja's two names for a payment. */
export const Id = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(ID_LENGTH_MAX));

const Text = v.fallback(v.string(), '');
const Envelope = v.object({ errorCode: v.fallback(Code, ''), errorMessage: Text });
/** The gateway in front of Daraja answers in its own shape: no product, rate limit (seen in the sandbox, June 2026). */
const Apigee = v.object({
  fault: v.object({ faultstring: Text, detail: v.fallback(v.object({ errorcode: Text }), { errorcode: '' }) }),
});

/** Undefined when the text is not JSON, such as nothing at all or a firewall's page. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function readFault(body: unknown): Fault {
  const apigee = v.safeParse(Apigee, body);
  if (apigee.success) return { code: apigee.output.fault.detail.errorcode, message: apigee.output.fault.faultstring };
  const envelope = v.safeParse(Envelope, body);
  if (!envelope.success) return { code: '', message: '' };
  return { code: envelope.output.errorCode, message: envelope.output.errorMessage };
}

/** `HTTP 500 500.001.1001`, for logs. Never the message: a requestId or a text may carry the payer's number. */
export function describe(answer: Answered, fault: Fault): string {
  return ERROR_CODE.test(fault.code) ? `HTTP ${answer.status} ${fault.code}` : `HTTP ${answer.status}`;
}

/** `result 4999`, for logs. */
export function describeResult(code: string): string {
  return RESULT_CODE.test(code) ? `result ${code}` : 'unlisted result';
}
