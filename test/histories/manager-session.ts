import assert from 'node:assert/strict';
import { hashPassword, OWASPS_COST } from '../../server/box-office/hash-password.ts';
import { type Em, query } from '../../server/model/entities.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { Disk } from './disk.ts';
import { HOUSES } from './house.ts';
import { ServerLife, type Surroundings } from './server-life.ts';
import { SimulatedTime } from './simulated-time.ts';

const START = '2026-11-22T12:00:00.000Z';
const NAME = 'Wanjiru';
const PASSWORD = 'correct horse';

/** Somebody who signed in: what their browser sends, and what the database knows of it. */
export interface ManagerSession {
  name: string;
  cookie: string;
  passwordHash: string;
  tokenHash: string;
}

let signedIn: Promise<ManagerSession> | undefined;

/**
 * The manager of all histories of this process. Signing in is made slow on purpose, by more than a history takes, so it
 * happens once, through the door; each history's disk then gets that manager and that session.
 */
export function theManager(disk: Disk): Promise<ManagerSession> {
  signedIn ??= signIn(disk);
  return signedIn;
}

async function signIn(disk: Disk): Promise<ManagerSession> {
  const [house] = HOUSES;
  assert.ok(house);
  const time = new SimulatedTime(START, disk);
  const random = seededRandom(1);
  const passwordHash = await hashPassword(PASSWORD, { random, hashCost: OWASPS_COST });
  await disk.open().write(em => hire(em, passwordHash, time.now()));
  const life = await beginAlone({ config: house.config, clock: time, random, disk });
  const answer = await life.ask(
    {
      method: 'POST',
      path: '/api/v1/box-office/sessions',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: NAME, password: PASSWORD }),
      fromAddress: '198.51.100.99',
    },
    () => {},
  );
  assert.ok(answer !== 'cut' && answer.status === 201 && answer.cookie !== null, JSON.stringify(answer));
  const [session] = disk.query<{ tokenHash: string }>('select tokenHash from staff_session')();
  assert.ok(session);
  life.kill();
  return { name: NAME, cookie: answer.cookie, passwordHash, ...session };
}

/** A server that nobody watches and no gateway answers. */
export async function beginAlone(own: Pick<Surroundings, 'config' | 'clock' | 'random' | 'disk'>): Promise<ServerLife> {
  const life = new ServerLife({
    ...own,
    send: () => new Promise(() => {}),
    uptimeMs: () => +own.clock.now(),
    watchers: () => 0,
    told: () => {},
    failed: line => assert.fail(line),
  });
  await life.begin();
  return life;
}

/** On an empty disk: the manager, and the session for as long as it is said. */
export async function bringIn(em: Em, { passwordHash, tokenHash }: ManagerSession, now: Date, until: Date) {
  await hire(em, passwordHash, now);
  const session = { tokenHash, staff: 1, createdAt: now, expiresAt: until };
  await query(em).insertInto('staff_session').values(session).execute();
}

async function hire(em: Em, passwordHash: string, now: Date) {
  const manager = { id: 1, name: NAME, passwordHash, role: 'manager' as const, active: true, createdAt: now };
  await query(em).insertInto('staff').values(manager).execute();
}
