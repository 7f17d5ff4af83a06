import { BookingView, type GatewayName, PaymentAnswer } from '../../shared/views.ts';
import { type Answered, call } from '../kit/api.ts';
import { intents, kept } from '../kit/device.ts';
import { isRefusal } from '../kit/trouble-words.ts';

/**
 * Asks for one payment. A repeat after a lost answer is the same payment; once the booking shows that payment, the same
 * number pressed again means a new one: so the newest payment known is part of what is meant.
 */
export async function askForPayment(
  { bookingId, payment }: BookingView,
  gateway: GatewayName,
  phone: string,
): Promise<Answered<BookingView>> {
  const intent = `payment.${bookingId}`;
  const body = { gateway, phone };
  kept.write('phone', phone);
  const headers = { 'Idempotency-Key': intents.keyFor(intent, { ...body, after: payment?.paymentId }) };
  const answer = await call(`/bookings/${bookingId}/payments`, PaymentAnswer, { method: 'POST', body, headers });
  if ('value' in answer || isRefusal(answer.trouble)) intents.answered(intent);
  return 'value' in answer ? { ...answer, value: answer.value.booking } : answer;
}

/** Makes the server ask the gateway, if its budget allows. */
export function askForCheck({ bookingId }: BookingView): Promise<Answered<BookingView>> {
  return call(`/bookings/${bookingId}/checks`, BookingView, { method: 'POST' });
}

export function cancelBooking({ bookingId }: BookingView): Promise<Answered<BookingView>> {
  return call(`/bookings/${bookingId}`, BookingView, { method: 'DELETE' });
}
