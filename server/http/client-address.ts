import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Where a request came from. Each proxy appends the address that it saw, so only the last `trustedProxies` entries of
 * X-Forwarded-For were written by somebody whom we believe; the first may be anything that the caller made up. What is no
 * address there names nobody: then it is the proxy's own.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = withoutPrefix(request.socket.remoteAddress ?? '');
  if (trustedProxies === 0) return direct;
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map(one => one.trim());
  const client = withoutPrefix(forwarded[forwarded.length - trustedProxies] ?? '');
  return isIP(client) ? client : direct;
}

/** On a dual-stack socket IPv4 comes as `::ffff:127.0.0.1`. */
function withoutPrefix(address: string): string {
  return address.replace(/^::ffff:(?=\d)/, '');
}
