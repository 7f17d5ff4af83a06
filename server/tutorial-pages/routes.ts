import type { Router } from '@koa/router';
import { NumericId } from '../../shared/requests.ts';
import type { Parts } from '../parts.ts';
import { hearCallback } from './hear-callback.ts';
import { listMovies, showMovie } from './list-movies.ts';
import { makePayment } from './make-payment.ts';
import { fits, numberOf } from './read-fields.ts';
import { showTicket } from './show-ticket.ts';
import { tellStatus } from './tell-status.ts';

export function tutorialRoutes(router: Router, parts: Parts): void {
  router.get('/api/movies', async ctx => {
    ctx.body = { movies: await listMovies(parts) };
  });
  router.get('/api/movies/:movieId', async ctx => {
    const movieId = numberOf(ctx.params.movieId);
    ctx.body = { movie: await showMovie(parts, fits(NumericId, movieId) ? movieId : null) };
  });
  router.post('/api/make-payment', ctx => makePayment(ctx, parts));
  router.post('/api/query-payment-status', ctx => tellStatus(ctx, parts));
  router.get('/api/tickets/:ticketId', async ctx => {
    ctx.body = { ticket: await showTicket(parts, String(ctx.params.ticketId)) };
  });
  router.post('/api/mpesa-callback', ctx => hearCallback(ctx, parts));
}
