import type { DeviceView, ThisDevice } from '../../shared/office/people.ts';
import { type Em, query } from '../model/entities.ts';
import type { Place } from './place.ts';
import type { SignedIn } from './sessions.ts';

/** The devices of a manager's venue, or all; the newest first. Codes that ended unused are not worth a line. */
export async function seeDevices(em: Em, { venueId }: Pick<SignedIn, 'venueId'>, now: Date): Promise<DeviceView[]> {
  const rows = await deviceRows(em)
    .$if(venueId !== null, rows => rows.where('venue', '=', venueId))
    .where(is => is.or([is('enrolledAt', 'is not', null), is('codeEndsAt', '>', now)]))
    .orderBy('id', 'desc')
    .execute();
  return rows.map(row => presentDevice(row, now));
}

export async function seeDevice(em: Em, deviceId: number, now: Date): Promise<DeviceView> {
  return presentDevice(await deviceRows(em).where('id', '=', deviceId).executeTakeFirstOrThrow(), now);
}

/** For the page before anybody has signed in: on an enrolled device, who can. */
export async function seeThisDevice(em: Em, device: Place['device']): Promise<ThisDevice> {
  if (!device) return { device: null };
  const { name, venueId } = device;
  const venue = await query(em).selectFrom('venue').select('name').where('id', '=', venueId).executeTakeFirstOrThrow();
  const staff = await query(em)
    .selectFrom('staff')
    .select('name')
    .where('active', '=', true)
    .where('pinHash', 'is not', null)
    .where(is => is.or([is('venue', '=', venueId), is('venue', 'is', null)]))
    .orderBy('name')
    .execute();
  return { device: { name, venueId, venue: venue.name, names: staff.map(one => one.name) } };
}

function deviceRows(em: Em) {
  return query(em)
    .selectFrom('device')
    .select(['id', 'name', 'venue', 'codeEndsAt', 'enrolledAt', 'lastUsedAt', 'revokedAt']);
}

type Row = Awaited<ReturnType<ReturnType<typeof deviceRows>['executeTakeFirstOrThrow']>>;

function presentDevice({ id, name, venue, codeEndsAt, enrolledAt, lastUsedAt, revokedAt }: Row, now: Date): DeviceView {
  return {
    deviceId: id,
    name,
    venueId: venue,
    state: revokedAt ? 'revoked' : enrolledAt ? 'enrolled' : 'waiting',
    codeEndsAt: codeEndsAt && codeEndsAt > now ? codeEndsAt.toISOString() : null,
    enrolledAt: enrolledAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
