import { html, nothing, type TemplateResult } from 'lit-html';
import type { BookingView } from '../../shared/views.ts';
import type { Words } from '../kit/words.ts';
import { fact, receiptNumber } from '../payment/paying-view.ts';
import type { BookingPageState } from './booking-page-state.ts';

/** What was booked: the part that does not change with the payment. */
export function bookingFacts({ booking, payable, now }: BookingPageState, words: Words): TemplateResult {
  const { showing, quantity, total, customerName, phone, seats } = booking;
  const { say } = words;
  const when = dayAndTime(showing.startsAt, showing.timeZone, words, now);
  return html`
    <section class="card" aria-labelledby="facts">
      <div class="mb-5 flex items-center gap-4">
        <img class="poster max-w-20 shrink-0" src=${showing.imageUrl} alt="" width="400" height="600" />
        <div class="min-w-0 flex-1">
          <h2 class="text-lg" id="facts">${showing.title}</h2>
          <p class="mt-2 font-semibold text-marigold">${when}</p>
          <p class="text-dust">${showing.venue} · ${showing.screen}</p>
          ${movedFrom(showing, words, now)}
        </div>
      </div>
      <dl class="facts">
        ${fact(say('placesLabel'), seats ? seats.join(', ') : String(quantity))}
        ${fact(say('total'), words.money(total))}
        ${fact(say('nameLabel'), customerName)} ${fact(say('phoneLabel'), phone)}
        ${fact(say('referenceLabel'), html`<span class="code">${booking.reference}</span>`)}
        ${fact(say('receiptLabel'), receiptNumber(payable, words))}
      </dl>
      <p class="hint mt-5">${say(booking.state === 'confirmed' ? 'keepAddress' : 'leaveSafely')}</p>
    </section>`;
}

function movedFrom({ movedFrom, timeZone }: BookingView['showing'], words: Words, now: Date) {
  if (!movedFrom) return nothing;
  const was = `${dayAndTime(movedFrom.startsAt, timeZone, words, now)}, ${movedFrom.screen}`;
  return html`<p class="mt-2 font-semibold text-coral">${words.say('movedFrom', { was })}</p>`;
}

function dayAndTime(instant: string, timeZone: string, words: Words, now: Date): string {
  return `${words.day(instant, timeZone, now)}, ${words.localTime(instant, timeZone)}`;
}
