import { later } from '../../shared/clock.ts';
import { REASONS } from '../../shared/reasons.ts';
import type { BookingView, PaymentView } from '../../shared/views.ts';
import { type Em, query } from '../model/entities.ts';
import { nextPushFor, type Seeing } from './next-push.ts';

/** A booking as the one who knows its id may see it; undefined when there is none. */
export async function seeBooking(em: Em, bookingId: string, seeing: Seeing): Promise<BookingView | undefined> {
  const booking = await readBooking(em, bookingId);
  if (!booking) return undefined;
  const payment = await readShownPayment(em, bookingId, seeing.now);
  return {
    now: seeing.now.toISOString(),
    bookingId: booking.id,
    reference: booking.reference,
    version: booking.version,
    state: booking.state,
    showing: presentShowing(booking),
    quantity: booking.quantity,
    seats: null,
    total: { amount: booking.amount, currency: booking.currency },
    customerName: booking.customerNameSealed && seeing.unseal(booking.customerNameSealed),
    phone: booking.phoneMasked,
    heldUntil: booking.state === 'held' || booking.state === 'lapsed' ? booking.heldUntil.toISOString() : null,
    payment: payment ? await presentPayment(em, payment, seeing) : null,
    tickets: await readTickets(em, bookingId),
    refunds: await readRefunds(em, bookingId),
  };
}

/** One payment, for the answer to the request that started it. */
export async function seePayment(em: Em, paymentId: string, seeing: Seeing): Promise<PaymentView | undefined> {
  const payment = await payments(em).where('payment.id', '=', paymentId).executeTakeFirst();
  return payment && presentPayment(em, payment, seeing);
}

function readBooking(em: Em, bookingId: string) {
  return query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select(['booking.id', 'reference', 'booking.version', 'booking.state', 'quantity', 'amount', 'booking.currency'])
    .select(['customerNameSealed', 'phoneMasked', 'heldUntil', 'showing.id as showing', 'showing.movie', 'title'])
    .select(['startsAt', 'timeZone', 'showing.venue', 'venue.name as venueName', 'screen', 'cancelledAt'])
    .where('booking.id', '=', bookingId)
    .executeTakeFirst();
}

function presentShowing(row: NonNullable<Awaited<ReturnType<typeof readBooking>>>): BookingView['showing'] {
  return {
    showingId: row.showing,
    movieId: row.movie,
    title: row.title,
    startsAt: row.startsAt.toISOString(),
    timeZone: row.timeZone,
    venueId: row.venue,
    venue: row.venueName,
    screen: row.screen,
    cancelled: row.cancelledAt !== null,
  };
}

function payments(em: Em) {
  return query(em)
    .selectFrom('payment')
    .leftJoin('receipt', join =>
      join.onRef('receipt.payment', '=', 'payment.id').on('receipt.allocation', '!=', 'unallocated'),
    )
    .select([
      'payment.id',
      'payment.gateway',
      'state',
      'payment.amount',
      'payment.currency',
      'phoneMasked',
      'phoneHash',
    ])
    .select(['startedAt', 'promptEndsAt', 'reason', 'live', 'liveUntil', 'frozen', 'number'])
    .orderBy('startedAt', 'desc')
    .orderBy('receipt.id');
}

type PaymentRow = Awaited<ReturnType<ReturnType<typeof payments>['execute']>>[number];

/** The paid one, else the live one, else the newest. */
async function readShownPayment(em: Em, bookingId: string, now: Date): Promise<PaymentRow | undefined> {
  const rows = await payments(em).where('booking', '=', bookingId).execute();
  return rows.find(row => row.state === 'paid') ?? rows.find(row => row.live && row.liveUntil > now) ?? rows[0];
}

async function presentPayment(em: Em, row: PaymentRow, seeing: Seeing): Promise<PaymentView> {
  const reason = row.frozen ? 'under_review' : row.reason;
  return {
    paymentId: row.id,
    gateway: row.gateway,
    state: row.state,
    amount: { amount: row.amount, currency: row.currency },
    phone: row.phoneMasked,
    startedAt: row.startedAt.toISOString(),
    promptEndsAt: row.promptEndsAt?.toISOString() ?? null,
    retryAfter: (await retryAfter(em, row, seeing))?.toISOString() ?? null,
    redirectUrl: null,
    receiptNumber: row.number,
    reason: reason && { code: reason, text: REASONS[reason].en },
  };
}

/** The instant from which this phone may really be asked for this amount again; null once there is nothing to retry. */
async function retryAfter(em: Em, row: PaymentRow, seeing: Seeing): Promise<Date | null> {
  if (row.state === 'paid' || row.state === 'reversed' || row.phoneMasked === null) return null;
  return later(row.live ? row.liveUntil : row.startedAt, await nextPushFor(em, row, seeing));
}

async function readTickets(em: Em, bookingId: string): Promise<BookingView['tickets']> {
  const rows = await query(em)
    .selectFrom('ticket')
    .select(['code', 'seat', 'state', 'admittedAt'])
    .where('booking', '=', bookingId)
    .orderBy('id')
    .execute();
  return rows.map(row => ({
    ticketCode: row.code,
    seat: row.seat,
    state: row.state,
    admittedAt: row.admittedAt?.toISOString() ?? null,
  }));
}

async function readRefunds(em: Em, bookingId: string): Promise<BookingView['refunds']> {
  const rows = await query(em)
    .selectFrom('refund')
    .select(['amount', 'currency', 'state', 'reason'])
    .where('booking', '=', bookingId)
    .orderBy('createdAt')
    .execute();
  return rows.map(({ amount, currency, state, reason }) => ({ amount: { amount, currency }, state, reason }));
}
