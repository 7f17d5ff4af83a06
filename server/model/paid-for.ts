/** What money is for: exactly one of the three. The same words stand in payments, refunds and the audit trail. */
export interface PaidFor {
  booking: string | null;
  charge: string | null;
  /** Everything that is sold together at the counter. */
  sale: string | null;
}

export const PAID_FOR = ['booking', 'charge', 'sale'] as const;

/** For a check in the database: one of them, and no second. */
export const PAID_FOR_ONE = PAID_FOR.map(column => `(case when ${column} is null then 0 else 1 end)`).join(' + ');

export function bookingOf(id: string): PaidFor {
  return { booking: id, charge: null, sale: null };
}

export function chargeOf(id: string): PaidFor {
  return { booking: null, charge: id, sale: null };
}

export function saleOf(id: string): PaidFor {
  return { booking: null, charge: null, sale: id };
}

/** The column in which it stands, and its id. */
export function columnOf({ booking, charge, sale }: PaidFor): { column: (typeof PAID_FOR)[number]; id: string } {
  if (booking !== null) return { column: 'booking', id: booking };
  return charge === null ? { column: 'sale', id: sale ?? '' } : { column: 'charge', id: charge };
}
