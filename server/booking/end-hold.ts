import { later } from '../../shared/clock.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf, type PaidFor } from '../model/paid-for.ts';
import { paymentsFor } from '../model/payments-for.ts';
import { prepared } from '../model/prepared.ts';
import { lockPaidFor } from './lock-paid-for.ts';
import { giveBackPlaces } from './move-places.ts';
import { recordChange } from './record-change.ts';

/**
 * Sets `heldUntil` of what a payment is for to the instant at which the places would really go back: later than the hold's
 * own end while a prompt is open.
 */
export async function renewHolds(em: Em, { booking, sale }: PaidFor): Promise<void> {
  if (booking === null && sale === null) return;
  const held = await (booking === null ? heldOfSale.all(em, { id: sale }) : findHeld.all(em, { id: booking }));
  for (const { id, holdEndsAt } of held) {
    const live = await findLive.all(em, { bookingId: id });
    const heldUntil = live.reduce((until, { liveUntil }) => later(until, liveUntil), holdEndsAt);
    await renew.run(em, { id, heldUntil });
  }
}

const heldBy = (column: 'id' | 'sale') =>
  prepared((em, { id }: { id: string | null }) =>
    query(em).selectFrom('booking').select(['id', 'holdEndsAt']).where(column, '=', id).where('state', '=', 'held'),
  );

const findHeld = heldBy('id');
const heldOfSale = heldBy('sale');

const renew = prepared((em, { id, heldUntil }: { id: string; heldUntil: Date }) =>
  query(em).updateTable('booking').set({ heldUntil }).where('id', '=', id),
);

const findLive = prepared((em, { bookingId }: { bookingId: string }) =>
  query(em)
    .selectFrom('payment')
    .select('liveUntil')
    .where('id', 'in', paymentsFor(em, bookingOf(bookingId)))
    .where('live', '=', true),
);

/** An order whose page is open is asked about at once, and taken back: somebody might still pay. */
async function hurryOrders(em: Em, bookingId: string, now: Date) {
  await query(em)
    .updateTable('payment')
    .set({ nextCheckAt: now })
    .where('id', 'in', paymentsFor(em, bookingOf(bookingId)))
    .where('redirectUrl', 'is not', null)
    .where('state', '=', 'pending')
    .where('frozen', '=', false)
    .execute();
}

/** A hold whose time is over lets go of its places. False: it was paid, cancelled or prolonged meanwhile. */
export async function lapseHold(em: Em, bookingId: string, now: Date): Promise<boolean> {
  await lockPaidFor(em, bookingOf(bookingId));
  const lapsed = await query(em)
    .updateTable('booking')
    .set({ state: 'lapsed' })
    .where('id', '=', bookingId)
    .where('state', '=', 'held')
    .where('kept', '=', false)
    .where('heldUntil', '<=', now)
    .returning(['showing', 'quantity'])
    .executeTakeFirst();
  if (!lapsed) return false;
  await giveBackPlaces(em, lapsed.showing, lapsed.quantity);
  await hurryOrders(em, bookingId, now);
  await recordChange(em, bookingOf(bookingId), { happening: 'booking_lapsed', actor: 'janitor', at: now });
  return true;
}

/** The customer does not want the places any more. False: the booking is no longer held. */
export async function letGo(em: Em, bookingId: string, actor: Actor, now: Date, note?: string): Promise<boolean> {
  await lockPaidFor(em, bookingOf(bookingId));
  const cancelled = await query(em)
    .updateTable('booking')
    .set({ state: 'cancelled' })
    .where('id', '=', bookingId)
    .where('state', '=', 'held')
    .returning(['showing', 'quantity'])
    .executeTakeFirst();
  if (!cancelled) return false;
  await giveBackPlaces(em, cancelled.showing, cancelled.quantity);
  await hurryOrders(em, bookingId, now);
  await recordChange(em, bookingOf(bookingId), {
    ...{ happening: 'booking_cancelled', actor, at: now },
    ...(note !== undefined && { details: { note } }),
  });
  return true;
}
