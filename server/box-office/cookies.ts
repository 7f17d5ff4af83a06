import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import type { Parts } from '../parts.ts';

/** A session's token, or a device's. */
export type CookieKind = 'session' | 'device';

const NAMES: Record<CookieKind, string> = { session: 'tiketi', device: 'tiketi-device' };
const DEVICE_MS = 400 * 86_400_000; // The longest that browsers keep a cookie; each sign-in begins it anew.

/** `__Host-` over HTTPS: then no other host and no other path can have set it. */
export function cookieName({ config }: Pick<Parts, 'config'>, kind: CookieKind): string {
  return isSecure(config) ? `__Host-${NAMES[kind]}` : NAMES[kind];
}

/** Browsers take a `__Host-` cookie only with all of this, also when it is to be forgotten. */
export function setCookie(ctx: Context, { config }: Pick<Parts, 'config'>, kind: CookieKind, token: string | null) {
  const secure = isSecure(config);
  ctx.cookies.secure = secure; // Behind a proxy the connection itself is plain.
  ctx.cookies.set(cookieName({ config }, kind), token, {
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: '/',
    ...(kind === 'device' && token !== null && { maxAge: DEVICE_MS }),
  });
}

/** The same from a socket's handshake, which no Koa has seen. */
export function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
  const cookies = (headers.cookie ?? '').split(';').map(cookie => cookie.trim());
  return cookies.find(cookie => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

const isSecure = ({ publicUrl }: Parts['config']) => publicUrl.startsWith('https:');
