import type { Context } from 'koa';
import type { PaymentView } from '../../shared/views.ts';
import { clientAddress } from '../http/client-address.ts';
import { ProblemError } from '../http/problem.ts';
import type { Parts } from '../parts.ts';
import { buyTickets } from './buy-tickets.ts';
import { payAmount } from './pay-amount.ts';
import { isMissing, readFields } from './read-fields.ts';

/** Tickets for a movie, as in the first tutorial; without a movie an amount of one's own, as in the second. */
export async function makePayment(ctx: Context, parts: Parts): Promise<void> {
  const address = clientAddress(ctx.req, parts.config.trustedProxies);
  await parts.limits.count('payments', address);
  const fields = await readFields(ctx);
  if (isMissing(fields.movieId) && !isMissing(fields.amount)) {
    const { chargeId, payment } = await payAmount(parts, fields);
    ctx.body = presentStarted(chargeId, payment);
  } else {
    await parts.limits.count('bookings', address);
    const { bookingId, payment } = await buyTickets(parts, fields);
    ctx.body = presentStarted(bookingId, payment);
  }
}

function presentStarted(ticketId: string, { paymentId, state, redirectUrl, reason }: PaymentView) {
  if (state === 'failed') throw new ProblemError('internal', { detail: reason?.text ?? 'The payment did not start' });
  const accepted = state !== 'started' && state !== 'unknown';
  return {
    message: redirectUrl ? 'Finish paying on the page that opens.' : 'Check your phone and enter your PIN.',
    ticketId,
    checkoutRequestId: paymentId,
    responseDescription: accepted ? 'Success. Request accepted for processing' : 'The request is on its way',
    ...(redirectUrl && { redirectUrl }),
  };
}
