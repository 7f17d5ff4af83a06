import type { Router } from '@koa/router';
import type { Parts } from '../parts.ts';
import { readPoster } from './keep-poster.ts';

/** Posters that were uploaded. Their address changes with the picture, so whoever has one never asks again. */
export function posterRoutes(router: Router, { database }: Pick<Parts, 'database'>): void {
  router.get('/posters/:name', async (ctx, next) => {
    const picture = await readPoster(database.read(), ctx.path);
    if (!picture) return next(); // One of those that come with the pages, or none.
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin'); // Posters may stand on other sites' pages.
    ctx.type = 'image/webp';
    ctx.body = Buffer.from(picture);
  });
}
