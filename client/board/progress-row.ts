import { html, nothing, type TemplateResult } from 'lit-html';
import type { BoardBooking } from '../../shared/office/board.ts';
import { REASONS } from '../../shared/reasons.ts';
import { countdown } from '../kit/words.ts';
import { type NextThing, nextThing } from './next-thing.ts';
import type { BoardWords } from './show-row.ts';

/** A booking in progress: who, what, and what it waits for, to the second. */
export function progressRow(booking: BoardBooking, now: Date, timeZone: string, words: BoardWords): TemplateResult {
  const { say, time, money, places } = words;
  const next = nextThing(booking, now);
  const { bookingId, reference, title, startsAt, quantity, total, phone, payment } = booking;
  return html`
    <li class="progress-row" data-kind=${next.kind}>
      <a class="progress-link" href="/box-office/bookings/${bookingId}">
        <span class="font-code font-bold">${reference}</span>
        <span class="truncate">${time(startsAt, timeZone)} ${title}</span>
        <span class="text-sm text-dust">
          ${places(quantity)} · ${money(total)}${phone ? html` · ${phone}` : nothing}
          ${payment ? html` · ${say(`method_${payment.gateway}`)}` : nothing}
        </span>
        <span class="progress-next">${say(`next_${next.what}`)} ${clockOf(next, now)}${whyOf(next, words)}</span>
      </a>
    </li>`;
}

function clockOf({ what, until }: NextThing, now: Date) {
  if (what === 'ending') return nothing;
  return html`<b class="tabular-nums">${countdown(until, now)}</b>`;
}

/** The first sentence says what went wrong; the rest tells a customer what to do. */
function whyOf({ reason }: NextThing, { language }: BoardWords) {
  if (!reason) return nothing;
  return html`<span class="block text-sm">${REASONS[reason][language].split('.')[0]}.</span>`;
}
