import * as v from 'valibot';
import { Code } from '../answer.ts';
import { readEatTimestamp } from '../eat-clock.ts';
import type { StatementLine } from '../gateway.ts';
import { readAmount, readReceiptNumber } from './read-money.ts';

const REFERENCE_LENGTH_MAX = 64; // What a customer typed; ours have at most 12.

/** Strings throughout. The customer's name and number come along; both are left unread (Daraja portal, C2B). */
const Body = v.object({
  TransID: v.optional(v.unknown()),
  TransAmount: v.optional(v.unknown()),
  BillRefNumber: v.fallback(Code, ''),
  TransTime: v.optional(v.unknown()),
});

/** Money that reached our short code: typed by a customer, or the twin of a push that was paid. */
export function readConfirmation(body: unknown): StatementLine | undefined {
  const read = v.safeParse(Body, body);
  if (!read.success) return undefined;
  const receiptNumber = readReceiptNumber(read.output.TransID);
  const amount = readAmount(read.output.TransAmount);
  if (receiptNumber === null || amount === null || amount.amount === 0) return undefined;
  const accountReference = read.output.BillRefNumber.slice(0, REFERENCE_LENGTH_MAX);
  return { receiptNumber, amount, accountReference, paidAt: readEatTimestamp(read.output.TransTime) };
}
