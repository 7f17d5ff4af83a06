import { html, svg, type TemplateResult } from 'lit-html';
import { drawQr } from '../booking/ticket-qr.ts';
import type { OfficeKey } from '../box-office/office-dictionary.ts';
import { isTestMode } from '../kit/page.ts';
import type { Words } from '../kit/words.ts';

/** What stands on the tickets of one booking. */
export interface PaperTickets {
  title: string;
  startsAt: string;
  timeZone: string;
  venue: string;
  screen: string;
  reference: string;
  tickets: readonly { ticketCode: string; seat: string | null }[];
}

/** The tickets of a booking, one below the other: for the roll of the receipt printer, and as they are for a sheet. */
export function ticketsPaper(
  { title, startsAt, timeZone, venue, screen, reference, tickets }: PaperTickets,
  { say, day, time }: Words<OfficeKey>,
): TemplateResult {
  const ticket = ({ ticketCode, seat }: (typeof tickets)[number], at: number) => {
    const { viewBox, path } = drawQr(ticketCode);
    return html`
      <article class="paper-ticket">
        ${isTestMode() ? html`<p><b>${say('testMode')}</b></p>` : ''}
        <h2>${title}</h2>
        <p>${day(startsAt, timeZone, new Date(0))}, ${time(startsAt, timeZone)}</p>
        <p>${venue} · ${screen}</p>
        <svg class="paper-qr" viewBox=${viewBox} role="img" aria-label=${ticketCode}>${svg`<path d=${path} />`}</svg>
        <p><b>${reference}</b> · ${seat ?? say('ticketOf', { number: at + 1, count: tickets.length })}</p>
      </article>`;
  };
  return html`<div class="paper-tickets">${tickets.map(ticket)}</div>`;
}
