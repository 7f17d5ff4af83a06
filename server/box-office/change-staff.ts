import { isAtLeast, type StaffChange, type StaffRequest, type StaffRow } from '../../shared/office/people.ts';
import { lockWord } from '../database/lock.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { hashPassword } from './hash-password.ts';
import type { Place } from './place.ts';
import { seeStaffMember } from './see-staff.ts';
import { deleteSessions, type SignedIn } from './sessions.ts';
import { worksAt } from './signed-in.ts';
import { log } from './staff-log.ts';

type Change = StaffChange & { staffId: number };

/** Somebody new. A manager of one venue hires for that venue only. */
export async function addStaff(
  parts: Parts,
  place: Place,
  manager: SignedIn,
  request: StaffRequest,
): Promise<StaffRow> {
  mayPlace(manager, request.venueId);
  mayHavePassword(request.role, request);
  const hashes = await hashesOf(parts, request);
  const { name, role, venueId } = request;
  return parts.database.write(async em => {
    await isFree(em, name);
    await isVenue(em, venueId);
    const { id } = await query(em)
      .insertInto('staff')
      .values({ name, role, venue: venueId, active: true, createdAt: parts.clock.now(), ...hashes })
      .returning('id')
      .executeTakeFirstOrThrow();
    const about = `${role}${hashes.pinHash ? ', with a PIN' : ''}`;
    await log(em, parts.clock.now(), place, { happening: 'staff_added', name, by: manager.name, venueId, about });
    return seen(em, id);
  });
}

/** What is not named stays. Whoever is changed is signed out everywhere at once: with another name, role, PIN or place one signs in anew. */
export async function changeStaff(parts: Parts, place: Place, manager: SignedIn, change: Change): Promise<StaffRow> {
  const { staffId } = change;
  const before = await seeStaffMember(parts.database.read(), staffId);
  if (!before || !looksAfter(manager, before)) throw new ProblemError('not_found');
  if (change.venueId !== undefined) mayPlace(manager, change.venueId);
  const after = mixed(before, change);
  mayHavePassword(after.role, change);
  if (staffId === manager.staffId) staysManager(after);
  const hashes = await hashesOf(parts, change);
  const staff = await parts.database.write(async em => {
    if (after.name.toLowerCase() !== before.name.toLowerCase()) await isFree(em, after.name);
    await isVenue(em, after.venueId);
    const forgotten = isAtLeast(after.role, 'manager') ? {} : { passwordHash: null };
    await query(em)
      .updateTable('staff')
      .set({ name: after.name, role: after.role, venue: after.venueId, active: after.active, ...hashes, ...forgotten })
      .where('id', '=', staffId)
      .execute();
    await deleteSessions(em, { staffId });
    const about = describe(before, change);
    const line = {
      happening: 'staff_changed',
      name: after.name,
      by: manager.name,
      venueId: after.venueId,
      about,
    } as const;
    await log(em, parts.clock.now(), place, line);
    return seen(em, staffId);
  });
  parts.office.end({ staffId });
  return staff;
}

function mixed(before: StaffRow, change: Change) {
  return {
    name: change.name ?? before.name,
    role: change.role ?? before.role,
    venueId: change.venueId === undefined ? before.venueId : change.venueId,
    active: change.active ?? before.active,
  };
}

function looksAfter(manager: SignedIn, { venueId }: StaffRow): boolean {
  return manager.venueId === null || (venueId !== null && worksAt(manager, venueId));
}

function mayPlace(manager: SignedIn, venueId: number | null): void {
  if (manager.venueId !== null && manager.venueId !== venueId) throw new ProblemError('forbidden');
}

/** Nobody locks out themselves, and with them perhaps everybody. */
function staysManager({ role, active }: { role: string; active: boolean }): void {
  if (role !== 'manager' || !active)
    throw new ProblemError('not_possible_now', { detail: 'Another manager has to do this' });
}

function mayHavePassword(role: string, { password }: { password?: string | undefined }): void {
  if (password !== undefined && role !== 'manager')
    throw invalid('invalid_body', 'password', 'Only managers have passwords');
}

async function isFree(em: Em, name: string): Promise<void> {
  await lockWord(em, 'names of staff');
  const taken = await query(em)
    .selectFrom('staff')
    .select('id')
    .where(row => row.fn('lower', [row.ref('name')]), '=', name.toLowerCase())
    .executeTakeFirst();
  if (taken) throw invalid('invalid_body', 'name', 'Somebody has this name already: add a second one');
}

async function isVenue(em: Em, venueId: number | null): Promise<void> {
  if (venueId === null) return;
  const known = await query(em).selectFrom('venue').select('id').where('id', '=', venueId).executeTakeFirst();
  if (!known) throw invalid('invalid_body', 'venueId', 'There is no such venue');
}

/** Before the transaction: hashing takes as long as a hundred of them. */
async function hashesOf(parts: Parts, { pin, password }: Pick<StaffChange, 'pin' | 'password'>) {
  return {
    ...(pin !== undefined && { pinHash: await hashPassword(pin, parts) }),
    ...(password !== undefined && { passwordHash: await hashPassword(password, parts) }),
  };
}

async function seen(em: Em, staffId: number): Promise<StaffRow> {
  const staff = await seeStaffMember(em, staffId);
  if (!staff) throw new ProblemError('not_found');
  return staff;
}

/** For the log: what is different now; secrets only by name. */
function describe(before: StaffRow, { name, role, venueId, pin, password, active }: StaffChange): string {
  const said = [
    name !== undefined && name !== before.name && `was called ${before.name}`,
    role !== undefined && role !== before.role && `${before.role} → ${role}`,
    venueId !== undefined && venueId !== before.venueId && 'another venue',
    pin !== undefined && 'a new PIN',
    password !== undefined && 'a new password',
    active !== undefined && active !== before.active && (active ? 'works here again' : 'works here no more'),
  ];
  return said.filter(one => one !== false).join(', ');
}
