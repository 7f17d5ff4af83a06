import type { GatewayAnswer } from '../daraja/wire.ts';
import type { Parts } from '../parts.ts';
import type { Order } from './orders.ts';
import { conclude } from './pay.ts';
import { REFUSALS, sayInstead } from './refusals.ts';
import { tellAfterCancelling } from './tell.ts';
import { json } from './wire.ts';

/** `POST /api/Transactions/CancelOrder`: once, and only what is not known to be paid. */
export function cancelOrder(parts: Parts, body: Record<string, unknown>): GatewayAnswer {
  const { orders, faults } = parts.pesapal;
  if (typeof body.order_tracking_id !== 'string') return REFUSALS.invalidParameters();
  const order = orders.byTrackingId.get(body.order_tracking_id);
  if (!order || order.cancelledAt || order.told.code === 1 || order.told.code === 3)
    return REFUSALS.cannotBeCancelled();
  const fault = faults.take('cancelling', order.phone)?.cancel ?? order.fault?.cancel;
  if (fault?.cancels !== false) cancel(parts, order);
  return fault ? sayInstead(fault.answer) : json(200, { status: '200', message: 'Order successfully cancelled.' });
}

/** A prompt that is open goes away with it; what Pesapal does then is written nowhere. */
function cancel(parts: Parts, order: Order): void {
  order.cancelledAt = parts.clock.now();
  if (order.attempt) conclude(parts, order, order.attempt, 'unanswered');
  tellAfterCancelling(parts, order);
  parts.changed();
}
