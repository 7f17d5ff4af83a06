import { BookingView, PaymentAnswer } from '../../shared/views.ts';
import { type Answered, call } from '../kit/api.ts';
import { postOnce } from '../kit/post-once.ts';
import type { Order } from '../payment/pay-form.ts';

/**
 * Asks for one payment. A repeat after a lost answer is the same payment; once the booking shows that payment, the same
 * number pressed again means a new one.
 */
export async function askForPayment({ bookingId, payment }: BookingView, order: Order): Promise<Answered<BookingView>> {
  const path = `/bookings/${bookingId}/payments`;
  const answer = await postOnce(`payment.${bookingId}`, path, PaymentAnswer, order, payment?.paymentId);
  return 'value' in answer ? { ...answer, value: answer.value.booking } : answer;
}

/** Makes the server ask the gateway, if its budget allows. */
export function askForCheck({ bookingId }: BookingView): Promise<Answered<BookingView>> {
  return call(`/bookings/${bookingId}/checks`, BookingView, { method: 'POST' });
}

/** Where money may still come through an order that is open, "a payment is under way" means that it stays as it is. */
export async function cancelBooking({ bookingId }: BookingView): Promise<Answered<BookingView>> {
  const answer = await call(`/bookings/${bookingId}`, BookingView, { method: 'DELETE' });
  if ('value' in answer || answer.trouble.code !== 'payment_in_progress') return answer;
  return { trouble: { ...answer.trouble, code: 'not_cancelled' } };
}
