import type { SessionView } from '../../shared/office/people.ts';
import { query } from '../model/entities.ts';
import { gatewaysOf, type Parts } from '../parts.ts';
import { seeVenues } from '../view/showing-view.ts';
import type { SignedIn } from './sessions.ts';
import { worksAt } from './signed-in.ts';

/** Who is signed in and where they may work. */
export async function seeSession(parts: Parts, staff: SignedIn): Promise<SessionView> {
  const { clock, database, lines } = parts;
  const em = database.read();
  const venues = await seeVenues(em, gatewaysOf(lines));
  const { pinHash } = await query(em)
    .selectFrom('staff')
    .select('pinHash')
    .where('id', '=', staff.staffId)
    .executeTakeFirstOrThrow();
  return {
    now: clock.now().toISOString(),
    staff: { staffId: staff.staffId, name: staff.name, role: staff.role, venueId: staff.venueId },
    venues: venues.filter(({ venueId }) => worksAt(staff, venueId)),
    device: await seeDevice(parts, staff.deviceId),
    locked: staff.lockedAt !== null,
    hasPin: pinHash !== null,
  };
}

async function seeDevice({ database }: Parts, deviceId: number | null): Promise<SessionView['device']> {
  if (deviceId === null) return null;
  const device = await query(database.read())
    .selectFrom('device')
    .select(['name', 'venue as venueId'])
    .where('id', '=', deviceId)
    .executeTakeFirst();
  return device ?? null;
}
