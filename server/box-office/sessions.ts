import { addMs } from '../../shared/clock.ts';
import type { Role } from '../../shared/office/people.ts';
import { randomHex } from '../../shared/random.ts';
import { plainHash } from '../database/vault.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';

const SESSION_MS = 12 * 3_600_000; // One long day at work.
const TOKEN_BYTES = 32;

/** Somebody who is signed in, as routes and sockets know them. */
export interface SignedIn {
  staffId: number;
  name: string;
  role: Role;
  /** Null: at all venues. */
  venueId: number | null;
  /** The hash of the token: it names the session and opens nothing. */
  sessionId: string;
  /** On which they signed in by PIN. */
  deviceId: number | null;
  lockedAt: Date | null;
}

/** A new session; its token exists nowhere else. */
export async function openSession(
  { clock, database, random }: Pick<Parts, 'clock' | 'database' | 'random'>,
  staffId: number,
  deviceId: number | null = null,
): Promise<string> {
  const token = randomHex(random, TOKEN_BYTES);
  const now = clock.now();
  await database.write(async em => {
    await query(em).deleteFrom('staff_session').where('expiresAt', '<=', now).execute();
    await query(em)
      .insertInto('staff_session')
      .values({
        tokenHash: plainHash(token),
        staff: staffId,
        device: deviceId,
        createdAt: now,
        expiresAt: addMs(now, SESSION_MS),
      })
      .execute();
  });
  return token;
}

/** Whose session a token is; undefined when it is nobody's, over, or its owner left. */
export function findSignedIn(em: Em, token: string, now: Date): Promise<SignedIn | undefined> {
  return findSession(em, plainHash(token), now);
}

export function findSession(em: Em, sessionId: string, now: Date): Promise<SignedIn | undefined> {
  return query(em)
    .selectFrom('staff_session')
    .innerJoin('staff', 'staff.id', 'staff_session.staff')
    .select(['staff.id as staffId', 'name', 'role', 'venue as venueId', 'lockedAt'])
    .select(['tokenHash as sessionId', 'device as deviceId'])
    .where('tokenHash', '=', sessionId)
    .where('expiresAt', '>', now)
    .where('active', '=', true)
    .executeTakeFirst();
}

/** Which sessions: one, all of a person, all on a device. */
export interface Ending {
  sessionId?: string;
  staffId?: number;
  deviceId?: number;
}

export async function deleteSessions(em: Em, { sessionId, staffId, deviceId }: Ending): Promise<void> {
  const sessions = query(em).deleteFrom('staff_session');
  if (sessionId !== undefined) await sessions.where('tokenHash', '=', sessionId).execute();
  if (staffId !== undefined) await sessions.where('staff', '=', staffId).execute();
  if (deviceId !== undefined) await sessions.where('device', '=', deviceId).execute();
}

export async function setLock(em: Em, sessionId: string, lockedAt: Date | null): Promise<void> {
  await query(em).updateTable('staff_session').set({ lockedAt }).where('tokenHash', '=', sessionId).execute();
}
