import type { Router } from '@koa/router';
import type { BookingView } from '../../shared/views.ts';
import { ProblemError } from '../http/problem.ts';
import { type Parts, seeingNow } from '../parts.ts';
import { seeBooking } from '../view/booking-view.ts';
import { printTickets } from './print-tickets.ts';
import type { TicketPage } from './ticket-pages.ts';

/** Tickets to print or to keep on a phone. */
export function ticketRoutes(router: Router, parts: Parts): void {
  router.get('/api/v1/bookings/:bookingId/tickets.pdf', async ctx => {
    const booking = await seeBooking(parts.database.read(), String(ctx.params.bookingId), seeingNow(parts));
    if (booking?.state !== 'confirmed') throw new ProblemError('not_found', { detail: 'There are no tickets here' });
    ctx.body = await printTickets(pagesOf(booking, parts.config.mode === 'test'));
    ctx.type = 'application/pdf';
    ctx.set('Cache-Control', 'private, no-store');
    ctx.set('Content-Disposition', `inline; filename="tickets-${booking.reference}.pdf"`);
  });
}

function pagesOf({ showing, reference, tickets }: BookingView, testMode: boolean): TicketPage[] {
  const when = new Date(showing.startsAt).toLocaleString('en-GB', {
    timeZone: showing.timeZone,
    dateStyle: 'full',
    timeStyle: 'short',
  });
  return tickets.map(({ ticketCode, seat }, at) => ({
    title: showing.title,
    when,
    where: `${showing.venue} · ${showing.screen}`,
    reference,
    place: seat ?? `Ticket ${at + 1} of ${tickets.length}`,
    code: ticketCode,
    testMode,
  }));
}
