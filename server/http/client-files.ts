import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { Context, Middleware } from 'koa';
import sirv from 'sirv';

/** The built client: brotli where the browser takes it, hashed files kept for a year. */
export function clientFiles(folder: string): Middleware {
  const serve = sirv(folder, { brotli: true, gzip: true, etag: true, setHeaders });
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    if (ctx.path.endsWith('.html')) return next(); // Pages have addresses of their own: `pages` below.
    if (!(await served(serve, ctx))) return next();
    ctx.respond = false; // sirv has answered; Koa keeps out.
  };
}

function served(serve: ReturnType<typeof sirv>, ctx: Context) {
  return new Promise<boolean>(done => {
    ctx.res.once('close', () => done(true));
    serve(ctx.req, ctx.res, () => done(false));
  });
}

function setHeaders(response: ServerResponse, path: string) {
  const lasting = path.startsWith('/assets/');
  response.setHeader('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin'); // Posters may stand on other sites' pages.
}

/** Serves one built page, which knows from `data-mode` whether the money is real; asked for anew every time. */
export function page(folder: string, name: string, mode: 'test' | 'live'): (ctx: Context) => void {
  const html = readFileSync(`${folder}/${name}.html`, 'utf8').replace('<html', `<html data-mode="${mode}"`);
  const etag = `"${createHash('sha256').update(html).digest('base64url').slice(0, 16)}"`;
  return ctx => {
    ctx.set('Cache-Control', 'no-cache');
    ctx.set('ETag', etag);
    ctx.type = 'text/html; charset=utf-8';
    ctx.status = 200;
    if (ctx.fresh) ctx.status = 304;
    else ctx.body = html;
  };
}
