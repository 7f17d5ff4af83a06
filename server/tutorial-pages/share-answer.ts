import type { Context } from 'koa';

const PREFLIGHT_SECONDS = '600'; // How long a browser need not ask again.

/** A page of an origin that the settings name may read the answer; never with credentials, of which there are none here. */
export function shareAnswer(ctx: Context, allowedOrigins: string[]): void {
  ctx.vary('Origin');
  const origin = ctx.get('Origin');
  if (allowedOrigins.includes(origin)) ctx.set('Access-Control-Allow-Origin', origin);
}

/** The browser's question before such a page posts JSON; without the header above its answer is no. */
export function answerPreflight(ctx: Context): void {
  ctx.set('Access-Control-Allow-Methods', 'GET, POST');
  ctx.set('Access-Control-Allow-Headers', '*');
  ctx.set('Access-Control-Max-Age', PREFLIGHT_SECONDS);
  ctx.status = 204;
}
