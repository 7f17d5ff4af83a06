import { html, nothing, type TemplateResult } from 'lit-html';
import type { BookingView } from '../../shared/views.ts';
import { isTestMode } from '../kit/page.ts';
import type { Words } from '../kit/words.ts';
import type { BookingPageState, QrPicture } from './booking-page-state.ts';

type Ticket = BookingView['tickets'][number];

/** One paper ticket for each person, to be shown at the door. */
export function ticketList({ booking, qrPictures, now }: BookingPageState, words: Words): TemplateResult {
  const { tickets, bookingId } = booking;
  return html`
    <section aria-labelledby="tickets">
      <div class="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 class="text-xl" id="tickets">${words.say('tickets')}</h2>
        <a class="button" href="/api/v1/bookings/${bookingId}/tickets.pdf">${words.say('ticketsPdf')}</a>
      </div>
      <ol class="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2">
        ${tickets.map((ticket, index) => html`<li>${ticketCard(ticket, index + 1, { booking, now }, qrPictures, words)}</li>`)}
      </ol>
    </section>`;
}

function ticketCard(
  ticket: Ticket,
  number: number,
  { booking, now }: Pick<BookingPageState, 'booking' | 'now'>,
  qrPictures: BookingPageState['qrPictures'],
  words: Words,
): TemplateResult {
  const { title, startsAt, timeZone, screen, venue } = booking.showing;
  return html`
    <article class="ticket" data-state=${ticket.state}>
      <div class="stub px-5 py-4">
        <h3 class="text-base">${title}</h3>
        <p class="text-sm">${words.shortDay(startsAt, timeZone, now)} ${words.time(startsAt, timeZone)} · ${screen}</p>
        <p class="text-sm text-faded">${venue}</p>
      </div>
      <div class="torn flex items-center gap-4 p-5">
        ${qrPicture(ticket.ticketCode, qrPictures.get(ticket.ticketCode), words)}
        <div class="min-w-0">
          <p class="text-sm text-faded">${words.say('ticketOf', { number, count: booking.tickets.length })}</p>
          ${ticket.seat ? html`<p class="font-bold">${words.say('seat', { seat: ticket.seat })}</p>` : nothing}
          <p class="font-code text-base font-bold break-all">${ticket.ticketCode}</p>
          <p class="text-sm font-bold">${ticketState(ticket, timeZone, words)}</p>
          ${isTestMode() ? html`<p class="mt-1 text-sm font-bold text-curtain">${words.say('testMode')}</p>` : nothing}
        </div>
      </div>
    </article>`;
}

function qrPicture(code: string, picture: QrPicture | undefined, { say }: Words): TemplateResult {
  if (!picture) return html`<div class="qr"></div>`;
  return html`
    <svg class="qr" viewBox=${picture.viewBox} role="img" aria-label=${say('qrOf', { code })}>
      <path d=${picture.path} shape-rendering="crispEdges" />
    </svg>`;
}

function ticketState({ state, admittedAt }: Ticket, timeZone: string, { say, time }: Words): string {
  return say(`ticket_is_${state}`, { time: admittedAt ? time(admittedAt, timeZone) : '' });
}
