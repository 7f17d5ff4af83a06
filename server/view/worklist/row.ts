import type { Money } from '../../../shared/money.ts';
import type { WorklistItem, WorklistKind } from '../worklist-view.ts';

export const ROWS_MAX = 500; // Of each kind: more is an outage, and the largest sums come first.

export type Row = Omit<WorklistItem, 'evidence'>;

/** Whose money it is, for queries that join the payment with its booking, its charge and its sale. */
export const WHOSE = [
  'payment.id as payment',
  'payment.booking',
  'payment.charge',
  'payment.sale',
  'payment.phoneMasked',
  'booking.reference as bookingReference',
  'charge.reference as chargeReference',
  'sale.reference as saleReference',
] as const;

interface Found extends Money {
  payment: string | null;
  booking: string | null;
  charge: string | null;
  sale: string | null;
  phoneMasked: string | null;
  bookingReference: string | null;
  chargeReference: string | null;
  saleReference: string | null;
  receipt?: number;
  number?: string | null;
  refund?: string;
}

export function rowOf(found: Found, { kind, since, next }: { kind: WorklistKind; since: Date; next: string }): Row {
  return {
    kind,
    amount: { amount: found.amount, currency: found.currency },
    since: since.toISOString(),
    next,
    bookingId: found.booking,
    chargeId: found.charge,
    saleId: found.sale,
    reference: found.bookingReference ?? found.chargeReference ?? found.saleReference,
    phone: found.phoneMasked,
    paymentId: found.payment,
    receiptId: found.receipt ?? null,
    receiptNumber: found.number ?? null,
    refundId: found.refund ?? null,
  };
}
