import type { BookingState, BookingView } from '../../shared/views.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import { prepared } from '../model/prepared.ts';
import type { Seeing } from './next-push.ts';
import { seeRefunds, seeShownPayment } from './payment-view.ts';

/** A booking as the one who knows its id may see it; undefined when there is none. */
export async function seeBooking(em: Em, bookingId: string, seeing: Seeing): Promise<BookingView | undefined> {
  const booking = await readBooking.first(em, { bookingId });
  if (!booking) return undefined;
  return {
    now: seeing.now.toISOString(),
    bookingId: booking.id,
    reference: booking.reference,
    version: booking.version,
    state: booking.state,
    showing: presentShowing(booking),
    venueContact: { address: booking.address, phone: booking.venuePhone, email: booking.venueEmail },
    gateways: seeing.gatewaysFor(booking.currency),
    quantity: booking.quantity,
    seats: null,
    total: { amount: booking.amount, currency: booking.currency },
    customerName: booking.customerNameSealed && seeing.unseal(booking.customerNameSealed),
    phone: booking.phoneMasked,
    heldUntil: presentHold(booking),
    payment: await seeShownPayment(em, bookingOf(bookingId), seeing),
    tickets: await readTickets(em, bookingId),
    refunds: await seeRefunds(em, bookingOf(bookingId)),
  };
}

/** Null once the places do not go back by themselves. */
function presentHold({
  state,
  kept,
  heldUntil,
}: {
  state: BookingState;
  kept: boolean;
  heldUntil: Date;
}): string | null {
  return (state === 'held' && !kept) || state === 'lapsed' ? heldUntil.toISOString() : null;
}

const readBooking = prepared((em, { bookingId }: { bookingId: string }) =>
  query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select(['booking.id', 'reference', 'booking.version', 'booking.state', 'quantity', 'amount', 'booking.currency'])
    .select([
      'customerNameSealed',
      'phoneMasked',
      'heldUntil',
      'kept',
      'showing.id as showing',
      'showing.movie',
      'title',
    ])
    .select(['startsAt', 'timeZone', 'showing.venue', 'venue.name as venueName', 'screen', 'cancelledAt', 'imageUrl'])
    .select(['address', 'venue.phone as venuePhone', 'venue.email as venueEmail'])
    .select(['createdAt', 'movedAt', 'movedFromStart', 'movedFromScreen'])
    .where('booking.id', '=', bookingId),
);

type BookingRow = NonNullable<Awaited<ReturnType<typeof readBooking.first>>>;

function presentShowing(row: BookingRow): BookingView['showing'] {
  return {
    showingId: row.showing,
    movieId: row.movie,
    title: row.title,
    imageUrl: row.imageUrl,
    startsAt: row.startsAt.toISOString(),
    timeZone: row.timeZone,
    venueId: row.venue,
    venue: row.venueName,
    screen: row.screen,
    cancelled: row.cancelledAt !== null,
    movedFrom: movedFrom(row),
  };
}

/** Null for whoever booked after the move. */
function movedFrom({ createdAt, movedAt, movedFromStart, movedFromScreen }: BookingRow) {
  if (!movedAt || !movedFromStart || movedFromScreen === null || createdAt > movedAt) return null;
  return { startsAt: movedFromStart.toISOString(), screen: movedFromScreen };
}

async function readTickets(em: Em, bookingId: string): Promise<BookingView['tickets']> {
  const rows = await findTickets.all(em, { bookingId });
  return rows.map(row => ({
    ticketCode: row.code,
    seat: row.seat,
    state: row.state,
    admittedAt: row.admittedAt?.toISOString() ?? null,
  }));
}

const findTickets = prepared((em, { bookingId }: { bookingId: string }) =>
  query(em)
    .selectFrom('ticket')
    .select(['code', 'seat', 'state', 'admittedAt'])
    .where('booking', '=', bookingId)
    .orderBy('id'),
);
