import {
  type ExceptionAction,
  type ExceptionKind,
  type ExceptionView,
  needsSecondPerson,
} from '../../../shared/office/exceptions.ts';
import type { Method } from '../../../shared/views.ts';
import type { PaidFor } from '../../model/paid-for.ts';

export const ROWS_MAX = 500; // Of each kind: more is an outage, and the largest sums come first.

/** What the gateways can do, for the actions that are offered. */
export interface Abilities {
  /** Gives money back when asked to. */
  sends(method: Method): boolean;
  /** Takes the same request twice for one: without its ids a payment can be asked about all the same. */
  repeats(method: Method): boolean;
}

export interface Looking {
  now: Date;
  able: Abilities;
  /** Only what is about these bookings, charges and sales, and these receipts. Without it: everything. */
  about?: About;
}

export interface About {
  ids: string[];
  receipts: number[];
}

/** For a list in a query, which must not be empty: no id of ours is one of these. */
export const idsOf = (about: About | undefined): string[] => (about?.ids.length ? about.ids : ['']);
export const receiptsOf = (about: About | undefined): number[] => (about?.receipts.length ? about.receipts : [0]);

/** As the tables have it; whose it is and where follows for all of them together. */
export type Row = Omit<ExceptionView, 'venueId' | 'venue' | 'reference'>;

interface Found extends PaidFor {
  payment: string | null;
  gateway: Method;
  phoneMasked: string | null;
  amount: number;
  currency: Row['amount']['currency'];
}

interface Said {
  exceptionId: string;
  kind: ExceptionKind;
  since: Date;
  next: string;
  expects?: Row['expects'];
  asked?: number | null;
  reason?: Row['reason'];
  receipt?: number | null;
  number?: string | null;
  refund?: string;
  actions: ExceptionAction[];
}

export function rowOf(found: Found, said: Said): Row {
  const { amount, currency } = found;
  const { exceptionId, kind, next, actions, asked = null, reason = null } = said;
  return {
    ...{ exceptionId, kind, next, actions, reason },
    amount: { amount, currency },
    asked: asked === null || asked === amount ? null : { amount: asked, currency },
    since: said.since.toISOString(),
    expects: said.expects ?? { what: 'nothing', at: null },
    method: found.gateway,
    bookingId: found.booking,
    chargeId: found.charge,
    saleId: found.sale,
    phone: found.phoneMasked,
    paymentId: found.payment,
    receiptId: said.receipt ?? null,
    receiptNumber: said.number ?? null,
    refundId: said.refund ?? null,
    secondPerson: needsSecondPerson({ amount, currency }),
  };
}

/** An action where it can be taken. */
export function when(isPossible: boolean, action: ExceptionAction): ExceptionAction[] {
  return isPossible ? [action] : [];
}
