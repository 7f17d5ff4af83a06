import { wholeShillings } from '../../shared/money.ts';
import { RandomId } from '../../shared/requests.ts';
import type { BookingView } from '../../shared/views.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { UNRESOLVED } from '../model/payment.ts';
import { gatewaysOf, type Parts, seeingNow } from '../parts.ts';
import { seeBooking } from '../view/booking-view.ts';
import { seeShowing } from '../view/showing-view.ts';
import { presentMovie } from './list-movies.ts';
import { fits } from './read-fields.ts';

/** A booking as the tutorial's page knows a ticket, for whoever knows its id. */
export async function showTicket(parts: Parts, ticketId: string) {
  const em = parts.database.read();
  const booking = fits(RandomId, ticketId) ? await seeBooking(em, ticketId, seeingNow(parts)) : undefined;
  if (!booking) throw new ProblemError('not_found', { detail: 'There is no such ticket' });
  return {
    ticketId,
    movieId: booking.showing.movieId,
    customerName: booking.customerName,
    phoneNumber: booking.phone,
    quantity: booking.quantity,
    totalAmount: wholeShillings(booking.total.amount),
    paymentStatus: statusOf(booking, await mayStillArrive(em, ticketId)),
    mpesaReceiptNumber: booking.payment?.receiptNumber ?? null,
    transactionDate: await readPaidAt(em, booking.payment?.paymentId),
    ...(await readDates(em, ticketId)),
    movie: await showMovieOf(em, parts, booking),
  };
}

function statusOf({ state, payment }: BookingView, mayArrive: boolean): 'Pending' | 'Paid' | 'Failed' {
  switch (state) {
    case 'confirmed':
      return 'Paid';
    case 'held':
      return mayArrive || payment === null ? 'Pending' : 'Failed';
    case 'lapsed':
    case 'cancelled':
      return mayArrive ? 'Pending' : 'Failed';
    case 'refunded':
      return 'Failed';
  }
}

/** While nobody knows what became of a payment, or a person looks at it, or the gateway is still asked whether it truly failed. */
async function mayStillArrive(em: Em, bookingId: string): Promise<boolean> {
  const open = await query(em)
    .selectFrom('payment')
    .select('id')
    .where('booking', '=', bookingId)
    .where('closedAt', 'is', null)
    .where(one =>
      one.or([
        one('state', 'in', UNRESOLVED),
        one('frozen', '=', true),
        one.and([one('state', '=', 'failed'), one('nextCheckAt', 'is not', null)]),
      ]),
    )
    .executeTakeFirst();
  return open !== undefined;
}

/** When the gateway says that the money was paid, or when we heard of it. */
async function readPaidAt(em: Em, paymentId: string | undefined): Promise<string | null> {
  const paid = await query(em)
    .selectFrom('payment')
    .leftJoin('receipt', 'receipt.payment', 'payment.id')
    .select(['paidAt', 'endedAt'])
    .where('payment.id', '=', paymentId ?? '')
    .where('payment.state', 'in', ['paid', 'reversed'])
    .orderBy('receipt.id')
    .executeTakeFirst();
  return (paid?.paidAt ?? paid?.endedAt)?.toISOString() ?? null;
}

/** Every change of a booking is audited: the last line is its last change. */
async function readDates(em: Em, bookingId: string) {
  const { createdAt } = await query(em)
    .selectFrom('booking')
    .select('createdAt')
    .where('id', '=', bookingId)
    .executeTakeFirstOrThrow();
  const last = await query(em)
    .selectFrom('audit_entry')
    .select('at')
    .where('booking', '=', bookingId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return { dateCreated: createdAt.toISOString(), lastUpdated: (last?.at ?? createdAt).toISOString() };
}

async function showMovieOf(em: Em, parts: Parts, { showing: { showingId, movieId } }: BookingView) {
  const showing = await seeShowing(em, showingId, gatewaysOf(parts.lines));
  const { id, ...movie } = await query(em)
    .selectFrom('movie')
    .select(['id', 'title', 'description', 'imageUrl'])
    .where('id', '=', movieId)
    .executeTakeFirstOrThrow();
  return showing ? presentMovie(parts, { movieId: id, ...movie }, showing) : null;
}
