import { BookingAnswer, type BookingView } from '../../shared/views.ts';
import { type Answered, call } from '../kit/api.ts';
import { intents, kept } from '../kit/device.ts';
import { rememberBooking } from '../kit/remembered-bookings.ts';
import { isRefusal } from '../kit/trouble-words.ts';
import type { BookingForm } from './booking-form.ts';

/** Sends the form. However often it has to be sent, it makes one booking. */
export async function holdPlaces(showingId: number, form: BookingForm): Promise<Answered<{ booking: BookingView }>> {
  const intent = `booking.${showingId}`;
  const body = { showingId, quantity: form.quantity, ...typedOnly(form) };
  kept.write('phone', form.phone);
  kept.write('customerName', form.customerName);
  const headers = { 'Idempotency-Key': intents.keyFor(intent, body) };
  const answer = await call('/bookings', BookingAnswer, { method: 'POST', body, headers });
  if ('value' in answer || isRefusal(answer.trouble)) intents.answered(intent);
  if ('value' in answer) rememberBooking(kept, answer.value.booking);
  return answer;
}

function typedOnly({ customerName, phone }: BookingForm): { customerName?: string; phone?: string } {
  return { ...(customerName.trim() && { customerName }), ...(phone.trim() && { phone }) };
}
