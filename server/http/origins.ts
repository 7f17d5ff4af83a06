import type { IncomingMessage } from 'node:http';
import type { Middleware } from 'koa';
import { ProblemError } from './problem.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** Whether a page that was loaded from `origin` is one of ours. */
export type IsOurs = (origin: string) => boolean;

/** A loopback `publicUrl` stands for all names of this machine at its own port and at ours; any other allows exactly itself. */
export function ownOrigins(publicUrl: string, ports: number[], loopback: boolean): IsOurs {
  const { origin: itself, protocol, port: itsPort } = new URL(publicUrl);
  const own = new Set([itself]);
  if (loopback)
    for (const name of LOOPBACK_NAMES) {
      own.add(new URL(`${protocol}//${name}:${itsPort}`).origin);
      for (const port of ports) own.add(new URL(`http://${name}:${port}`).origin); // A browser leaves out port 80.
    }
  return origin => own.has(origin);
}

/** A request without an Origin is no browser's page and passes; with one, exactly one of ours. */
export function isFromOurs(request: IncomingMessage, isOurs: IsOurs): boolean {
  const { origin } = request.headers;
  return origin === undefined || isOurs(origin);
}

/** No other site's page may make a visitor's browser change anything here. */
export function refuseForeignPages(isOurs: IsOurs): Middleware {
  return (ctx, next) => {
    if (!READING.has(ctx.method) && !isFromOurs(ctx.req, isOurs)) throw new ProblemError('forbidden');
    return next();
  };
}
