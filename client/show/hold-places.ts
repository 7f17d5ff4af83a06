import { BookingAnswer, type BookingView } from '../../shared/views.ts';
import type { Answered } from '../kit/api.ts';
import { kept } from '../kit/device.ts';
import { sendsMail } from '../kit/page.ts';
import { postOnce } from '../kit/post-once.ts';
import { rememberBooking } from '../kit/remembered-bookings.ts';
import type { BookingForm } from './booking-form.ts';

/** Sends the form. However often it has to be sent, it makes one booking. */
export async function holdPlaces(showingId: number, form: BookingForm): Promise<Answered<{ booking: BookingView }>> {
  const body = { showingId, quantity: form.quantity, ...typedOnly(form) };
  kept.write('phone', form.phone);
  kept.write('customerName', form.customerName);
  kept.write('email', form.email);
  const answer = await postOnce(`booking.${showingId}`, '/bookings', BookingAnswer, body);
  if ('value' in answer) rememberBooking(kept, answer.value.booking);
  return answer;
}

function typedOnly({ customerName, phone, email }: BookingForm) {
  const typed = Object.entries({ customerName, phone, email: sendsMail() ? email.trim() : '' });
  return Object.fromEntries(typed.filter(([, text]) => text.trim() !== ''));
}
