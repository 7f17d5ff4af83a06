import { BookingView } from '../../shared/views.ts';
import { type Answered, NO_ANSWER, send, understand } from '../kit/api.ts';

/** A plain GET that names the version it got before: null when that is still the newest. */
export function createBookingFetch(): (bookingId: string) => Promise<Answered<BookingView> | null> {
  let etag = '';
  return async bookingId => {
    const headers = etag ? { 'If-None-Match': etag } : {};
    // The browser's own cache would answer with the body of before, and with the time of before in it.
    const response = await send(`/bookings/${bookingId}`, { headers, cache: 'no-store' });
    if (!response) return { trouble: NO_ANSWER };
    if (response.status === 304) return null;
    const answer = await understand(response, BookingView);
    if ('value' in answer) etag = response.headers.get('ETag') ?? '';
    return answer;
  };
}
