import type { Role } from '../../shared/office/people.ts';
import type { ProblemCode } from '../../shared/problem.ts';
import { ProblemError } from '../http/problem.ts';
import { query } from '../model/entities.ts';
import type { StaffHappening } from '../model/staff-log.ts';
import type { Parts } from '../parts.ts';
import { countGuess, forgetGuesses } from './delays.ts';
import { isPassword } from './hash-password.ts';
import type { Place } from './place.ts';
import { worksAt } from './signed-in.ts';
import { log } from './staff-log.ts';

/** A name with what proves it: a PIN, on an enrolled device of a venue where they work, or a manager's password. */
export type Proof = { name: string; pin: string } | { name: string; password: string };

export interface Proven {
  staffId: number;
  name: string;
  role: Role;
  venueId: number | null;
}

const REFUSALS = {
  not_signed_in: { happening: 'sign_in_refused', detail: 'Name and PIN or password do not belong together' },
  secret_refused: { happening: 'unlock_refused', detail: 'The PIN or password is wrong' },
  approval_refused: { happening: 'approval_refused', detail: 'Name and PIN do not fit, or may not approve here' },
} as const satisfies Partial<Record<ProblemCode, { happening: StaffHappening; detail: string }>>;

/**
 * Whoever proves to be `name`. Each guess counts as wrong before it is looked at, so that many at once are no more than
 * one after the other; a right one makes up for it.
 */
export async function checkSecret(
  parts: Parts,
  place: Place,
  proof: Proof,
  refusal: keyof typeof REFUSALS,
): Promise<Proven> {
  const { clock, database } = parts;
  const byPin = 'pin' in proof;
  if (byPin && !place.device) throw refused(refusal, 'PINs do not work on this device: a manager can enrol it');
  const staff = await findStaff(parts, proof.name);
  const waitUntil = await database.write(em => countGuess(em, clock.now(), place, proof.name));
  if (waitUntil) {
    const line = { happening: 'sign_in_delayed', name: staff?.name ?? null } as const;
    await database.write(em => log(em, clock.now(), place, line));
    throw new ProblemError('too_many_requests', { retryAfter: waitUntil });
  }
  const kept = staff && mayProve(staff, place, byPin) ? (byPin ? staff.pinHash : staff.passwordHash) : null;
  const right = await isPassword(byPin ? proof.pin : proof.password, kept, parts);
  if (!staff || !right) {
    const line = { happening: REFUSALS[refusal].happening, name: staff?.name ?? null } as const;
    await database.write(em => log(em, clock.now(), place, line));
    throw refused(refusal);
  }
  await database.write(em => forgetGuesses(em, clock.now(), place, proof.name));
  return { staffId: staff.staffId, name: staff.name, role: staff.role, venueId: staff.venueId };
}

function mayProve(staff: Proven, { device }: Place, byPin: boolean): boolean {
  return byPin ? device !== null && worksAt(staff, device.venueId) : staff.role === 'manager';
}

function findStaff({ database }: Parts, name: string) {
  return query(database.read())
    .selectFrom('staff')
    .select(['id as staffId', 'name', 'role', 'venue as venueId', 'passwordHash', 'pinHash'])
    .where('name', '=', name)
    .where('active', '=', true)
    .executeTakeFirst();
}

function refused(code: keyof typeof REFUSALS, detail: string = REFUSALS[code].detail) {
  return new ProblemError(code, { detail });
}
