import type { Context } from 'koa';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { ROLES, type Role } from '../model/staff.ts';
import type { Parts } from '../parts.ts';
import { findSignedIn, type SignedIn } from './sessions.ts';

/** `__Host-` over HTTPS: then no other host and no other path can have set it. */
export function cookieName({ config }: Parts): string {
  return config.publicUrl.startsWith('https:') ? '__Host-tiketi' : 'tiketi';
}

/** Whoever is signed in with at least this role; `not_signed_in` or `forbidden` otherwise. */
export async function signedIn(ctx: Context, parts: Parts, role: Role): Promise<SignedIn> {
  ctx.set('Cache-Control', 'no-store'); // What people at the box office see is about others: no machine keeps it.
  const token = ctx.cookies.get(cookieName(parts));
  const staff = token && (await findSignedIn(parts.database.read(), token, parts.clock.now()));
  if (!staff) throw new ProblemError('not_signed_in');
  if (ROLES.indexOf(staff.role) < ROLES.indexOf(role)) throw new ProblemError('forbidden');
  return staff;
}

/** How the audit trail names them. */
export function actorOf({ name }: SignedIn): Actor {
  return `staff:${name}`;
}
