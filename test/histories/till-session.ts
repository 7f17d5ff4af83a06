import assert from 'node:assert/strict';
import { type Em, query } from '../../server/model/entities.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { createChance } from './chance.ts';
import type { Disk } from './disk.ts';
import { HOUSES, openHouse } from './house.ts';
import { beginAlone, bringIn, type ManagerSession } from './manager-session.ts';
import { SimulatedTime } from './simulated-time.ts';

const START = '2026-11-22T12:00:00.000Z';
const HOUR_MS = 3_600_000;
const PIN = '4826';
const OFFICE = '/api/v1/box-office';
const ROLES = { Amina: 'cashier', Baraka: 'supervisor' } as const;
type Name = keyof typeof ROLES;

/** Somebody at the till: what their browser sends, and what the database knows of them. */
interface Person {
  name: Name;
  cookie: string;
  tokenHash: string;
  pinHash: string;
}

/** The enrolled browser at the counter, and those who signed in there by PIN. */
export interface TillSession {
  deviceHash: string;
  people: Person[];
}

let opened: Promise<TillSession> | undefined;

/** The till of all histories of this process, as the manager's session is: through the doors, once, because PINs take time. */
export function theTill(disk: Disk, manager: ManagerSession): Promise<TillSession> {
  opened ??= open(disk, manager);
  return opened;
}

async function open(disk: Disk, manager: ManagerSession): Promise<TillSession> {
  const [house] = HOUSES;
  assert.ok(house);
  disk.erase();
  const time = new SimulatedTime(START, disk);
  await openHouse(disk, createChance(1, 1), house, time.now());
  await disk.open().write(em => bringIn(em, manager, time.now(), new Date(+time.now() + HOUR_MS)));
  const life = await beginAlone({ config: house.config, clock: time, random: seededRandom(2), disk });
  const does = async (path: string, body: object, cookie = manager.cookie) => {
    const headers = { 'content-type': 'application/json', cookie };
    const request = { method: 'POST' as const, path: OFFICE + path, headers, fromAddress: '198.51.100.99' };
    const answer = await life.ask({ ...request, body: JSON.stringify(body) }, () => {});
    assert.ok(answer !== 'cut' && answer.status === 201, `${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const { body } = await does('/devices/enrolments', { name: 'Till 1', venueId: 1 });
  const { cookie: device } = await does('/devices', { code: (body as { code: string }).code }, '');
  const people: Person[] = [];
  for (const [name, role] of Object.entries(ROLES)) {
    await does('/staff', { name, role, venueId: 1, pin: PIN });
    const { cookie } = await does('/sessions', { name, pin: PIN }, device ?? '');
    people.push({ name: name as Name, cookie: `${cookie}; ${device}`, ...known(disk, name) });
  }
  const [kept] = disk.query<{ deviceHash: string }>('select tokenHash as deviceHash from device')();
  life.kill();
  assert.ok(kept);
  return { ...kept, people };
}

function known(disk: Disk, name: string) {
  const [found] = disk.query<{ tokenHash: string; pinHash: string }>(
    'select tokenHash, pinHash from staff_session join staff on staff.id = staff where name = ?',
  )(name);
  assert.ok(found);
  return found;
}

/** Into a house with its manager: the till, and sessions for as long as it is said. */
export async function setUpTill(em: Em, { deviceHash, people }: TillSession, now: Date, until: Date): Promise<void> {
  const sql = query(em);
  const device = { id: 1, name: 'Till 1', venue: 1, tokenHash: deviceHash, createdAt: now, enrolledAt: now };
  await sql.insertInto('device').values(device).execute();
  for (const [at, { name, tokenHash, pinHash }] of people.entries()) {
    const id = at + 2;
    const person = { id, name, pinHash, role: ROLES[name], venue: 1, active: true, createdAt: now };
    await sql.insertInto('staff').values(person).execute();
    const session = { tokenHash, staff: id, device: 1, createdAt: now, expiresAt: until };
    await sql.insertInto('staff_session').values(session).execute();
  }
}
