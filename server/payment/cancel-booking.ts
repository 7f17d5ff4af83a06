import { letGo } from '../booking/end-hold.ts';
import { lockPaidFor } from '../booking/lock-paid-for.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import { paymentsFor } from '../model/payments-for.ts';

/** Lets go of an unpaid booking. While a prompt may be open its money could still arrive: not then. */
export async function cancelBooking(
  em: Em,
  bookingId: string,
  now: Date,
  { actor, note }: { actor: Actor; note?: string } = { actor: 'customer' },
): Promise<void> {
  await lockPaidFor(em, bookingOf(bookingId));
  const booking = await query(em)
    .selectFrom('booking')
    .select(['state', 'kept'])
    .where('id', '=', bookingId)
    .executeTakeFirst();
  if (!booking) throw new ProblemError('not_found', { detail: 'There is no such booking' });
  const open = await query(em)
    .selectFrom('payment')
    .select('id')
    .where('id', 'in', paymentsFor(em, bookingOf(bookingId)))
    .where('live', '=', true)
    .where('liveUntil', '>', now)
    .executeTakeFirst();
  switch (booking.state) {
    case 'held':
      if (open) throw new ProblemError('payment_in_progress', { detail: 'Close the request on the phone first' });
      if (booking.kept)
        throw new ProblemError('not_possible_now', { detail: 'A part is paid: the till must give the sale up' });
      await letGo(em, bookingId, actor, now, note);
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
