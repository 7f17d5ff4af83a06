import { sql } from 'kysely';
import type { BoardBooking } from '../../shared/office/board.ts';
import type { BookingState } from '../../shared/views.ts';
import { type Em, query } from '../model/entities.ts';
import { type Rows, showings } from './board-view.ts';

/** Bookings that keep places and are not paid yet. */
export async function seeHeldBookings(em: Em, rows: Rows): Promise<BoardBooking[]> {
  const found = await bookings(em)
    .where('booking.showing', 'in', showings(em, rows).clearSelect().select('showing.id'))
    .where(one => one('booking.state', '=', sql.lit<BookingState>('held'))) // Not bound: or the index of the held ones is not used.
    .orderBy('heldUntil')
    .execute();
  return found.map(presentBooking);
}

/** The same for some bookings, whatever has become of them. */
export async function seeBoardBookings(
  em: Em,
  ids: readonly string[],
): Promise<(BoardBooking & { venueId: number })[]> {
  const found = await bookings(em).where('booking.id', 'in', ids).execute();
  return found.map(row => ({ ...presentBooking(row), venueId: row.venue }));
}

function bookings(em: Em) {
  return query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .leftJoin('payment', join =>
      join.on('payment.id', '=', one =>
        one
          .selectFrom('payment as newest')
          .select('newest.id')
          .where(its =>
            its.or([
              its('newest.booking', '=', its.ref('booking.id')),
              its('newest.sale', '=', its.ref('booking.sale')), // Sold together with something else.
            ]),
          )
          .orderBy('newest.live', 'desc')
          .orderBy('newest.startedAt', 'desc')
          .limit(1),
      ),
    )
    .select(['booking.id', 'booking.version', 'reference', 'booking.state', 'booking.showing', 'quantity', 'title'])
    .select(['booking.amount', 'booking.currency', 'booking.phoneMasked', 'heldUntil', 'startsAt', 'showing.venue'])
    .select(['payment.state as paymentState', 'payment.gateway', 'promptEndsAt', 'reason', 'frozen'])
    .select('payment.phoneMasked as payingPhone');
}

type BookingRow = Awaited<ReturnType<ReturnType<typeof bookings>['execute']>>[number];

function presentBooking(row: BookingRow): BoardBooking {
  return {
    bookingId: row.id,
    version: row.version,
    reference: row.reference,
    state: row.state,
    showingId: row.showing,
    title: row.title,
    startsAt: row.startsAt.toISOString(),
    quantity: row.quantity,
    total: { amount: row.amount, currency: row.currency },
    phone: row.payingPhone ?? row.phoneMasked,
    heldUntil: row.heldUntil.toISOString(),
    payment: row.paymentState &&
      row.gateway && {
        gateway: row.gateway,
        state: row.paymentState,
        promptEndsAt: row.promptEndsAt?.toISOString() ?? null,
        reason: row.frozen ? 'under_review' : row.reason,
      },
  };
}
