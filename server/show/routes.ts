import type { Router } from '@koa/router';
import type { Context } from 'koa';
import * as v from 'valibot';
import { NumericId } from '../../shared/requests.ts';
import { ProblemError } from '../http/problem.ts';
import { gatewaysOf, type Parts } from '../parts.ts';
import { seeMovies, seeShowing, seeVenues } from '../view/showing-view.ts';
import { createKeptProgramme } from './kept-programme.ts';

/** What is on, where and when. */
export function showRoutes(router: Router, parts: Parts): void {
  const { clock, database, lines } = parts;
  const programme = createKeptProgramme(parts);
  const gatewaysFor = gatewaysOf(lines);
  router.get('/api/v1/movies', async ctx => {
    const { etag, body } = await programme(clock.now());
    ctx.set('Cache-Control', 'no-cache');
    ctx.set('ETag', etag);
    ctx.status = 200;
    ctx.type = 'json';
    if (ctx.fresh) ctx.status = 304;
    else ctx.body = body();
  });
  router.get('/api/v1/movies/:movieId', async ctx => {
    const [movie] = await seeMovies(database.read(), clock.now(), gatewaysFor, numberIn(ctx, 'movieId'));
    ctx.body = { movie: movie ?? notFound('There is no such movie') };
  });
  router.get('/api/v1/showings/:showingId', async ctx => {
    const showing = await seeShowing(database.read(), numberIn(ctx, 'showingId'), gatewaysFor);
    ctx.body = showing ?? notFound('There is no such showing');
  });
  router.get('/api/v1/venues', async ctx => {
    ctx.body = { venues: await seeVenues(database.read(), gatewaysFor) };
  });
}

function numberIn(ctx: Context, name: string): number {
  const written = String(ctx.params[name]);
  const read = v.safeParse(NumericId, /^\d+$/.test(written) ? Number(written) : undefined); // Not 1e3, 0x1 or a blank.
  return read.success ? read.output : notFound('There is nothing under this number');
}

function notFound(detail: string): never {
  throw new ProblemError('not_found', { detail });
}
