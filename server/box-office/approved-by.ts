import type { Context } from 'koa';
import { type Approval, isAtLeast } from '../../shared/office/people.ts';
import { ProblemError } from '../http/problem.ts';
import type { Parts } from '../parts.ts';
import { checkSecret } from './check-secret.ts';
import { placeOf } from './place.ts';
import type { SignedIn } from './sessions.ts';
import { worksAt } from './signed-in.ts';
import { log } from './staff-log.ts';

/** What is to be approved: in plain words for the log, and where. */
export interface Wish {
  /** As it came in the body of the request. */
  approval?: Approval | undefined;
  what: string;
  /** Null: of no venue, so only somebody of all venues will do. */
  venueId: number | null;
  /** Two people must agree: not even a supervisor approves of what is their own. */
  byAnother?: boolean;
}

export interface Approver {
  staffId: number;
  name: string;
}

/**
 * The supervisor who lets `staff` do this, here and now, and only in this request: a PIN proves it, under the same
 * delays as signing in. A supervisor at the till needs no other. `approval_needed` without a word of anybody,
 * `approval_refused` for one that does not count. Both names are in the log; the caller writes the approver's name into
 * the audit details (`approvedBy`) of what it does.
 */
export async function approvedBy(
  ctx: Context,
  parts: Parts,
  staff: SignedIn,
  { approval, what, venueId, byAnother = false }: Wish,
): Promise<Approver> {
  if (!approval) {
    if (byAnother || !isAtLeast(staff.role, 'supervisor')) throw new ProblemError('approval_needed');
    return staff;
  }
  const place = await placeOf(ctx, parts);
  const found = await checkSecret(parts, place, { name: approval.name, pin: approval.pin }, 'approval_refused');
  const may =
    isAtLeast(found.role, 'supervisor') && worksAt(found, venueId) && !(byAnother && found.staffId === staff.staffId);
  await parts.database.write(em =>
    log(em, parts.clock.now(), place, {
      happening: may ? 'approved' : 'approval_refused',
      name: found.name,
      by: staff.name,
      about: what,
    }),
  );
  if (!may) throw new ProblemError('approval_refused');
  return found;
}
