import { addMs, later, sooner } from '../../shared/clock.ts';
import { randomHex } from '../../shared/random.ts';
import type { PaymentRequest } from '../../shared/requests.ts';
import type { GatewayName } from '../../shared/views.ts';
import { renewHolds } from '../booking/end-hold.ts';
import { lockPaidFor } from '../booking/lock-paid-for.ts';
import { type KeptPhone, keepPhone, readPhone } from '../booking/read-phone.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Rules } from '../config.ts';
import { lockWord } from '../database/lock.ts';
import { plainHash } from '../database/vault.ts';
import { sendBudgetMs } from '../gateway/send-budget.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { columnOf, type PaidFor } from '../model/paid-for.ts';
import type { Payment } from '../model/payment.ts';
import { paymentsFor, preparedFor } from '../model/payments-for.ts';
import { prepared } from '../model/prepared.ts';
import { type GatewayLine, type Parts, seeingNow } from '../parts.ts';
import { nextPushFor } from '../view/next-push.ts';
import { callbackTokenOf } from './callback-token.ts';
import { type Hold, type Payable, readPayable } from './read-payable.ts';

const HOLD_EXTENSION_MS = 5 * 60_000; // After "Pay" there is time for a prompt, a mistake and a second prompt.

/** A payment that is committed. `isNew`: it has still to be sent. */
export interface StartedPayment {
  paymentId: string;
  isNew: boolean;
}

/** Who asks for it, where that is not the customer, and for how much of what is to be paid, in minor units. */
export interface AtCounter {
  actor: Actor;
  shift: number;
  amount: number | null;
}

/**
 * Writes down the intention to collect, before anything leaves this machine. The same idempotency key gives the same
 * payment again, and no second push.
 */
export async function startPayment(
  em: Em,
  parts: Parts,
  paidFor: PaidFor,
  request: PaymentRequest,
  idempotencyKey: string,
  counter: AtCounter | null = null,
): Promise<StartedPayment> {
  await lockPaidFor(em, paidFor);
  const now = parts.clock.now();
  const payable = await readPayable(em, paidFor);
  const asked = counter?.amount == null ? request : { ...request, amount: counter.amount };
  const bodyHash = parts.vault.keyedHash(`body:${JSON.stringify(asked)}`); // With a phone number in it: no hash that anybody could try out.
  const hashes = { keyHash: plainHash(idempotencyKey), bodyHash };
  const earlier = await findByKey(em, paidFor, hashes);
  if (earlier) return { paymentId: earlier, isNew: false };
  const { gateway } = offeredLine(parts, request.gateway, payable.currency);
  const phone = keepPhone(readPhone(request.phone, payable.country), parts.vault);
  await lockWord(em, `phone ${phone.phoneHash}`); // Its limits count across bookings.
  payable.refuse(now);
  await refuseSecondPayment(em, paidFor, { gateway: gateway.name, phoneHash: phone.phoneHash, now });
  const amount = amountOf(payable, counter?.amount ?? null);
  await refuseTooSoon(em, parts, { phoneHash: phone.phoneHash, amount });
  const id = randomHex(parts.random);
  const payment = {
    ...newPayment(parts.config.rules, now),
    id,
    booking: paidFor.booking,
    charge: paidFor.charge,
    sale: paidFor.sale,
    shift: counter?.shift ?? null,
    gateway: gateway.name,
    network: request.network ?? null,
    amount,
    currency: payable.currency,
    ...phone,
    accountReference: `${payable.reference}${payable.payments + 1}`,
    callbackTokenHash: plainHash(callbackTokenOf(id, parts.vault)),
    ...hashes,
  };
  await insertPayment.run(em, payment);
  await extendHolds(em, paidFor, payable.holds, now);
  const actor = counter?.actor ?? 'customer';
  await recordChange(em, paidFor, { happening: 'payment_started', actor, at: now, payment: id });
  return { paymentId: id, isNew: true };
}

type NewPayment = ReturnType<typeof newPayment> &
  KeptPhone &
  PaidFor &
  Pick<Payment, 'id' | 'gateway' | 'network' | 'amount' | 'currency' | 'accountReference' | 'callbackTokenHash'> &
  Pick<Payment, 'keyHash' | 'bodyHash'> & { shift: number | null };

const insertPayment = prepared((em, payment: NewPayment) => query(em).insertInto('payment').values(payment));

