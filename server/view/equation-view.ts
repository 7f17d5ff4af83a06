import { sql } from 'kysely';
import type { Currency } from '../../shared/money.ts';
import type { Equation, EquationReceipt, EquationTerm } from '../../shared/office/exceptions.ts';
import { type Em, query } from '../model/entities.ts';

const NOWHERE = 0; // No venue has this id: a list in a query must not be empty.
const RECEIPTS_MAX = 500; // Of one term, the newest: whoever wants more has the reports.

/** Whose money, received when: `venues` in a time of their own day; null: what is nobody's. Without `from`, ever. */
export interface Span {
  venues: (number | null)[];
  from?: Date;
  until?: Date;
}

/**
 * Where all money is that was received: applied, due back, given back, or belonging to nothing. Each receipt must come to
 * its own amount, so that no two mistakes hide each other; those that do not are counted as `broken`.
 */
export async function seeEquations(em: Em, span: Span): Promise<Equation[]> {
  const rows = await query(em)
    .selectFrom(receipts(em, span).as('one'))
    .leftJoin('venue', 'venue.id', 'one.venueId')
    .select(['one.venueId', 'venue.name as venue', 'one.currency'])
    .select(({ fn }) => [
      fn.sum<number>('one.received').as('received'),
      fn.sum<number>('one.applied').as('applied'),
      fn.sum<number>('one.due').as('due'),
      fn.sum<number>('one.refunded').as('refunded'),
      fn.sum<number>('one.unallocated').as('unallocated'),
      fn.sum<number>(sql`case when ${GAP} = 0 then 0 else 1 end`).as('broken'),
    ])
    .groupBy(['one.venueId', 'venue.name', 'one.currency'])
    .orderBy('one.venueId')
    .orderBy('one.currency')
    .execute();
  return rows.map(({ venueId, venue, currency, ...sums }) => ({
    ...{ venueId, venue, currency },
    received: Number(sums.received),
    applied: Number(sums.applied),
    due: Number(sums.due),
    refunded: Number(sums.refunded),
    unallocated: Number(sums.unallocated),
    broken: Number(sums.broken),
  }));
}

/** How much of a receipt is nowhere, or in two places at once (less than nothing). */
const GAP = sql<number>`(${sql.ref('one.received')} - ${sql.ref('one.applied')} - ${sql.ref('one.due')}
  - ${sql.ref('one.refunded')} - ${sql.ref('one.unallocated')})`;

/** The receipts that one sum is made of, the newest first; `broken`: those that do not add up, by how much they do not. */
export async function seeTerm(
  em: Em,
  span: Span,
  { currency, term }: { currency: Currency; term: EquationTerm | 'broken' },
): Promise<EquationReceipt[]> {
  const part = term === 'broken' ? GAP : sql<number>`${sql.ref(`one.${term}`)}`;
  const rows = await query(em)
    .selectFrom(receipts(em, span).as('one'))
    .select(['one.id', 'one.number', 'one.method', 'one.createdAt', 'one.reference', 'one.bookingId', 'one.received'])
    .select(part.as('part'))
    .where('one.currency', '=', currency)
    .where(part, '!=', 0)
    .orderBy('one.id', 'desc')
    .limit(RECEIPTS_MAX)
    .execute();
  return rows.map(row => ({
    receiptId: row.id,
    number: row.number,
    method: row.method,
    at: row.createdAt.toISOString(),
    reference: row.reference,
    bookingId: row.bookingId,
    amount: row.received,
    part: Number(row.part),
  }));
}

/** Each receipt with where its money is. A grant is no money; what the gateway took back is back, whatever it had paid for. */
function receipts(em: Em, span: Span) {
  return within(em, span)
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

function within(em: Em, { venues, from, until }: Span) {
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
