import { sql } from 'kysely';
import { type Em, query } from '../../model/entities.ts';

const NOWHERE = 0; // No venue has this id: a list in a query must not be empty.

/** Whose money, null: what is nobody's; and of which receipts: those of a time, or of a slice of all there are. */
export interface Span {
  venues: (number | null)[];
  from?: Date;
  until?: Date;
  /** Ids: after the first, up to the second. */
  slice?: [number, number];
}

/** Each receipt with where its money is. A grant is no money; what the gateway took back is back, whatever it had paid for. */
export function moneyOfReceipts(em: Em, span: Span) {
  return receiptsWithin(em, span)
    .select(['receipt.id', 'receipt.number', 'receipt.gateway as method', 'receipt.createdAt', 'receipt.currency'])
    .select(['receipt.amount as received', 'payment.booking as bookingId'])
    .select(({ fn }) => [
      fn.coalesce('showing.venue', 'charge.venue', 'sale.venue').as('venueId'),
      fn.coalesce('booking.reference', 'charge.reference', 'sale.reference').as('reference'),
    ])
    .select(one => {
      const all = one.ref('receipt.amount');
      const isHere = one('reversedAt', 'is', null);
      const isSetAside = one.and([isHere, one('allocation', '=', 'unallocated')]);
      return [
        one.case().when(isHere).then(applied(em)).else(one.lit(0)).end().as('applied'),
        owed(em, '!=').as('due'),
        one.case().when(isHere).then(owed(em, '=')).else(all).end().as('refunded'),
        one.case().when(isSetAside).then(all).else(one.lit(0)).end().as('unallocated'),
      ];
    });
}

function receiptsWithin(em: Em, { venues, from, until, slice }: Span) {
  const named = [NOWHERE, ...venues.filter(venue => venue !== null)];
  return query(em)
    .selectFrom('receipt')
    .leftJoin('payment', 'payment.id', 'receipt.payment')
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .leftJoin('showing', 'showing.id', 'booking.showing')
    .leftJoin('charge', 'charge.id', 'payment.charge')
    .leftJoin('sale', 'sale.id', 'payment.sale')
    .where('receipt.gateway', '!=', 'complimentary')
    .$if(from !== undefined, all => all.where('receipt.createdAt', '>=', from ?? new Date(0)))
    .$if(until !== undefined, all => all.where('receipt.createdAt', '<', until ?? new Date(0)))
    .$if(slice !== undefined, all =>
      all.where('receipt.id', '>', slice?.[0] ?? 0).where('receipt.id', '<=', slice?.[1] ?? 0),
    )
    .where(one =>
      one.or([
        one(one.fn.coalesce('showing.venue', 'charge.venue', 'sale.venue'), 'in', named),
        ...(venues.includes(null) ? [one('receipt.payment', 'is', null)] : []),
      ]),
    );
}

function applied(em: Em) {
  return query(em)
    .selectFrom('share')
    .select(one => one.fn.coalesce(one.fn.sum<number>('share.amount'), one.lit(0)).as('sum'))
    .whereRef('share.receipt', '=', sql.ref('receipt.id'))
    .where('share.refund', 'is', null);
}

function owed(em: Em, isDone: '=' | '!=') {
  return query(em)
    .selectFrom('refund')
    .select(one => one.fn.coalesce(one.fn.sum<number>('refund.amount'), one.lit(0)).as('sum'))
    .whereRef('refund.receipt', '=', sql.ref('receipt.id'))
    .where('refund.state', isDone, 'done');
}

/** How much of a receipt is nowhere, or in two places at once (less than nothing). */
export const GAP = sql<number>`(${sql.ref('one.received')} - ${sql.ref('one.applied')} - ${sql.ref('one.due')}
  - ${sql.ref('one.refunded')} - ${sql.ref('one.unallocated')})`;
