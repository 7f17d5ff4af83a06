import { letGo } from '../booking/end-hold.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';

/** The customer lets go of an unpaid booking. While a prompt may be open its money could still arrive: not then. */
export async function cancelBooking(em: Em, bookingId: string, now: Date): Promise<void> {
  const booking = await query(em).selectFrom('booking').select('state').where('id', '=', bookingId).executeTakeFirst();
  if (!booking) throw new ProblemError('not_found', { detail: 'There is no such booking' });
  const open = await query(em)
    .selectFrom('payment')
    .select('id')
    .where('booking', '=', bookingId)
    .where('live', '=', true)
    .where('liveUntil', '>', now)
    .executeTakeFirst();
  switch (booking.state) {
    case 'held':
      if (open) throw new ProblemError('payment_in_progress', { detail: 'Close the request on the phone first' });
      await letGo(em, bookingId, 'customer', now);
      return;
    case 'cancelled':
      return; // Already done: asking twice is harmless.
    case 'lapsed':
      throw new ProblemError('hold_lapsed');
    case 'confirmed':
    case 'refunded':
      throw new ProblemError('already_paid');
  }
}
