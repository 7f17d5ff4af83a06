import { type ArmedPesapalFaults, createArmedPesapalFaults } from './armed-faults.ts';
import type { NotificationUrl } from './notification-urls.ts';
import { createOrders, type Orders } from './orders.ts';

/** What Pesapal's side remembers. */
export interface PesapalState {
  /** When each token dies; a new one leaves the others alone. */
  tokens: Map<string, Date>;
  /** By their ipn_id. */
  notificationUrls: Map<string, NotificationUrl>;
  /** Of all that were ever registered. */
  registrations: number;
  orders: Orders;
  faults: ArmedPesapalFaults;
  /** The references of orders that have met their fault, and pass when submitted again. */
  forgiven: Set<string>;
}

export function createPesapalState(): PesapalState {
  return {
    tokens: new Map(),
    notificationUrls: new Map(),
    registrations: 0,
    orders: createOrders(),
    faults: createArmedPesapalFaults(),
    forgiven: new Set(),
  };
}
