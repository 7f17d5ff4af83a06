import { addMs } from '../../shared/clock.ts';
import { randomHex } from '../../shared/random.ts';
import { plainHash } from '../database/vault.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import type { Role } from '../model/staff.ts';
import type { Parts } from '../parts.ts';
import { isPassword } from './hash-password.ts';

const SESSION_MS = 12 * 3_600_000; // One long day at work.
const TOKEN_BYTES = 32;

/** Somebody who is signed in, as the routes know them. */
export interface SignedIn {
  staffId: number;
  name: string;
  role: Role;
}

/** A new session for whoever knows the password; its token exists nowhere else. */
export async function signIn(
  parts: Parts,
  { name, password }: { name: string; password: string },
): Promise<{ token: string; staff: SignedIn }> {
  const staff = await query(parts.database.read())
    .selectFrom('staff')
    .select(['id', 'name', 'role', 'passwordHash'])
    .where('name', '=', name)
    .where('active', '=', true)
    .executeTakeFirst();
  const right = await isPassword(password, staff?.passwordHash ?? null);
  if (!staff || !right)
    throw new ProblemError('not_signed_in', { detail: 'This name and password do not belong together' });
  const token = await openSession(parts, staff.id);
  return { token, staff: { staffId: staff.id, name: staff.name, role: staff.role } };
}

export async function openSession({ clock, database, random }: Parts, staffId: number): Promise<string> {
  const token = randomHex(random, TOKEN_BYTES);
  const now = clock.now();
  await database.write(async em => {
    await query(em).deleteFrom('staff_session').where('expiresAt', '<=', now).execute();
    await query(em)
      .insertInto('staff_session')
      .values({ tokenHash: plainHash(token), staff: staffId, createdAt: now, expiresAt: addMs(now, SESSION_MS) })
      .execute();
  });
  return token;
}

/** Whose session a token is; undefined when it is nobody's, over, or its owner left. */
export function findSignedIn(em: Em, token: string, now: Date): Promise<SignedIn | undefined> {
  return query(em)
    .selectFrom('staff_session')
    .innerJoin('staff', 'staff.id', 'staff_session.staff')
    .select(['staff.id as staffId', 'name', 'role'])
    .where('tokenHash', '=', plainHash(token))
    .where('expiresAt', '>', now)
    .where('active', '=', true)
    .executeTakeFirst();
}

export async function endSession({ database }: Parts, token: string): Promise<void> {
  await database.write(async em => {
    await query(em).deleteFrom('staff_session').where('tokenHash', '=', plainHash(token)).execute();
  });
}
