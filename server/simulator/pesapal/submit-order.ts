import { pause } from '../../../shared/clock.ts';
import type { GatewayAnswer, GatewayRequest } from '../daraja/wire.ts';
import type { Parts } from '../parts.ts';
import { livingAt } from './armed-faults.ts';
import type { PesapalFault, SubmitFault } from './fault.ts';
import type { NotificationUrl } from './notification-urls.ts';
import { type OrderWish, readOrderWish } from './order-request.ts';
import { addOrder, type Order } from './orders.ts';
import { startAttempt } from './pay.ts';
import { REFUSALS, sayInstead } from './refusals.ts';
import { json } from './wire.ts';

export const PAGE_PATH = '/pesapaliframe/PesapalIframe3/Index';

/** `POST /api/Transactions/SubmitOrderRequest`: nobody is asked for money; the customer must open the page. */
export async function submitOrder(
  parts: Parts,
  body: Record<string, unknown>,
  request: GatewayRequest,
): Promise<GatewayAnswer> {
  const { pesapal } = parts;
  const known = pesapal.orders.byReference.get(String(body.id));
  if (known) return accept(known, request); // Whatever else it says now: the first order under a reference is the order.
  const wish = readOrderWish(body);
  if (!wish) return REFUSALS.invalidParameters();
  const fault = meet(parts, wish);
  const url = pesapal.notificationUrls.get(String(body.notification_id));
  if (fault?.submit?.makesOrder === false) return sayInstead(fault.submit.answer);
  return url ? makeOrder(parts, wish, url, fault, request) : REFUSALS.invalidIpnId();
}

/** What is met once is over with the next submission, and leaves what it broke behind. */
function meet({ pesapal }: Parts, { merchantReference, phone }: OrderWish): PesapalFault | undefined {
  if (pesapal.forgiven.has(merchantReference)) return undefined;
  const fault = pesapal.faults.take('order', phone) ?? livingAt(phone);
  if (fault?.submit?.once) pesapal.forgiven.add(merchantReference);
  if (fault?.submit?.killsTokens) pesapal.tokens.clear();
  if (fault?.submit?.forgetsUrls) pesapal.notificationUrls.clear();
  if (fault?.submit && fault.token) pesapal.faults.armNext('token', fault);
  if (fault?.submit && fault.registration) pesapal.faults.armNext('registration', fault);
  return fault;
}

async function makeOrder(
  parts: Parts,
  wish: OrderWish,
  url: NotificationUrl,
  fault: PesapalFault | undefined,
  request: GatewayRequest,
): Promise<GatewayAnswer> {
  const order = addOrder(parts, wish, url, fault);
  const { phone } = order;
  if (parts.settings.autoAnswer && phone)
    parts.clock.after(0, () => void startAttempt(parts, order, { network: 'mpesa', account: phone }));
  parts.changed();
  if (fault?.submit?.afterMs) await pause(parts.clock, fault.submit.afterMs);
  return accept(order, request, fault?.submit?.answer);
}

function accept(order: Order, { headers }: GatewayRequest, answer?: SubmitFault['answer']): GatewayAnswer {
  const isOdd = answer === 'withoutId' || answer === 'withoutPage' || answer === 'foreignPage';
  if (answer && !isOdd) return sayInstead(answer);
  // The page is where this request was sent to.
  const site = answer === 'foreignPage' ? 'https://pesapal.example.com' : `http://${headers.host ?? 'localhost'}`;
  return json(200, {
    order_tracking_id: answer === 'withoutId' ? undefined : order.trackingId,
    merchant_reference: order.merchantReference,
    redirect_url: answer === 'withoutPage' ? undefined : `${site}${PAGE_PATH}?OrderTrackingId=${order.trackingId}`,
    error: null,
    status: '200',
  });
}
