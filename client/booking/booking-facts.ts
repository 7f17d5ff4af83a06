import { html, nothing, type TemplateResult } from 'lit-html';
import type { BookingView, RefundReason, RefundState, VenueView } from '../../shared/views.ts';
import type { SentenceKey } from '../kit/dictionary.ts';
import type { Words } from '../kit/words.ts';
import type { BookingPageState } from './booking-page-state.ts';

const REFUND_STATE: Record<RefundState, SentenceKey> = {
  due: 'refundDue',
  requested: 'refundRequested',
  done: 'refundDone',
  failed: 'refundFailed',
  unknown: 'refundUnknown',
};
const REFUND_REASON: Record<RefundReason, SentenceKey> = {
  duplicate_payment: 'duplicatePayment',
  late_payment: 'latePayment',
  showing_cancelled: 'showingCancelled',
  booking_cancelled: 'bookingCancelled',
  overpaid: 'overpaid',
  abandoned_sale: 'abandonedSale',
  reversed: 'moneyReversed',
  staff_decision: 'staffDecision',
};

/** What was booked: the part that does not change with the payment. */
export function bookingFacts({ booking, now, posterUrl }: BookingPageState, words: Words): TemplateResult {
  const { showing, quantity, total, customerName, phone, seats } = booking;
  const { say } = words;
  const when = `${words.day(showing.startsAt, showing.timeZone, now)}, ${words.localTime(showing.startsAt, showing.timeZone)}`;
  return html`
    <section class="card" aria-labelledby="facts">
      <h2 class="sr-only" id="facts">${say('yourBooking')}</h2>
      <div class="mb-5 flex items-center gap-4">
        ${posterUrl ? html`<img class="poster max-w-24 self-start" src=${posterUrl} alt="" width="400" height="600" />` : nothing}
        <div class="min-w-0 flex-1">
          <h3 class="mb-3 text-lg">${showing.title}</h3>
          <dl class="facts">
            ${fact(say('when'), when)} ${fact(say('where'), `${showing.venue} · ${showing.screen}`)}
            ${fact(say('placesLabel'), seats ? seats.join(', ') : String(quantity))}
            ${fact(say('total'), words.money(total))}
            ${fact(say('nameLabel'), customerName)} ${fact(say('phoneLabel'), phone)}
            ${fact(say('referenceLabel'), html`<span class="code">${booking.reference}</span>`)}
            ${fact(say('receiptLabel'), receipt(booking, words))}
          </dl>
        </div>
      </div>
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
              <strong>${words.money(amount)}</strong>: ${words.say(REFUND_STATE[state])}
              <span class="text-dust">(${words.say(REFUND_REASON[reason])})</span>
            </li>`,
        )}
      </ul>
    </section>`;
}

export function venueContact(
  { name, address, phone, email }: VenueView,
  { reference }: BookingView,
  words: Words,
): TemplateResult {
  return html`
    <section class="card" aria-labelledby="contact">
      <h2 class="text-lg" id="contact">${name}</h2>
      <p class="mt-1 text-dust">${words.say('contactText', { reference })}</p>
      <address class="mt-2 not-italic">
        ${address}<br />
        <a class="inline-flex min-h-11 items-center underline" href="tel:${phone.replaceAll(' ', '')}">${phone}</a>
        · <a class="inline-flex min-h-11 items-center underline" href="mailto:${email}">${email}</a>
      </address>
    </section>`;
}

function fact(label: string, value: string | TemplateResult | null): TemplateResult | typeof nothing {
  return value ? html`<dt>${label}</dt><dd class="min-w-0 break-words">${value}</dd>` : nothing;
}

function receipt({ payment }: BookingView, { say }: Words): TemplateResult | string | null {
  if (payment?.state !== 'paid') return null;
  return payment.receiptNumber ? html`<span class="code">${payment.receiptNumber}</span>` : say('receiptFollows');
}
