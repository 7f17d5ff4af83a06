import type { Stop } from '../../../shared/clock.ts';
import type { Debit } from '../ledger.ts';
import type { Parts } from '../parts.ts';
import type { Phone } from '../phones.ts';
import type { FailureName } from './failures.ts';
import type { PesapalFault } from './fault.ts';
import type { NetworkName } from './networks.ts';
import type { NotificationUrl } from './notification-urls.ts';
import type { OrderWish } from './order-request.ts';
import { guid } from './wire.ts';

/** One order under one reference of the merchant's, from its being submitted to its end. */
export interface Order extends OrderWish {
  trackingId: string;
  notificationUrl: NotificationUrl;
  orderedAt: Date;
  fault: PesapalFault | undefined;
  /** The newest try to pay; null while there was none. */
  attempt: Attempt | null;
  /** What Pesapal says of it: true or not, and sometimes late. */
  told: Told;
  debit: Debit | null;
  cancelledAt: Date | null;
  refund: 'none' | 'requested' | 'done';
  /** Of a refund that was asked for, in shillings. */
  refundAmount: number;
  /** How many questions were asked since the payment was over. */
  questions: number;
  /** Whether the merchant has answered a notification, or will be sent no more. */
  notified: boolean;
  /** Whether the browser was sent back to the merchant. */
  returned: boolean;
}

/** One try to pay, from the button on the page to its end. */
export interface Attempt {
  number: number;
  network: NetworkName;
  /** The phone that is asked; null where a card pays. */
  owner: Phone | null;
  /** A phone's or a card's number. */
  account: string;
  startedAt: Date;
  state: 'asking' | 'paid' | 'failed' | 'unanswered';
  failure: FailureName | null;
  stopWaiting: Stop;
}

/** Status codes as the documentation has them: 0 INVALID, 1 COMPLETED, 2 FAILED, 3 REVERSED. */
export interface Told {
  code: 0 | 1 | 2 | 3;
  failure: FailureName | null;
  at: Date;
}

export interface Orders {
  byTrackingId: Map<string, Order>;
  byReference: Map<string, Order>;
}

const ORDERS_MAX = 100_000; // Afterwards the oldest are forgotten: they have become unknown.

export function createOrders(): Orders {
  return { byTrackingId: new Map(), byReference: new Map() };
}

export function addOrder(
  { pesapal: { orders }, clock, random }: Parts,
  wish: OrderWish,
  notificationUrl: NotificationUrl,
  fault: PesapalFault | undefined,
): Order {
  const orderedAt = clock.now();
  const order: Order = {
    ...wish,
    ...{ trackingId: guid(random, orderedAt), notificationUrl, orderedAt, fault },
    ...{ attempt: null, told: { code: 0, failure: null, at: orderedAt }, debit: null, cancelledAt: null },
    ...{ refund: 'none', refundAmount: 0, questions: 0, notified: false, returned: false },
  };
  orders.byTrackingId.set(order.trackingId, order);
  orders.byReference.set(order.merchantReference, order);
  forgetOldest(orders);
  return order;
}

function forgetOldest({ byTrackingId, byReference }: Orders): void {
  const [oldest] = byTrackingId.values();
  if (!oldest || byTrackingId.size <= ORDERS_MAX) return;
  byTrackingId.delete(oldest.trackingId);
  byReference.delete(oldest.merchantReference);
}

/** Whether the page may start another try. Money that was taken once is never asked for again, whatever is told of it. */
export function mayBePaid({ attempt, cancelledAt, told, debit }: Order): boolean {
  return !cancelledAt && !debit && told.code !== 1 && told.code !== 3 && attempt?.state !== 'asking';
}
