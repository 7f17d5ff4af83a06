import type { StaffLogLine, StaffRow } from '../../shared/office/people.ts';
import { type Em, query } from '../model/entities.ts';
import type { SignedIn } from './sessions.ts';

const LOG_LINES = 200; // About a week of a small cinema.

/** Everybody whom a manager looks after: of the manager's venue, or all. */
export async function seeStaff(em: Em, { venueId }: Pick<SignedIn, 'venueId'>): Promise<StaffRow[]> {
  const rows = await staffRows(em)
    .$if(venueId !== null, rows => rows.where('venue', '=', venueId))
    .orderBy('active', 'desc')
    .orderBy('name')
    .execute();
  const last = await lastSignIns(em);
  return rows.map(row => presentStaff(row, last.get(row.name) ?? null));
}

export async function seeStaffMember(em: Em, staffId: number): Promise<StaffRow | undefined> {
  const row = await staffRows(em).where('id', '=', staffId).executeTakeFirst();
  return row && presentStaff(row, (await lastSignIns(em)).get(row.name) ?? null);
}

/** Names of those who can let a cashier at this venue do something: by PIN. */
export async function seeApprovers(em: Em, venueId: number): Promise<string[]> {
  const rows = await query(em)
    .selectFrom('staff')
    .select('name')
    .where('active', '=', true)
    .where('role', 'in', ['supervisor', 'manager'])
    .where('pinHash', 'is not', null)
    .where(is => is.or([is('venue', '=', venueId), is('venue', 'is', null)]))
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}

/** The newest lines first. What happened nowhere in particular is for those who look after all venues. */
export async function seeStaffLog(em: Em, { venueId }: Pick<SignedIn, 'venueId'>): Promise<StaffLogLine[]> {
  const lines = await query(em)
    .selectFrom('staff_log')
    .select(['at', 'happening', 'name', 'by', 'device', 'about'])
    .$if(venueId !== null, lines => lines.where('venue', '=', venueId))
    .orderBy('id', 'desc')
    .limit(LOG_LINES)
    .execute();
  return lines.map(({ at, ...line }) => ({ at: at.toISOString(), ...line }));
}

function staffRows(em: Em) {
  return query(em).selectFrom('staff').select(['id', 'name', 'role', 'venue', 'active', 'passwordHash', 'pinHash']);
}

type Row = Awaited<ReturnType<ReturnType<typeof staffRows>['executeTakeFirstOrThrow']>>;

function presentStaff({ id, name, role, venue, active, passwordHash, pinHash }: Row, lastAt: Date | null): StaffRow {
  return {
    staffId: id,
    name,
    role,
    venueId: venue,
    active,
    hasPin: pinHash !== null,
    hasPassword: passwordHash !== null,
    lastSignInAt: lastAt?.toISOString() ?? null,
  };
}

async function lastSignIns(em: Em): Promise<Map<string | null, Date>> {
  const rows = await query(em)
    .selectFrom('staff_log')
    .select(row => ['name', row.fn.max('at').as('lastAt')])
    .where('happening', '=', 'signed_in')
    .groupBy('name')
    .execute();
  return new Map(rows.map(({ name, lastAt }) => [name, new Date(lastAt)]));
}
