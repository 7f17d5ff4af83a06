import { type Em, query } from '../model/entities.ts';
import { bookingOf, chargeOf, columnOf, type PaidFor } from '../model/paid-for.ts';
import { prepared } from '../model/prepared.ts';

/** A booking or a charge, and how much of it is paid. */
export type Part = BookingPart | ChargePart;
export type BookingPart = Awaited<ReturnType<typeof readBookings>>[number] & { applied: number };
export type ChargePart = Awaited<ReturnType<typeof readCharges>>[number] & { applied: number };

/** What money for `paidFor` can pay for: the booking or the charge itself, or all of a sale, in the order of its lines. */
export async function readParts(em: Em, paidFor: PaidFor): Promise<Part[]> {
  const bookings = paidFor.charge === null ? await readBookings(em, paidFor) : [];
  const charges = paidFor.booking === null ? await readCharges(em, paidFor) : [];
  const parts: Part[] = [];
  for (const part of bookings) parts.push({ ...part, applied: await readApplied(em, bookingOf(part.id)) });
  for (const part of charges) parts.push({ ...part, applied: await readApplied(em, chargeOf(part.id)) });
  return parts.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
}

export function partOf({ kind, id }: Part): PaidFor {
  return kind === 'booking' ? bookingOf(id) : chargeOf(id);
}

/** What is still to be paid of it; nothing once it was given up. */
export function outstandingOf(part: Part): number {
  return part.state === 'held' || part.state === 'open' ? part.total - part.applied : 0;
}

/** How much money pays for a booking or a charge: what went back does not count, nor what a gateway took back. */
export async function readApplied(em: Em, paidFor: PaidFor): Promise<number> {
  const { column, id } = columnOf(paidFor);
  const { applied } = await (column === 'booking' ? sumOfBooking : sumOfCharge).one(em, { id });
  return Number(applied ?? 0);
}

const sumBy = (column: 'share.booking' | 'share.charge') =>
  prepared((em, { id }: { id: string }) =>
    query(em)
      .selectFrom('share')
      .innerJoin('receipt', 'receipt.id', 'share.receipt')
      .select(one => one.fn.sum<number | null>('share.amount').as('applied'))
      .where(column, '=', id)
      .where('share.refund', 'is', null)
      .where('reversedAt', 'is', null),
  );

const sumOfBooking = sumBy('share.booking');
const sumOfCharge = sumBy('share.charge');

async function readBookings(em: Em, { booking, sale }: PaidFor) {
  const rows = await (booking === null ? bookingsOfSale.all(em, { id: sale }) : findBooking.all(em, { id: booking }));
  return rows.map(row => ({ kind: 'booking' as const, ...row }));
}

const bookingsBy = (column: 'booking.id' | 'booking.sale') =>
  prepared((em, { id }: { id: string | null }) =>
    query(em)
      .selectFrom('booking')
      .innerJoin('showing', 'showing.id', 'booking.showing')
      .leftJoin('sale', 'sale.id', 'booking.sale')
      .select([
        'booking.id',
        'booking.state',
        'quantity',
        'showing',
        'startsAt',
        'cancelledAt',
        'booking.amount as total',
      ])
      .select(['line', 'booking.sale', 'sale.state as saleState', 'kept', 'heldUntil', 'holdEndsAt', 'holdCapAt'])
      .where(column, '=', id),
  );

const findBooking = bookingsBy('booking.id');
const bookingsOfSale = bookingsBy('booking.sale');

async function readCharges(em: Em, { charge, sale }: PaidFor) {
  const rows = await query(em)
    .selectFrom('charge')
    .leftJoin('sale', 'sale.id', 'charge.sale')
    .select(['charge.id', 'charge.state', 'charge.amount as total', 'line', 'charge.sale', 'sale.state as saleState'])
    .where(charge === null ? 'charge.sale' : 'charge.id', '=', charge ?? sale)
    .execute();
  return rows.map(row => ({ kind: 'charge' as const, ...row }));
}
