import { addMs } from '../../shared/clock.ts';
import type { EnrolmentAnswer } from '../../shared/office/people.ts';
import { randomHex, randomReadable } from '../../shared/random.ts';
import { plainHash } from '../database/vault.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import type { Place } from './place.ts';
import { seeDevice } from './see-devices.ts';
import { deleteSessions, type SignedIn } from './sessions.ts';
import { worksAt } from './signed-in.ts';
import { log } from './staff-log.ts';

const CODE_LETTERS = 10; // 49 bits, for 15 minutes, at ten tries an address.
const CODE_MS = 15 * 60_000; // The way from the office to the counter, and somebody asks something.
const TOKEN_BYTES = 32;

/** A code with which one browser, once, becomes a device of this venue. It is a link too, for a QR code. */
export async function makeCode(
  { clock, config, database, random }: Parts,
  place: Place,
  manager: SignedIn,
  { name, venueId }: { name: string; venueId: number },
): Promise<EnrolmentAnswer> {
  const code = randomReadable(random, CODE_LETTERS);
  const now = clock.now();
  const endsAt = addMs(now, CODE_MS);
  const device = await database.write(async em => {
    const venue = await query(em).selectFrom('venue').select('id').where('id', '=', venueId).executeTakeFirst();
    if (!venue) throw invalid('invalid_body', 'venueId', 'There is no such venue');
    const { id } = await query(em)
      .insertInto('device')
      .values({ name, venue: venueId, codeHash: plainHash(code), codeEndsAt: endsAt, createdAt: now })
      .returning('id')
      .executeTakeFirstOrThrow();
    await log(em, now, place, { happening: 'device_code_made', name: null, by: manager.name, venueId, about: name });
    return seeDevice(em, id, now);
  });
  return { device, code, url: `${config.publicUrl}/box-office/enrol#${code}`, endsAt: endsAt.toISOString() };
}

/** This browser is the device from now on; answers its token. What it was before (`old`), it is no more. */
export async function enrolDevice(parts: Parts, place: Place, code: string, old: string | undefined): Promise<string> {
  const { clock, database, random } = parts;
  const token = randomHex(random, TOKEN_BYTES);
  const now = clock.now();
  const enrolled = await database.write(async em => {
    const device = await useCode(em, code, token, now);
    const line = { name: null, about: device?.name ?? null, venueId: device?.venueId ?? null };
    await log(em, now, place, { happening: device ? 'device_enrolled' : 'device_refused', ...line });
    return device;
  });
  if (!enrolled) throw new ProblemError('code_refused');
  if (old !== undefined && place.device) await endDevice(parts, place.device.deviceId);
  return token;
}

/** Of two who use it at once, one does. */
function useCode(em: Em, code: string, token: string, now: Date) {
  return query(em)
    .updateTable('device')
    .set({ tokenHash: plainHash(token), codeHash: null, codeEndsAt: null, enrolledAt: now })
    .where('codeHash', '=', plainHash(code))
    .where('codeEndsAt', '>', now)
    .where('revokedAt', 'is', null)
    .returning(['name', 'venue as venueId'])
    .executeTakeFirst();
}

/** PINs stop working on it, and whoever is signed in there is so no longer. Twice is harmless. */
export async function revokeDevice(parts: Parts, place: Place, manager: SignedIn, deviceId: number): Promise<void> {
  const device = await query(parts.database.read())
    .selectFrom('device')
    .select(['name', 'venue as venueId', 'revokedAt'])
    .where('id', '=', deviceId)
    .executeTakeFirst();
  if (!device || !worksAt(manager, device.venueId)) throw new ProblemError('not_found');
  if (device.revokedAt) return;
  await endDevice(parts, deviceId);
  const line = { name: null, by: manager.name, about: device.name, venueId: device.venueId };
  await parts.database.write(em => log(em, parts.clock.now(), place, { happening: 'device_revoked', ...line }));
}

async function endDevice({ clock, database, office }: Parts, deviceId: number): Promise<void> {
  await database.write(async em => {
    await query(em)
      .updateTable('device')
      .set({ revokedAt: clock.now(), tokenHash: null, codeHash: null })
      .where('id', '=', deviceId)
      .execute();
    await deleteSessions(em, { deviceId });
  });
  office.end({ deviceId });
}
