import type { Router } from '@koa/router';
import type { Readiness } from './readiness.ts';

/** For whoever starts and stops this process, and for whoever sends it customers. */
export function healthRoutes(router: Router, { see }: Pick<Readiness, 'see'>): void {
  router.get('/healthz', ctx => {
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { alive: true };
  });
  router.get('/readyz', async ctx => {
    const parts = await see();
    const ready = parts.every(({ trouble }) => trouble === null);
    ctx.set('Cache-Control', 'no-store');
    ctx.status = ready ? 200 : 503;
    ctx.body = { ready, parts: Object.fromEntries(parts.map(({ part, trouble }) => [part, trouble ?? 'ok'])) };
  });
}
