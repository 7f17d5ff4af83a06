import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { SignInRequest } from '../../shared/requests.ts';
import { clientAddress } from '../http/client-address.ts';
import { readJson } from '../http/read-body.ts';
import type { Parts } from '../parts.ts';
import { signInFirst } from './first-manager.ts';
import { endSession, signIn } from './sessions.ts';
import { cookieName } from './signed-in.ts';

/** Signing in and out. */
export function sessionRoutes(router: Router, parts: Parts): void {
  router.post('/api/v1/box-office/sessions', ctx => begin(ctx, parts));
  router.delete('/api/v1/box-office/sessions', ctx => end(ctx, parts));
}

async function begin(ctx: Context, parts: Parts) {
  const request = await readJson(ctx, SignInRequest);
  const { code, name } = request;
  const address = clientAddress(ctx.req, parts.config.trustedProxies);
  const guesser = code === undefined ? `${address} ${name.toLowerCase()}` : address; // There is one code, whatever the name.
  await parts.limits.count('signIns', guesser);
  const { token, staff } =
    code === undefined ? await signIn(parts, request) : await signInFirst(parts, { ...request, code });
  setCookie(ctx, parts, token);
  ctx.status = 201;
  ctx.body = { staff: { name: staff.name, role: staff.role } };
}

async function end(ctx: Context, parts: Parts) {
  const token = ctx.cookies.get(cookieName(parts));
  if (token) await endSession(parts, token);
  setCookie(ctx, parts, null);
  ctx.status = 204;
}

/** Browsers take a `__Host-` cookie only with all of this, also when it is to be forgotten. */
function setCookie(ctx: Context, parts: Parts, token: string | null) {
  const secure = parts.config.publicUrl.startsWith('https:');
  ctx.cookies.secure = secure; // Behind a proxy the connection itself is plain.
  ctx.cookies.set(cookieName(parts), token, { httpOnly: true, sameSite: 'strict', secure, path: '/' });
}
