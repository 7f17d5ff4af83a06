import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { SignInRequest, UnlockRequest } from '../../shared/office/people.ts';
import { readJson } from '../http/read-body.ts';
import type { Parts } from '../parts.ts';
import { cookieName, setCookie } from './cookies.ts';
import { signInFirst } from './first-manager.ts';
import { placeOf } from './place.ts';
import { seeSession } from './see-session.ts';
import { findSignedIn } from './sessions.ts';
import { lockSession, signIn, signOut, unlockSession } from './sign-in.ts';
import { evenLocked, signedIn } from './signed-in.ts';

const SESSIONS = '/api/v1/box-office/sessions';

/** Signing in and out; locking the screen, and unlocking it. */
export function sessionRoutes(router: Router, parts: Parts): void {
  router.post(SESSIONS, ctx => begin(ctx, parts));
  router.delete(SESSIONS, ctx => end(ctx, parts));
  router.get(`${SESSIONS}/current`, async ctx => {
    ctx.body = await seeSession(parts, await evenLocked(ctx, parts));
  });
  router.post(`${SESSIONS}/lock`, async ctx => {
    const staff = await signedIn(ctx, parts, 'cashier');
    await lockSession(parts, await placeOf(ctx, parts), staff);
    ctx.body = await seeSession(parts, { ...staff, lockedAt: parts.clock.now() });
  });
  router.post(`${SESSIONS}/unlock`, async ctx => {
    const staff = await evenLocked(ctx, parts);
    await unlockSession(parts, await placeOf(ctx, parts), staff, await readJson(ctx, UnlockRequest));
    ctx.body = await seeSession(parts, { ...staff, lockedAt: null });
  });
}

async function begin(ctx: Context, parts: Parts) {
  const request = await readJson(ctx, SignInRequest);
  const { code, name, password = '' } = request;
  const place = await placeOf(ctx, parts);
  if (code !== undefined || !place.device)
    await parts.limits.count('signIns', code === undefined ? `${place.address} ${name.toLowerCase()}` : place.address); // There is one code, whatever the name.
  const token =
    code === undefined
      ? await signIn(parts, place, request)
      : await signInFirst(parts, place, { name, password, code });
  const staff = await findSignedIn(parts.database.read(), token, parts.clock.now());
  setCookie(ctx, parts, 'session', token);
  if (place.device) setCookie(ctx, parts, 'device', ctx.cookies.get(cookieName(parts, 'device')) ?? null);
  ctx.status = 201;
  ctx.body = staff && (await seeSession(parts, staff));
}

async function end(ctx: Context, parts: Parts) {
  const token = ctx.cookies.get(cookieName(parts, 'session'));
  if (token) await signOut(parts, await placeOf(ctx, parts), token);
  setCookie(ctx, parts, 'session', null);
  ctx.status = 204;
}
