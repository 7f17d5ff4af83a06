import { addMs, type Stop } from '../../../shared/clock.ts';
import type { Fault } from '../fault.ts';
import type { Debit } from '../ledger.ts';
import type { Parts } from '../parts.ts';
import type { Phone } from '../phones.ts';
import { eatDayFirst } from './east-africa-time.ts';
import type { Push } from './push-request.ts';
import type { ResultCode } from './results.ts';
import { gatewayId } from './wire.ts';

/** One accepted push, from the prompt to its end. */
export interface Checkout extends Push {
  owner: Phone;
  checkoutRequestId: string;
  merchantRequestId: string;
  pushedAt: Date;
  fault: Fault | undefined;
  /** How it ended; null while the customer may still do something. */
  result: ResultCode | null;
  debit: Debit | null;
  /** How many queries have asked about it. */
  queries: number;
  stopWaiting: Stop;
}

export type Checkouts = Map<string, Checkout>;

const CHECKOUTS_MAX = 100_000; // Afterwards the oldest are forgotten: a query for them finds an unknown id.

export function newCheckout(parts: Parts, owner: Phone, push: Push, fault: Fault | undefined): Checkout {
  const { checkouts, clock, random } = parts;
  const pushedAt = clock.now();
  const checkout: Checkout = {
    ...push,
    owner,
    checkoutRequestId: unusedId(checkouts, push.phone, pushedAt),
    merchantRequestId: gatewayId(random),
    pushedAt,
    fault,
    result: null,
    debit: null,
    queries: 0,
    stopWaiting: () => {},
  };
  checkouts.set(checkout.checkoutRequestId, checkout);
  const [oldest] = checkouts.keys();
  if (oldest && checkouts.size > CHECKOUTS_MAX) checkouts.delete(oldest);
  return checkout;
}

/** Day, time and milliseconds in Kenya, then the number's last nine digits: guessable, as the real one. */
function unusedId(checkouts: Checkouts, phone: string, at: Date): string {
  const id = `ws_CO_${eatDayFirst(at)}${phone.slice(-9)}`;
  return checkouts.has(id) ? unusedId(checkouts, phone, addMs(at, 1)) : id;
}
