import type { Currency } from '../../shared/money.ts';
import type { SaleLine } from '../../shared/office/till.ts';
import { type Em, query } from '../model/entities.ts';
import type { BookingPart, ChargePart, Part } from '../payment/read-parts.ts';

/** One line of a sale: places at a showing, or an amount with a purpose. */
export function seeLine(em: Em, part: Part, within: { currency: Currency; publicUrl: string }): Promise<SaleLine> {
  return part.kind === 'booking' ? seePlaces(em, part, within) : seeCharge(em, part, within);
}

async function seePlaces(
  em: Em,
  booking: BookingPart,
  { currency, publicUrl }: { currency: Currency; publicUrl: string },
): Promise<SaleLine> {
  const { reference, title, startsAt, timeZone, screen } = await query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select(['reference', 'title', 'startsAt', 'timeZone', 'screen'])
    .where('booking.id', '=', booking.id)
    .executeTakeFirstOrThrow();
  const tickets = await query(em)
    .selectFrom('ticket')
    .select(['code as ticketCode', 'seat', 'state'])
    .where('booking', '=', booking.id)
    .orderBy('id')
    .execute();
  return {
    kind: 'places',
    bookingId: booking.id,
    state: booking.state,
    showingId: booking.showing,
    title,
    startsAt: startsAt.toISOString(),
    timeZone,
    screen,
    quantity: booking.quantity,
    heldUntil: booking.state === 'held' && !booking.kept ? booking.heldUntil.toISOString() : null,
    tickets,
    reference,
    total: { amount: booking.total, currency },
    paid: { amount: booking.applied, currency },
    url: `${publicUrl}/bookings/${booking.id}`,
  };
}

async function seeCharge(
  em: Em,
  charge: ChargePart,
  { currency, publicUrl }: { currency: Currency; publicUrl: string },
): Promise<SaleLine> {
  const { reference, purpose } = await query(em)
    .selectFrom('charge')
    .select(['reference', 'purpose'])
    .where('id', '=', charge.id)
    .executeTakeFirstOrThrow();
  return {
    kind: 'charge',
    chargeId: charge.id,
    state: charge.state,
    purpose,
    reference,
    total: { amount: charge.total, currency },
    paid: { amount: charge.applied, currency },
    url: `${publicUrl}/charges/${charge.id}`,
  };
}
