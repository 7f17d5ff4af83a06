import { html, nothing, type TemplateResult } from 'lit-html';
import type { BookingView, VenueView } from '../../shared/views.ts';
import { contactLines } from '../kit/contact-lines.ts';
import type { Words } from '../kit/words.ts';
import type { BookingPageState } from './booking-page-state.ts';

/** What was booked: the part that does not change with the payment. */
export function bookingFacts({ booking, now, posterUrl }: BookingPageState, words: Words): TemplateResult {
  const { showing, quantity, total, customerName, phone, seats } = booking;
  const { say } = words;
  const when = `${words.day(showing.startsAt, showing.timeZone, now)}, ${words.localTime(showing.startsAt, showing.timeZone)}`;
  return html`
    <section class="card" aria-labelledby="facts">
      <div class="mb-5 flex items-center gap-4">
        ${posterUrl ? html`<img class="poster max-w-20 shrink-0" src=${posterUrl} alt="" width="400" height="600" />` : nothing}
        <div class="min-w-0 flex-1">
          <h2 class="text-lg" id="facts">${showing.title}</h2>
          <p class="mt-2 font-semibold text-marigold">${when}</p>
          <p class="text-dust">${showing.venue} · ${showing.screen}</p>
        </div>
      </div>
      <dl class="facts">
        ${fact(say('placesLabel'), seats ? seats.join(', ') : String(quantity))}
        ${fact(say('total'), words.money(total))}
        ${fact(say('nameLabel'), customerName)} ${fact(say('phoneLabel'), phone)}
        ${fact(say('referenceLabel'), html`<span class="code">${booking.reference}</span>`)}
        ${fact(say('receiptLabel'), receipt(booking, words))}
      </dl>
      <p class="hint mt-5">${say(booking.state === 'confirmed' ? 'keepAddress' : 'leaveSafely')}</p>
    </section>`;
}

export function refundList({ refunds }: BookingView, words: Words): TemplateResult | typeof nothing {
  if (refunds.length === 0) return nothing;
  return html`
    <section class="card" aria-labelledby="refunds">
      <h2 class="mb-2 text-lg" id="refunds">${words.say('refunds')}</h2>
      <ul class="grid gap-2">
        ${refunds.map(
          ({ amount, state, reason }) => html`
            <li>
              <strong>${words.money(amount)}</strong>: ${words.say(`refund_is_${state}`)}
              <span class="text-dust">(${words.say(`refund_for_${reason}`)})</span>
            </li>`,
        )}
      </ul>
    </section>`;
}

export function venueContact(venue: VenueView, { reference }: BookingView, words: Words): TemplateResult {
  return html`
    <section class="card" aria-labelledby="contact">
      <h2 class="text-lg" id="contact">${venue.name}</h2>
      <p class="mt-1 text-dust">${words.say('contactText', { reference })}</p>
      <div class="mt-2">${contactLines(venue)}</div>
    </section>`;
}

function fact(label: string, value: string | TemplateResult | null): TemplateResult | typeof nothing {
  return value ? html`<dt>${label}</dt><dd class="min-w-0 break-words">${value}</dd>` : nothing;
}

function receipt({ payment }: BookingView, { say }: Words): TemplateResult | string | null {
  if (payment?.state !== 'paid') return null;
  return payment.receiptNumber ? html`<span class="code">${payment.receiptNumber}</span>` : say('receiptFollows');
}
