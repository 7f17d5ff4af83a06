import * as v from 'valibot';
import { Code, Id, readJson, Text } from '../answer.ts';
import { readEatTimestamp } from '../eat-clock.ts';
import type { GatewayIds, Outcome } from '../gateway.ts';
import type { Called } from '../send-with-token.ts';
import { failureOf } from './failures.ts';
import { describe } from './read-envelope.ts';
import { readAmount, readConfirmationCode } from './read-money.ts';

/** `error` and `message` are left unread: a pending payment comes with an error, a completed one with an empty one. */
const Status = v.object({
  status_code: v.nullish(Code),
  payment_status_description: Text,
  payment_status_code: Text,
  order_tracking_id: v.nullish(v.union([Id, v.literal('')])),
  merchant_reference: v.nullish(v.union([Id, v.literal('')])),
  confirmation_code: v.optional(v.unknown()),
  amount: v.optional(v.unknown()),
  currency: v.optional(v.unknown()),
  created_date: v.optional(v.unknown()),
});
type Status = v.InferOutput<typeof Status>;

type Stage = 'waiting' | 'completed' | 'failed' | 'reversed';
/** Pesapal calls the first one INVALID; it also stands for an order that nobody knows. */
const BY_CODE = new Map<string, Stage>([
  ['0', 'waiting'],
  ['1', 'completed'],
  ['2', 'failed'],
  ['3', 'reversed'],
]);
/** In capitals while nothing is final, in title case afterwards. `Pending` is told of, never seen. */
const BY_DESCRIPTION = new Map<string, Stage>([
  ['invalid', 'waiting'],
  ['pending', 'waiting'],
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['reversed', 'reversed'],
]);

/** Concludes from GetTransactionStatus. Whatever HTTP says, the body's own code is what counts. */
export function readStatus(called: Called, ids: GatewayIds): Outcome {
  if (called.result !== 'answered') return { outcome: 'going', why: called.why };
  const slowDown = called.status === 429 && { slowDown: true };
  const read = v.safeParse(Status, readJson(called.body));
  const stage = read.success ? stageOf(read.output) : undefined;
  if (!read.success || stage === undefined) return { outcome: 'going', why: describe(called), ...slowDown };
  if (stage === 'waiting') return { outcome: 'going', why: 'not paid yet', ...slowDown };
  const others = othersIds(read.output, ids);
  if (stage === 'completed') return completed(read.output, others);
  if (others) return { outcome: 'going', why: 'answer about another payment', ...slowDown };
  if (stage === 'failed') return failureOf(read.output.payment_status_code);
  return { outcome: 'reversed', receiptNumber: readConfirmationCode(read.output.confirmation_code) };
}

/** The description counts only where there is no code at all. */
function stageOf({ status_code, payment_status_description }: Status): Stage | undefined {
  if (status_code !== undefined && status_code !== null) return BY_CODE.get(status_code);
  return BY_DESCRIPTION.get(payment_status_description.trim().toLowerCase());
}

/** The names that the answer gives, where they are not those that were asked about; a name that it leaves out is no other. */
function othersIds(told: Status, ids: GatewayIds): GatewayIds | undefined {
  const trackingId = told.order_tracking_id || ids.trackingId;
  const requestId = told.merchant_reference || ids.requestId;
  const isOurs = trackingId.toLowerCase() === ids.trackingId.toLowerCase() && requestId === ids.requestId;
  return isOurs ? undefined : { trackingId, requestId };
}

/** A customer may pay in another currency, or less: what was really charged is what is told. */
function completed(told: Status, others: GatewayIds | undefined): Outcome {
  return {
    outcome: 'paid',
    receiptNumber: readConfirmationCode(told.confirmation_code),
    amount: readAmount(told.amount, told.currency),
    paidAt: readCreatedDate(told.created_date),
    ...(others && { ids: others }),
  };
}

/** Of the order before it is paid, of the payment afterwards; on a clock in East Africa, with up to seven decimals. */
function readCreatedDate(created: unknown): Date | null {
  return typeof created === 'string' ? readEatTimestamp(created.trim().replace(/\.\d{1,7}$/, '')) : null;
}
