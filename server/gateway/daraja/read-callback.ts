import * as v from 'valibot';
import { Code, Id } from '../answer.ts';
import { readEatTimestamp } from '../eat-clock.ts';
import type { GatewayIds, Outcome, Reported } from '../gateway.ts';
import { readAmount, readReceiptNumber } from './read-money.ts';
import { failureOf, PAID, STILL_GOING } from './results.ts';

const Item = v.object({ Name: v.string(), Value: v.optional(v.unknown()) });
type Item = v.InferOutput<typeof Item>;

/** Absent and unusable parts are null; further keys are nobody's business. */
const StkCallback = v.object({
  MerchantRequestID: v.fallback(v.nullable(Id), null),
  CheckoutRequestID: v.fallback(v.nullable(Id), null),
  ResultCode: v.fallback(v.nullable(Code), null),
  CallbackMetadata: v.fallback(v.nullable(v.object({ Item: v.array(v.unknown()) })), null),
});
type StkCallback = v.InferOutput<typeof StkCallback>;
const Body = v.object({ Body: v.object({ stkCallback: StkCallback }) });

/** Reads what Daraja posts to a CallBackURL (Daraja portal, M-Pesa Express, callback). Never throws. */
export function readCallback(body: unknown): Reported | undefined {
  const read = v.safeParse(Body, body);
  if (!read.success) return undefined;
  const { stkCallback } = read.output.Body;
  const ids = idsOf(stkCallback);
  if (ids === null && stkCallback.ResultCode === null) return undefined;
  return { ids, outcome: outcomeOf(stkCallback) };
}

/** Both or none: half a name must never be compared with anything. */
function idsOf({ CheckoutRequestID, MerchantRequestID }: StkCallback): GatewayIds | null {
  if (CheckoutRequestID === null || MerchantRequestID === null) return null;
  return { trackingId: CheckoutRequestID, requestId: MerchantRequestID };
}

function outcomeOf({ ResultCode: code, CallbackMetadata }: StkCallback): Outcome {
  if (code === PAID) return paid((CallbackMetadata?.Item ?? []).filter(one => v.is(Item, one)));
  if (code === STILL_GOING) return { outcome: 'going', why: `result ${code}` };
  // No code, or a nought written oddly (`00`, `0.0`, nothing): neither money nor a failure may come of it.
  if (code === null || Number(code) === 0) return { outcome: 'going', why: 'no readable result' };
  return failureOf(code);
}

/** The customer's balance and number come along too; both are left unread. */
function paid(items: Item[]): Outcome {
  return {
    outcome: 'paid',
    receiptNumber: readReceiptNumber(theOne(items, 'MpesaReceiptNumber')),
    amount: readAmount(theOne(items, 'Amount')),
    paidAt: readEatTimestamp(theOne(items, 'TransactionDate')),
  };
}

/** Their order is not promised. A name that comes twice says nothing. */
function theOne(items: Item[], name: string): unknown {
  const named = items.filter(item => item.Name === name);
  return named.length === 1 ? named[0]?.Value : undefined;
}
