import { recordChange } from '../booking/record-change.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import { paymentsFor } from '../model/payments-for.ts';
import type { Parts } from '../parts.ts';
import { cancelOpenOrder } from '../payment/cancel-order.ts';
import { sendStarted } from '../payment/routes.ts';
import { startPayment } from '../payment/start-payment.ts';

/** Asks the same phone again, under the rules that hold for the customer; the number itself stays sealed. */
export async function resendPrompt(parts: Parts, bookingId: string, actor: Actor, key: string): Promise<void> {
  const booking = bookingOf(bookingId);
  const request = await readEarlier(parts, bookingId);
  await cancelOpenOrder(parts, booking, request.gateway);
  const started = await parts.database.write(async em => {
    const payment = await startPayment(em, parts, booking, request, key);
    if (payment.isNew) await recordChange(em, booking, { happening: 'prompt_resent', actor, at: parts.clock.now() });
    return payment;
  });
  await sendStarted(parts, started);
}

/** The newest request to a phone; without one, the booking's own number and the venue's first gateway. */
async function readEarlier({ database, lines, vault }: Parts, bookingId: string) {
  const em = database.read();
  const earlier = await readNewest(em, bookingId);
  if (earlier?.phoneSealed) return { gateway: earlier.gateway, phone: vault.open(earlier.phoneSealed) };
  const booking = await query(em)
    .selectFrom('booking')
    .select(['phoneSealed', 'currency'])
    .where('id', '=', bookingId)
    .executeTakeFirstOrThrow();
  const line = [...lines.values()].find(({ gateway }) => gateway.currency === booking.currency);
  if (!booking.phoneSealed || !line)
    throw new ProblemError('not_possible_now', { detail: 'No phone number is known to ask' });
  return { gateway: line.gateway.name, phone: vault.open(booking.phoneSealed) };
}

function readNewest(em: Em, bookingId: string) {
  return query(em)
    .selectFrom('payment')
    .select(['gateway', 'phoneSealed'])
    .where('id', 'in', paymentsFor(em, bookingOf(bookingId)))
    .where('phoneSealed', 'is not', null)
    .orderBy('startedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}
