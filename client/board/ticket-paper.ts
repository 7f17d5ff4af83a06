import { html, svg, type TemplateResult } from 'lit-html';
import type { BookingView } from '../../shared/views.ts';
import { drawQr } from '../booking/ticket-qr.ts';
import { isTestMode } from '../kit/page.ts';
import type { BoardWords } from './show-row.ts';

/** The tickets of a booking for the roll of the receipt printer, one below the other. */
export function ticketsPaper({ showing, reference, tickets }: BookingView, words: BoardWords): TemplateResult {
  const { say, day, time } = words;
  const { title, startsAt, timeZone, venue, screen } = showing;
  return html`${tickets.map(({ ticketCode, seat }, at) => {
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
  })}`;
}
