import type { Context, Next } from 'koa';

const OWN_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors";
const OWN_PAGES = 'http://localhost:* http://127.0.0.1:*';

export async function safeHeaders(ctx: Context, next: Next): Promise<void> {
  ctx.set({
    'Content-Security-Policy': `${POLICY} 'none'`,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  await next();
}

/** Pesapal's page stands in a frame of the merchant's, who is on this machine as well. */
export function mayBeFramed(ctx: Context): void {
  ctx.set('Content-Security-Policy', `${POLICY} ${OWN_PAGES}`);
}

/**
 * A page from elsewhere that a browser on this machine has open must not press our buttons:
 * not by a name of its own that points here (Host), nor by a plain request across sites (Origin).
 */
export async function loopbackOnly(ctx: Context, next: Next): Promise<void> {
  const host = ctx.get('Host');
  const origin = ctx.get('Origin');
  const changes = ctx.method !== 'GET' && ctx.method !== 'HEAD';
  if (OWN_HOST.test(host) && (!changes || origin === '' || origin === `http://${host}`)) return next();
  ctx.status = 403;
  ctx.body = { error: 'Only this machine and this page may do that.' };
}
