import * as v from 'valibot';
import { Code } from '../answer.ts';
import { readEatTimestamp } from '../eat-clock.ts';
import type { StatementLine } from '../gateway.ts';
import { readAmount, readReceiptNumber } from './read-money.ts';

const REFERENCE_LENGTH_MAX = 64; // What a customer typed; ours have at most 12.
const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/;

/** Lower-case names, unlike the rest of Daraja. The customer's name and number come along too; both are left unread. */
const Row = v.object({
  transactionId: v.optional(v.unknown()),
  amount: v.optional(v.unknown()),
  billreference: v.fallback(Code, ''),
  trxDate: v.optional(v.unknown()),
  transactiontype: v.fallback(v.string(), ''),
});

/** Undefined for whatever is no money that reached us: a row without number or amount, money that went back. */
export function readStatementLine(row: unknown): StatementLine | undefined {
  const read = v.safeParse(Row, row);
  if (!read.success || /revers/i.test(read.output.transactiontype)) return undefined;
  const receiptNumber = readReceiptNumber(read.output.transactionId);
  const amount = readAmount(read.output.amount);
  if (receiptNumber === null || amount === null || amount.amount === 0) return undefined;
  const accountReference = read.output.billreference.slice(0, REFERENCE_LENGTH_MAX);
  return { receiptNumber, amount, accountReference, paidAt: readDate(read.output.trxDate) };
}

/** `2020-08-05T10:13:00Z` in the portal's sample; without a zone it is Nairobi's clock, as everywhere. */
function readDate(value: unknown): Date | null {
  if (typeof value !== 'string' || !WITH_ZONE.test(value)) return readEatTimestamp(value);
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
