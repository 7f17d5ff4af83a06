import type { Router } from '@koa/router';
import type { Language } from '../../shared/language.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { type Parts, seeingNow } from '../parts.ts';
import { seeBooking } from '../view/booking-view.ts';
import { pagesOf } from './pages-of.ts';
import { printTickets } from './print-tickets.ts';

/** Tickets to print or to keep on a phone. */
export function ticketRoutes(router: Router, parts: Parts): void {
  router.get('/api/v1/bookings/:bookingId/tickets.pdf', async ctx => {
    const em = parts.database.read();
    const booking = await seeBooking(em, String(ctx.params.bookingId), seeingNow(parts));
    if (booking?.state !== 'confirmed') throw new ProblemError('not_found', { detail: 'There are no tickets here' });
    const language = await readLanguage(em, booking.bookingId);
    ctx.body = await printTickets(pagesOf(booking, { testMode: parts.config.mode === 'test', language }));
    ctx.type = 'application/pdf';
    ctx.set('Cache-Control', 'private, no-store');
    ctx.set('Content-Disposition', `inline; filename="tickets-${booking.reference}.pdf"`);
  });
}

async function readLanguage(em: Em, bookingId: string): Promise<Language> {
  const booking = await query(em)
    .selectFrom('booking')
    .select('language')
    .where('id', '=', bookingId)
    .executeTakeFirstOrThrow();
  return booking.language;
}
