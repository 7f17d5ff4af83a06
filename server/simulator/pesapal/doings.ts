import type { Parts } from '../parts.ts';
import { notifyByHand, notifyOf } from './notify.ts';
import { mayBePaid, type Order } from './orders.ts';
import { type Choice, conclude, startAttempt } from './pay.ts';
import { approveRefund } from './refund.ts';
import { reverse } from './tell.ts';

/** Where the browser goes from the page, and in which window. */
export interface WayBack {
  url: string;
  redirectMode: Order['redirectMode'];
}

/** What a customer does on Pesapal's page, and what people at Pesapal do. What cannot be done answers false. */
export interface PesapalDoings {
  orders(): Order[];
  /** By its tracking id. */
  find(trackingId: string): Order | undefined;
  pay(order: Order, choice: Choice): boolean;
  /** The page's own Cancel: the order stays as it is, and can be paid when the page is opened again. */
  leaveUnpaid(order: Order): WayBack;
  /** The browser goes back to the merchant. */
  goBack(order: Order): WayBack;
  approveRefund(order: Order): boolean;
  /** Somebody takes it back whom the merchant has not asked. */
  reverse(order: Order): boolean;
  /** One notification more, at once; with ids of one's own choosing it is a forged one. */
  notify(order: Order, named?: { trackingId?: string; reference?: string }): Promise<void>;
}

export function createPesapalDoings(parts: Parts): PesapalDoings {
  const { pesapal } = parts;
  return {
    orders: () => [...pesapal.orders.byTrackingId.values()],
    find: trackingId => pesapal.orders.byTrackingId.get(trackingId),
    pay: (order, choice) => startAttempt(parts, order, choice),
    leaveUnpaid(order) {
      if (order.attempt) conclude(parts, order, order.attempt, 'unanswered');
      return wayBack(order, mayBePaid(order) ? order.cancellationUrl : null);
    },
    goBack(order) {
      if (!order.returned) notifyOf(parts, order, 'returned');
      order.returned = true;
      return wayBack(order, null);
    },
    approveRefund: order => approveRefund(parts, order),
    reverse: order => reverse(parts, order),
    notify: (order, named = {}) => notifyByHand(parts, order, named),
  };
}

/** To the merchant’s own address, with the outcome nowhere in it. */
function wayBack({ callbackUrl, trackingId, merchantReference, redirectMode }: Order, instead: string | null): WayBack {
  if (instead !== null) return { url: instead, redirectMode };
  const url = new URL(callbackUrl);
  url.searchParams.append('OrderTrackingId', trackingId);
  url.searchParams.append('OrderMerchantReference', merchantReference);
  url.searchParams.append('OrderNotificationType', 'CALLBACKURL');
  return { url: url.href, redirectMode };
}
