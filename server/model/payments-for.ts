import type { Compilable } from 'kysely';
import { type Em, query } from './entities.ts';
import { bookingOf, chargeOf, columnOf, type PaidFor, saleOf } from './paid-for.ts';
import { prepared } from './prepared.ts';

/**
 * The ids of all payments whose money could be for the same thing, for use inside another query: a booking's or charge's
 * own, and those of the sale it is in; a sale's own, and those of all that is in it.
 */
export function paymentsFor(em: Em, { booking, charge, sale }: PaidFor) {
  const payments = query(em).selectFrom('payment').select('payment.id');
  if (booking !== null) {
    const its = query(em).selectFrom('booking').select('booking.sale').where('booking.id', '=', booking);
    return payments.where(one => one.or([one('payment.booking', '=', booking), one('payment.sale', 'in', its)]));
  }
  if (charge !== null) {
    const its = query(em).selectFrom('charge').select('charge.sale').where('charge.id', '=', charge);
    return payments.where(one => one.or([one('payment.charge', '=', charge), one('payment.sale', 'in', its)]));
  }
  const bookings = query(em).selectFrom('booking').select('booking.id').where('booking.sale', '=', sale);
  const charges = query(em).selectFrom('charge').select('charge.id').where('charge.sale', '=', sale);
  return payments.where(one =>
    one.or([
      one('payment.sale', '=', sale),
      one('payment.booking', 'in', bookings),
      one('payment.charge', 'in', charges),
    ]),
  );
}

/** A prepared query about what a payment is for: one for each of the three, because they ask differently. */
export function preparedFor<Given extends object, Row>(
  draw: (em: Em, paidFor: PaidFor, values: Given) => Compilable<Row>,
) {
  const by = (paidFor: (id: string) => PaidFor) =>
    prepared<Given & { paidForId: string }, Row>((em, values) => draw(em, paidFor(values.paidForId), values));
  const all = { booking: by(bookingOf), charge: by(chargeOf), sale: by(saleOf) };
  return {
    all(em: Em, paidFor: PaidFor, values: Given): Promise<Row[]> {
      const { column, id } = columnOf(paidFor);
      return all[column].all(em, { ...values, paidForId: id });
    },
    async first(em: Em, paidFor: PaidFor, values: Given): Promise<Row | undefined> {
      return (await this.all(em, paidFor, values))[0];
    },
  };
}
