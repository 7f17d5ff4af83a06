import type { Context, Middleware } from 'koa';
import type { Meters } from '../metrics/meters.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']; // Anybody may send any other word.

/** Measures every request, by the pattern of its route: paths hold bookings' ids, and there is no end of them. */
export function countRequests({ answered }: Pick<Meters, 'answered'>): Middleware {
  return async (ctx, next) => {
    const begun = performance.now();
    await next();
    const method = METHODS.includes(ctx.method) ? ctx.method : 'other';
    answered(method, routeOf(ctx), ctx.status, performance.now() - begun);
  };
}

/** As the router has written it down. Files and what is not there have none. */
function routeOf(ctx: Context): string {
  const route: unknown = ctx._matchedRoute;
  return typeof route === 'string' ? route : 'none';
}