/** What is still to be paid, or the part of it that is wanted now. */
export function amountOf(payable: Pick<Payable, 'amount'>, wanted: number | null): number {
  const amount = wanted ?? payable.amount;
  if (amount <= 0 || amount > payable.amount)
    throw invalid('invalid_body', 'amount', 'More than nothing, and not more than is still to be paid');
  return amount;
}

async function findByKey(em: Em, paidFor: PaidFor, { keyHash, bodyHash }: { keyHash: string; bodyHash: string }) {
  const { column, id } = columnOf(paidFor);
  const earlier = await query(em)
    .selectFrom('payment')
    .select(['id', 'bodyHash'])
    .where(column, '=', id)
    .where('keyHash', '=', keyHash)
    .executeTakeFirst();
  if (earlier && earlier.bodyHash !== bodyHash) throw new ProblemError('idempotency_key_reused');
  return earlier?.id;
}

function offeredLine({ lines }: Parts, name: string, currency: string): GatewayLine {
  for (const line of lines.values()) if (line.gateway.name === name && line.gateway.currency === currency) return line;
  throw invalid('gateway_not_offered', 'gateway', 'This way of paying is not offered here');
}

/** I6: a payment is in the way until its outcome is known or its prompt is surely gone, and while a person looks at it. */
async function refuseSecondPayment(
  em: Em,
  paidFor: PaidFor,
  { gateway, phoneHash, now }: { gateway: GatewayName; phoneHash: string; now: Date },
) {
  const frozen = await findFrozen.first(em, paidFor, {});
  if (frozen) throw new ProblemError('payment_in_progress', { detail: 'A person is looking at the last payment' });
  await endExpired.all(em, paidFor, { now, phoneHash });
  if (await findLive.first(em, paidFor, {})) throw new ProblemError('payment_in_progress');
  const onPhone = await findOnPhone.first(em, { gateway, phoneHash });
  if (onPhone) throw new ProblemError('payment_in_progress', { detail: 'This phone has another payment open' });
}

const findFrozen = preparedFor((em, paidFor) =>
  query(em).selectFrom('payment').select('id').where('id', 'in', paymentsFor(em, paidFor)).where('frozen', '=', true),
);

const findLive = preparedFor((em, paidFor) =>
  query(em).selectFrom('payment').select('id').where('id', 'in', paymentsFor(em, paidFor)).where('live', '=', true),
);

const endExpired = preparedFor((em, paidFor, { now, phoneHash }: { now: Date; phoneHash: string }) =>
  query(em)
    .updateTable('payment')
    .set({ live: false })
    .where('live', '=', true)
    .where('liveUntil', '<=', now)
    .where(one => one.or([one('id', 'in', paymentsFor(em, paidFor)), one('phoneHash', '=', phoneHash)])),
);

const findOnPhone = prepared((em, { gateway, phoneHash }: { gateway: GatewayName; phoneHash: string }) =>
  query(em)
    .selectFrom('payment')
    .select('id')
    .where('gateway', '=', gateway)
    .where('phoneHash', '=', phoneHash)
    .where('live', '=', true),
);

async function refuseTooSoon(em: Em, parts: Parts, push: { phoneHash: string; amount: number }) {
  const seeing = seeingNow(parts);
  const retryAfter = await nextPushFor(em, push, seeing);
  if (retryAfter > seeing.now) throw new ProblemError('retry_too_soon', { retryAfter });
}

/** It may reach the phone as late as the whole send budget allows, and stay there for a prompt's time. */
function newPayment(rules: Rules, now: Date) {
  const sentBy = addMs(now, sendBudgetMs(rules.gatewayTimeoutMs));
  return {
    state: 'started' as const,
    live: true,
    liveUntil: addMs(sentBy, rules.promptMs + rules.promptGraceMs),
    reachedPhone: true,
    frozen: false,
    startedAt: now,
    nextCheckAt: addMs(now, rules.checkAfterMs[0] ?? rules.promptMs),
    checks: 0,
  };
}

/** `holdEndsAt` moves to give time for this payment, never past the cap; `heldUntil` follows. */
async function extendHolds(em: Em, paidFor: PaidFor, holds: Hold[], now: Date) {
  for (const { bookingId, endsAt, capAt } of holds) {
    const holdEndsAt = sooner(capAt, later(endsAt, addMs(now, HOLD_EXTENSION_MS)));
    await extend.run(em, { bookingId, holdEndsAt });
  }
  await renewHolds(em, paidFor);
}

const extend = prepared((em, { bookingId, holdEndsAt }: { bookingId: string; holdEndsAt: Date }) =>
  query(em).updateTable('booking').set({ holdEndsAt }).where('id', '=', bookingId),
);
