import * as v from 'valibot';
import { type Answered, Code, Text } from '../answer.ts';

/** What an error says of itself; empty where it says nothing. */
export interface Fault {
  code: string;
  message: string;
}

const RESULT_CODE = /^\w{1,10}$/; // Longer could be somebody's number.
const ERROR_CODE = /^\d{2,3}\.\d{3}(\.\d{2,4})?$/; // `404.001.03`, `405.001`

const Envelope = v.object({ errorCode: v.fallback(Code, ''), errorMessage: Text });
/** The gateway in front of Daraja answers in its own shape: no product, rate limit (seen in the sandbox, June 2026). */
const Apigee = v.object({
  fault: v.object({ faultstring: Text, detail: v.fallback(v.object({ errorcode: Text }), { errorcode: '' }) }),
});

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
