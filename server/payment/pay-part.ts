import type { RefundReason } from '../../shared/views.ts';
import { sellFreePlaces, sellHeldPlaces } from '../booking/move-places.ts';
import { payCharge } from '../charge/close-charge.ts';
import type { Happening } from '../model/audit-entry.ts';
import { bookingStatesBelow } from '../model/booking.ts';
import { type Em, query } from '../model/entities.ts';
import { prepared } from '../model/prepared.ts';
import { issueTickets } from '../ticket/issue-tickets.ts';
import type { Settling } from './evidence.ts';
import type { BookingPart, ChargePart, Part } from './read-parts.ts';

/** What money did to a booking or a charge, or why it cannot do anything there. */
export type PaidPart =
  | { dueBecause: RefundReason }
  | { dueBecause: null; happening: Happening; details: { placesTakenAgain?: boolean } };

/** Money for one booking or charge. `completes`: with it, nothing more is to be paid. */
export function payPart(em: Em, part: Part, completes: boolean, settling: Settling): Promise<PaidPart> {
  return part.kind === 'booking' ? payBooking(em, part, completes, settling) : payForCharge(em, part, completes);
}

async function payBooking(em: Em, booking: BookingPart, completes: boolean, { now, random }: Settling) {
  const dueBecause = await whyDue(em, booking, completes, now);
  if (dueBecause) return { dueBecause };
  if (!completes) return keepHeld(em, booking);
  await confirm.run(em, { id: booking.id });
  await issueTickets(em, random, booking.id, booking.quantity);
  const details = { placesTakenAgain: booking.state === 'lapsed' };
  return { dueBecause: null, happening: 'booking_confirmed' as const, details };
}

const confirm = prepared((em, { id }: { id: string }) =>
  query(em)
    .updateTable('booking')
    .set({ state: 'confirmed' })
    .where('id', '=', id)
    .where('state', 'in', bookingStatesBelow('confirmed')),
);

/** Its places go back only when somebody gives it up: some of its money is here. */
async function keepHeld(em: Em, { id }: BookingPart): Promise<PaidPart> {
  await query(em).updateTable('booking').set({ kept: true }).where('id', '=', id).execute();
  return { dueBecause: null, happening: 'part_paid', details: {} };
}

/** Takes the places for the booking and answers null, or says why the money must go back. */
async function whyDue(em: Em, booking: BookingPart, completes: boolean, now: Date): Promise<RefundReason | null> {
  if (booking.cancelledAt) return 'showing_cancelled';
  switch (booking.state) {
    case 'held':
      if (!completes) return null;
      return (await sellHeldPlaces(em, booking.showing, booking.quantity)) ? null : 'showing_cancelled';
    case 'lapsed':
      if (booking.startsAt <= now || !completes) return 'late_payment';
      return (await sellFreePlaces(em, booking.showing, booking.quantity)) ? null : 'late_payment';
    case 'cancelled':
      return booking.saleState === 'abandoned' ? 'abandoned_sale' : 'booking_cancelled';
    case 'confirmed':
    case 'refunded':
      return 'duplicate_payment';
  }
}

async function payForCharge(em: Em, charge: ChargePart, completes: boolean): Promise<PaidPart> {
  if (charge.state === 'open' && !completes) return { dueBecause: null, happening: 'part_paid', details: {} };
  const dueBecause = await payCharge(em, charge.id);
  if (dueBecause === 'late_payment' && charge.saleState === 'abandoned') return { dueBecause: 'abandoned_sale' };
  return dueBecause ? { dueBecause } : { dueBecause, happening: 'charge_paid', details: {} };
}
