import type { GatewayAnswer, GatewayRequest } from '../daraja/wire.ts';
import type { Parts } from '../parts.ts';
import type { Order } from './orders.ts';
import { REFUSALS, sayInstead } from './refusals.ts';
import { finalBody, pendingBody, SHAPES, writeStatus } from './status-body.ts';
import { guid, json, text } from './wire.ts';

/** `GET /api/Transactions/GetTransactionStatus?orderTrackingId=…` */
export function tellStatus(parts: Parts, request: GatewayRequest): GatewayAnswer {
  const id = parameter(request, 'ordertrackingid');
  if (!id) return REFUSALS.invalidParameters();
  const order = parts.pesapal.orders.byTrackingId.get(id);
  if (!order) return unknownOrder(id);
  if (order.told.code === 0) return text(200, writeStatus(pendingBody(order)));

  const script = order.fault?.status ?? ['truth'];
  const answer = script[Math.min(order.questions, script.length - 1)] ?? 'truth';
  order.questions += 1;
  if (answer === 'truth') return text(200, writeStatus(shaped(parts, order)));
  return answer === 'pending' ? text(200, writeStatus(pendingBody(order))) : sayInstead(answer);
}

/** Nobody has recorded one; that it looks unpaid is the worse of the two guesses. */
function unknownOrder(id: string): GatewayAnswer {
  const error = { error_type: 'api_error', code: 'payment_details_not_found', message: 'Pending Payment' };
  return json(200, {
    order_tracking_id: id,
    payment_status_description: 'INVALID',
    status_code: 0,
    error,
    status: '500',
  });
}

function shaped({ ledger, random }: Parts, order: Order): Record<string, unknown> {
  const body = finalBody(order);
  const looks = order.fault?.looks;
  if (!looks || order.told.code !== 1) return body;
  const before = ledger.debits.slice(0, order.debit ? ledger.debits.indexOf(order.debit) : 0);
  const others = before.findLast(({ gateway }) => gateway === 'pesapal');
  return SHAPES[looks](body, { receiptNumber: others?.receiptNumber ?? '', id: guid(random, order.orderedAt) });
}

/** Names are read without regard to case, as ASP.NET does. */
function parameter({ path }: GatewayRequest, name: string): string | undefined {
  const parameters = [...new URL(path, 'http://simulator').searchParams];
  return parameters.find(([key]) => key.toLowerCase() === name)?.[1];
}
