/** What money is for: exactly one of the two. The same words stand in payments, refunds and the audit trail. */
export interface PaidFor {
  booking: string | null;
  charge: string | null;
}

export function bookingOf(id: string): PaidFor {
  return { booking: id, charge: null };
}

export function chargeOf(id: string): PaidFor {
  return { booking: null, charge: id };
}

/** The column in which it stands, and its id. */
export function columnOf({ booking, charge }: PaidFor): { column: 'booking' | 'charge'; id: string } {
  return booking === null ? { column: 'charge', id: charge ?? '' } : { column: 'booking', id: booking };
}
