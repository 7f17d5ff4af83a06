import type { SignInRequest, UnlockRequest } from '../../shared/office/people.ts';
import { query } from '../model/entities.ts';
import type { StaffHappening } from '../model/staff-log.ts';
import type { Parts } from '../parts.ts';
import { checkSecret, type Proof } from './check-secret.ts';
import type { Place } from './place.ts';
import { deleteSessions, findSignedIn, openSession, type SignedIn, setLock } from './sessions.ts';
import { log } from './staff-log.ts';

/** A new session for whoever knows the password, or the PIN on an enrolled device; answers its token. */
export async function signIn(parts: Parts, place: Place, request: SignInRequest): Promise<string> {
  const staff = await checkSecret(parts, place, proofOf(request.name, request), 'not_signed_in');
  const token = await openSession(parts, staff.staffId, request.pin === undefined ? null : deviceIdOf(place));
  await note(parts, place, 'signed_in', staff.name);
  await touchDevice(parts, place);
  return token;
}

/** The session ends everywhere at once, its sockets too. Twice is harmless. */
export async function signOut(parts: Parts, place: Place, token: string): Promise<void> {
  const staff = await findSignedIn(parts.database.read(), token, parts.clock.now());
  if (!staff) return;
  await parts.database.write(em => deleteSessions(em, { sessionId: staff.sessionId }));
  parts.office.end({ sessionId: staff.sessionId });
  await note(parts, place, 'signed_out', staff.name);
}

/** Nobody can do or see anything here until the same person is back; what was going on stays in the browser. */
export async function lockSession(parts: Parts, place: Place, staff: SignedIn): Promise<void> {
  await parts.database.write(em => setLock(em, staff.sessionId, parts.clock.now()));
  parts.office.end({ sessionId: staff.sessionId });
  await note(parts, place, 'locked', staff.name);
}

/** By PIN on an enrolled device, else by password; `secret_refused` otherwise. */
export async function unlockSession(parts: Parts, place: Place, staff: SignedIn, request: UnlockRequest) {
  await checkSecret(parts, place, proofOf(staff.name, request), 'secret_refused');
  await parts.database.write(em => setLock(em, staff.sessionId, null));
  await note(parts, place, 'unlocked', staff.name);
}

function proofOf(
  name: string,
  { pin, password = '' }: { pin?: string | undefined; password?: string | undefined },
): Proof {
  return pin === undefined ? { name, password } : { name, pin };
}

function note(parts: Parts, place: Place, happening: StaffHappening, name: string): Promise<void> {
  return parts.database.write(em => log(em, parts.clock.now(), place, { happening, name }));
}

async function touchDevice({ clock, database }: Parts, place: Place): Promise<void> {
  const deviceId = deviceIdOf(place);
  if (deviceId === null) return;
  await database.write(async em => {
    await query(em).updateTable('device').set({ lastUsedAt: clock.now() }).where('id', '=', deviceId).execute();
  });
}

const deviceIdOf = ({ device }: Place) => device?.deviceId ?? null;
