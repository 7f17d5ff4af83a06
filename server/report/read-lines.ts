import type { Network } from '../../shared/networks.ts';
import type { Method } from '../../shared/views.ts';
import { type Em, query } from '../model/entities.ts';

/** Money of a venue, between two instants. */
export interface Scope {
  venueId: number;
  from: Date;
  to: Date;
}

/** Who took it and how, what it is for, and how much: `gross` and `givenBack` in minor units, the rest in tickets. */
interface Line {
  method: Method;
  network: Network | null;
  /** Both null: nobody's shift. */
  staff: number | null;
  cashier: string | null;
  booking: string | null;
  charge: string | null;
  gross: number;
  givenBack: number;
  sold: number;
  complimentary: number;
  admitted: number;
}

const BY = ['taken.gateway as method', 'taken.network', 'taken.staff', 'taken.cashier'] as const;

/**
 * What was received, line by line: what each receipt pays for, what of it pays for nothing, and the tickets that it brought.
 * Every table is a sum of these lines, so that all of them come to the same. What a shift took belongs to the time in which
 * the shift began, as in its Z-report; all else to when it came. Money that belongs to nothing yet is on the list of
 * exceptions, and not here.
 */
export function withLines(em: Em, scope: Scope) {
  return withTaken(em, scope).with('line', db => paying(db).unionAll(payingForNothing(db)).unionAll(admitting(db)));
}

type WithTaken = ReturnType<typeof withTaken>;

function withTaken(em: Em, scope: Scope) {
  return query(em).with('taken', () => takenByShifts(em, scope).unionAll(takenByNobody(em, scope)));
}

function takenByShifts(em: Em, { venueId, from, to }: Scope) {
  return receipts(em)
    .select(['shift.staff', 'shift.cashier'])
    .where('shift.venue', '=', venueId)
    .where('shift.openedAt', '>=', from)
    .where('shift.openedAt', '<', to)
    .where(one =>
      one.or([one('shift.sealedAt', 'is', null), one('receipt.createdAt', '<=', one.ref('shift.sealedAt'))]),
    );
}

/** Paid on customers' own phones, or after the shift was sealed. */
function takenByNobody(em: Em, { venueId, from, to }: Scope) {
  return receipts(em)
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .leftJoin('showing', 'showing.id', 'booking.showing')
    .leftJoin('charge', 'charge.id', 'payment.charge')
    .leftJoin('sale', 'sale.id', 'payment.sale')
    .select(one => one.cast<number | null>(one.lit(null), 'integer').as('staff'))
    .select(one => one.cast<string | null>(one.lit(null), 'text').as('cashier'))
    .where('receipt.createdAt', '>=', from)
    .where('receipt.createdAt', '<', to)
    .where(one => one(one.fn.coalesce('showing.venue', 'charge.venue', 'sale.venue'), '=', venueId))
    .where(one => one.or([one('shift.id', 'is', null), one('receipt.createdAt', '>', one.ref('shift.sealedAt'))]));
}

function receipts(em: Em) {
  return query(em)
    .selectFrom('receipt')
    .innerJoin('payment', 'payment.id', 'receipt.payment')
    .leftJoin('shift', 'shift.id', 'payment.shift')
    .select(['receipt.id', 'receipt.gateway', 'payment.network', 'receipt.amount', 'receipt.reversedAt'])
    .select(['payment.booking', 'payment.charge'])
    .where('allocation', '!=', 'unallocated');
}

/** What a receipt pays, or paid, for. A grant is no money. */
function paying(db: WithTaken) {
  return db
    .selectFrom('taken')
    .innerJoin('share', 'share.receipt', 'taken.id')
    .where('taken.gateway', '!=', 'complimentary')
    .select([...BY, 'share.booking', 'share.charge', 'share.amount as gross'])
    .select(one => {
      const goesBack = one.or([one('share.refund', 'is not', null), one('taken.reversedAt', 'is not', null)]);
      return one.case().when(goesBack).then(one.ref('share.amount')).else(one.lit(0)).end().as('givenBack');
    })
    .select(one => [one.lit(0).as('sold'), one.lit(0).as('complimentary'), one.lit(0).as('admitted')])
    .$castTo<Line>();
}

/** Too much, twice or too late: what of a receipt has no share, and what of its refunds goes beyond those of its shares. */
function payingForNothing(db: WithTaken) {
  return db
    .selectFrom('taken')
    .where('taken.gateway', '!=', 'complimentary')
    .select([...BY, 'taken.booking', 'taken.charge'])
    .select(one => {
      const shares = one
        .selectFrom('share')
        .whereRef('share.receipt', '=', 'taken.id')
        .select(share => share.fn.coalesce(share.fn.sum<number>('share.amount'), share.lit(0)).as('sum'));
      const refunds = one
        .selectFrom('refund')
        .whereRef('refund.receipt', '=', 'taken.id')
        .select(refund => refund.fn.coalesce(refund.fn.sum<number>('refund.amount'), refund.lit(0)).as('sum'));
      const goingBack = shares.where('share.refund', 'is not', null);
      return [one('taken.amount', '-', shares).as('gross'), one(refunds, '-', goingBack).as('givenBack')];
    })
    .select(one => [one.lit(0).as('sold'), one.lit(0).as('complimentary'), one.lit(0).as('admitted')])
    .$castTo<Line>();
}

/** Tickets stand with the payment that completed their booking: the last one that pays for it. */
function admitting(db: WithTaken) {
  return db
    .selectFrom('taken')
    .innerJoin('share', 'share.receipt', 'taken.id')
    .innerJoin('ticket', 'ticket.booking', 'share.booking')
    .where('ticket.state', '!=', 'void')
    .where(one => {
      const later = one.selectFrom('share as later').whereRef('later.booking', '=', 'share.booking');
      return one.not(one.exists(later.whereRef('later.id', '>', 'share.id').select('later.id')));
    })
    .select([...BY, 'share.booking', 'share.charge'])
    .select(one => {
      const isGrant = one('taken.gateway', '=', 'complimentary');
      const count = (is: typeof isGrant) => one.case().when(is).then(one.lit(1)).else(one.lit(0)).end();
      return [
        ...[one.lit(0).as('gross'), one.lit(0).as('givenBack')],
        ...[count(one.not(isGrant)).as('sold'), count(isGrant).as('complimentary')],
        count(one('ticket.state', '=', 'admitted')).as('admitted'),
      ];
    })
    .$castTo<Line>();
}
