import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomReadable } from '../../shared/random.ts';
import { plainHash } from '../database/vault.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { hashPassword } from './hash-password.ts';
import { openSession } from './sessions.ts';

const CODE_LETTERS = 16; // 79 bits: used once, and only until there is a manager.
const CODE = 'first-sign-in';

/** What to tell whoever starts Tiketi about signing in: nothing once there is a manager. */
export interface Welcome {
  file: string;
  code: string;
}

/**
 * Sees to it that somebody can sign in: the manager of the settings, or a code, written beside the database for its
 * owner's eyes, with which the first manager chooses a name and a password.
 */
export async function ensureManager(parts: Parts): Promise<Welcome | undefined> {
  const { manager } = parts.config;
  if (manager) {
    await setManager(parts, manager);
    return undefined;
  }
  const known = await query(parts.database.read()).selectFrom('staff').select('id').limit(1).executeTakeFirst();
  return known ? undefined : writeCode(parts);
}

/** The settings win: a forgotten password is mended by a restart. */
async function setManager(parts: Parts, { name, password }: { name: string; password: string }): Promise<number> {
  const passwordHash = await hashPassword(password, parts.random);
  return parts.database.write(em => upsertManager(em, { name, passwordHash, now: parts.clock.now() }));
}

async function upsertManager(em: Em, { name, passwordHash, now }: { name: string; passwordHash: string; now: Date }) {
  const manager = { name, passwordHash, role: 'manager' as const, active: true, createdAt: now };
  const { id } = await query(em)
    .insertInto('staff')
    .values(manager)
    .onConflict(known => known.column('name').doUpdateSet({ passwordHash, role: 'manager', active: true }))
    .returning('id')
    .executeTakeFirstOrThrow();
  await query(em).deleteFrom('remembered').where('name', '=', CODE).execute(); // From now on there is a manager.
  return id;
}

async function writeCode({ config, database, random }: Parts): Promise<Welcome> {
  const code = randomReadable(random, CODE_LETTERS);
  await database.write(async em => {
    await query(em)
      .insertInto('remembered')
      .values({ name: CODE, value: plainHash(code) })
      .onConflict(known => known.column('name').doUpdateSet({ value: plainHash(code) }))
      .execute();
  });
  const file = join(dirname(config.databaseFile), 'first-sign-in.txt');
  if (config.databaseFile !== ':memory:') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${code}\n`, { mode: 0o600 });
  }
  return { file, code };
}

/** The code opens the door once: whoever has it becomes the first manager. */
export async function signInFirst(
  parts: Parts,
  { code, name, password }: { code: string; name: string; password: string },
) {
  const passwordHash = await hashPassword(password, parts.random);
  const staffId = await parts.database.write(async em => {
    const used = await query(em)
      .deleteFrom('remembered')
      .where('name', '=', CODE)
      .where('value', '=', plainHash(code))
      .executeTakeFirstOrThrow();
    if (used.numDeletedRows === 0n)
      throw new ProblemError('not_signed_in', { detail: 'This code is wrong, or was used' });
    return upsertManager(em, { name, passwordHash, now: parts.clock.now() });
  });
  return { token: await openSession(parts, staffId), staff: { staffId, name, role: 'manager' as const } };
}
