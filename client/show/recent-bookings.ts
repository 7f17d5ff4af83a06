import { html, nothing, type TemplateResult } from 'lit-html';
import type { BookingState } from '../../shared/views.ts';
import type { RememberedBooking } from '../kit/remembered-bookings.ts';
import type { Words } from '../kit/words.ts';

const STATE_COLOURS: Record<BookingState, string> = {
  held: 'text-marigold',
  lapsed: 'text-coral',
  cancelled: 'text-coral',
  confirmed: 'text-leaf',
  refunded: 'text-leaf',
};

/** What this device booked lately: the way back for a browser that was killed. */
export function recentBookings(
  bookings: RememberedBooking[],
  words: Words,
  now: Date,
  forget: (bookingId: string) => void,
): TemplateResult | typeof nothing {
  if (bookings.length === 0) return nothing;
  return html`
    <section class="frame mt-4" aria-labelledby="your-bookings">
      <h2 id="your-bookings" class="text-lg">${words.say('yourBookings')}</h2>
      <ul class="mt-2 grid grid-cols-[minmax(0,1fr)] gap-2 sm:grid-cols-2 lg:grid-cols-3">
        ${bookings.map(booking => recentBooking(booking, words, now, forget))}
      </ul>
    </section>`;
}

function recentBooking(
  { bookingId, reference, state, title, startsAt, timeZone, quantity }: RememberedBooking,
  words: Words,
  now: Date,
  forget: (bookingId: string) => void,
): TemplateResult {
  return html`
    <li class="flex items-stretch rounded-xl border-2 border-plush bg-velvet">
      <a class="min-w-0 flex-1 px-4 py-2.5 no-underline" href="/bookings/${bookingId}">
        <span class="block truncate font-bold">${title}</span>
        <span class="block text-sm text-dust">
          ${words.shortDay(startsAt, timeZone, now)} ${words.time(startsAt, timeZone)} · ${words.places(quantity)}
        </span>
        <span class="text-sm font-bold ${STATE_COLOURS[state]}">${words.say(`booking_is_${state}`)}</span>
        <span class="code text-sm text-dust">${reference}</span>
      </a>
      <button
        class="quiet w-11 justify-center text-lg text-dust"
        type="button"
        aria-label=${words.say('forget', { reference })}
        @click=${() => forget(bookingId)}
      >
        ×
      </button>
    </li>`;
}
