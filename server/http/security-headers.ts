import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import type { Middleware } from 'koa';

const NOTHING_OF_THE_DEVICE = 'camera=(), geolocation=(), microphone=()';
const CAMERA_ONLY = 'camera=(self), geolocation=(), microphone=()';
const HSTS_SECONDS = 31_536_000; // A year.

/** Everything a page needs comes from us, but for gateways' own pages in a frame (`frames`); nobody else may frame it; an address that is a right never leaks as a referrer. */
export function securityHeaders(secure: boolean, frames: string[]): Middleware {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        frameSrc: frames.length > 0 ? ["'self'", ...frames] : ["'none'"], // Ours: the way back may end there.
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: HSTS_SECONDS } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  const headers = headersOf(protect);
  return (ctx, next) => {
    for (const [name, value] of headers) ctx.res.setHeader(name, value);
    ctx.set('Permissions-Policy', ctx.path === '/door' ? CAMERA_ONLY : NOTHING_OF_THE_DEVICE); // Tickets are scanned there.
    return next();
  };
}

/** What it says is the same every time: to ask it anew takes longer than all that a small answer needs. */
function headersOf(protect: ReturnType<typeof helmet>): [string, string][] {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  protect(response.req, response, () => {});
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}
