import type { Context } from 'koa';
import { isAtLeast, type Role } from '../../shared/office/people.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import type { Parts } from '../parts.ts';
import { cookieName } from './cookies.ts';
import { findSignedIn, type SignedIn } from './sessions.ts';

/**
 * Whoever is signed in with at least this role; `not_signed_in`, `locked` or `forbidden` otherwise. Every route of the
 * box office begins with it, and where it is about one venue goes on with `atVenue`.
 */
export async function signedIn(ctx: Context, parts: Parts, role: Role): Promise<SignedIn> {
  const staff = await evenLocked(ctx, parts);
  if (staff.lockedAt) throw new ProblemError('locked');
  if (!isAtLeast(staff.role, role)) throw new ProblemError('forbidden');
  return staff;
}

/** The same for the few things that a locked screen may do. */
export async function evenLocked(ctx: Context, parts: Parts): Promise<SignedIn> {
  ctx.set('Cache-Control', 'no-store'); // What people at the box office see is about others: no machine keeps it.
  const token = ctx.cookies.get(cookieName(parts, 'session'));
  const staff = token && (await findSignedIn(parts.database.read(), token, parts.clock.now()));
  if (!staff) throw new ProblemError('not_signed_in');
  return staff;
}

/** Somebody of one venue sees and does only that venue's: `forbidden` at another. */
export function atVenue(staff: Pick<SignedIn, 'venueId'>, venueId: number): void {
  if (!worksAt(staff, venueId)) throw new ProblemError('forbidden');
}

export function worksAt(staff: Pick<SignedIn, 'venueId'>, venueId: number | null): boolean {
  return staff.venueId === null || staff.venueId === venueId;
}

/** How the audit trail names them. */
export function actorOf({ name }: Pick<SignedIn, 'name'>): Actor {
  return `staff:${name}`;
}
