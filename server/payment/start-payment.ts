import { addMs, later, sooner } from '../../shared/clock.ts';
import { randomHex } from '../../shared/random.ts';
import type { PaymentRequest } from '../../shared/requests.ts';
import { renewHeldUntil } from '../booking/end-hold.ts';
import { keepPhone, readPhone } from '../booking/read-phone.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Rules } from '../config.ts';
import { plainHash } from '../database/vault.ts';
import { sendBudgetMs } from '../gateway/send-budget.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { type GatewayLine, type Parts, seeingNow } from '../parts.ts';
import { nextPushFor } from '../view/next-push.ts';

const HOLD_EXTENSION_MS = 5 * 60_000; // After "Pay" there is time for a prompt, a mistake and a second prompt.

/** A payment that is committed; `callbackToken` exists nowhere else, and is null when nothing must be sent any more. */
export interface StartedPayment {
  paymentId: string;
  callbackToken: string | null;
}

/**
 * Writes down the intention to collect, before anything leaves this machine. The same idempotency key gives the same
 * payment again, and no second push.
 */
export async function startPayment(
  em: Em,
  parts: Parts,
  bookingId: string,
  request: PaymentRequest,
  idempotencyKey: string,
): Promise<StartedPayment> {
  const now = parts.clock.now();
  const booking = await readBooking(em, bookingId);
  const bodyHash = parts.vault.keyedHash(`body:${JSON.stringify(request)}`); // With a phone number in it: no hash that anybody could try out.
  const hashes = { keyHash: plainHash(idempotencyKey), bodyHash };
  const earlier = await findByKey(em, bookingId, hashes);
  if (earlier) return { paymentId: earlier, callbackToken: null };
  const { gateway } = offeredLine(parts, request.gateway, booking.currency);
  const phone = keepPhone(readPhone(request.phone, booking.country), parts.vault);
  refuseUnpayable(booking, now);
  await refuseSecondPayment(em, { bookingId, gateway: gateway.name, phoneHash: phone.phoneHash, now });
  await refuseTooSoon(em, parts, { phoneHash: phone.phoneHash, amount: booking.amount });
  const callbackToken = randomHex(parts.random);
  const payment = {
    ...newPayment(parts.config.rules, now),
    id: randomHex(parts.random),
    booking: bookingId,
    gateway: gateway.name,
    amount: booking.amount,
    currency: booking.currency,
    ...phone,
    accountReference: `${booking.reference}${booking.payments + 1}`,
    callbackTokenHash: plainHash(callbackToken),
    ...hashes,
  };
  await query(em).insertInto('payment').values(payment).execute();
  await extendHold(em, booking, now);
  await recordChange(em, bookingId, { happening: 'payment_started', actor: 'customer', at: now, payment: payment.id });
  return { paymentId: payment.id, callbackToken };
}

async function readBooking(em: Em, bookingId: string) {
  const booking = await query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select(['booking.id', 'reference', 'booking.state', 'amount', 'booking.currency', 'country', 'cancelledAt'])
    .select(['startsAt', 'heldUntil', 'holdEndsAt', 'holdCapAt'])
    .select(sql =>
      sql
        .selectFrom('payment')
        .select(count => count.fn.countAll<number>().as('payments'))
        .whereRef('payment.booking', '=', 'booking.id')
        .as('payments'),
    )
    .where('booking.id', '=', bookingId)
    .executeTakeFirst();
  if (!booking) throw new ProblemError('not_found', { detail: 'There is no such booking' });
  return { ...booking, payments: Number(booking.payments) };
}

type PayableBooking = Awaited<ReturnType<typeof readBooking>>;

async function findByKey(em: Em, bookingId: string, { keyHash, bodyHash }: { keyHash: string; bodyHash: string }) {
  const earlier = await query(em)
    .selectFrom('payment')
    .select(['id', 'bodyHash'])
    .where('booking', '=', bookingId)
    .where('keyHash', '=', keyHash)
    .executeTakeFirst();
  if (earlier && earlier.bodyHash !== bodyHash) throw new ProblemError('idempotency_key_reused');
  return earlier?.id;
}

function offeredLine({ lines }: Parts, name: string, currency: string): GatewayLine {
  for (const line of lines.values()) if (line.gateway.name === name && line.gateway.currency === currency) return line;
  throw invalid('gateway_not_offered', 'gateway', 'This way of paying is not offered for this showing');
}

function refuseUnpayable(booking: PayableBooking, now: Date) {
  if (booking.state === 'confirmed' || booking.state === 'refunded') throw new ProblemError('already_paid');
  if (booking.cancelledAt || booking.startsAt <= now) throw new ProblemError('showing_over');
  if (booking.state !== 'held' || booking.heldUntil <= now || booking.holdCapAt <= now)
    throw new ProblemError('hold_lapsed');
}

/** I6: a payment is in the way until its outcome is known or its prompt is surely gone, and while a person looks at it. */
async function refuseSecondPayment(
  em: Em,
  {
    bookingId,
    gateway,
    phoneHash,
    now,
  }: { bookingId: string; gateway: 'daraja' | 'pesapal'; phoneHash: string; now: Date },
) {
  const mine = query(em).selectFrom('payment').select('id').where('booking', '=', bookingId);
  const frozen = await mine.where('frozen', '=', true).executeTakeFirst();
  if (frozen) throw new ProblemError('payment_in_progress', { detail: 'A person is looking at the last payment' });
  await query(em)
    .updateTable('payment')
    .set({ live: false })
    .where('live', '=', true)
    .where('liveUntil', '<=', now)
    .where(one => one.or([one('booking', '=', bookingId), one('phoneHash', '=', phoneHash)]))
    .execute();
  if (await mine.where('live', '=', true).executeTakeFirst()) throw new ProblemError('payment_in_progress');
  const onPhone = await query(em)
    .selectFrom('payment')
    .select('id')
    .where('gateway', '=', gateway)
    .where('phoneHash', '=', phoneHash)
    .where('live', '=', true)
    .executeTakeFirst();
  if (onPhone) throw new ProblemError('payment_in_progress', { detail: 'This phone has another payment open' });
}

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
async function extendHold(em: Em, booking: PayableBooking, now: Date) {
  const holdEndsAt = sooner(booking.holdCapAt, later(booking.holdEndsAt, addMs(now, HOLD_EXTENSION_MS)));
  await query(em).updateTable('booking').set({ holdEndsAt }).where('id', '=', booking.id).execute();
  await renewHeldUntil(em, booking.id);
}
