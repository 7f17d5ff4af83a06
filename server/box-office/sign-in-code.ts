import { timingSafeEqual } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomReadable } from '../../shared/random.ts';
import { isAlone } from '../database/lock.ts';
import { plainHash, type Vault } from '../database/vault.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';

const LETTERS = 16; // 79 bits: used once, and only until there is a manager.
const NAME = 'first-sign-in-code';

/** What to tell whoever starts Tiketi about signing in: nothing once there is a manager. */
export interface Welcome {
  file: string;
  code: string;
}

/**
 * The code of this start. Where several processes start on one database, the first one's: it is kept sealed, so that each
 * can tell it, whoever is asked, until it is used. Nothing if there is a manager by now.
 */
export async function writeCode({ config, database, random, vault }: Parts): Promise<Welcome | undefined> {
  const value = vault.seal(randomReadable(random, LETTERS));
  const kept = await database.write(async em => {
    if (isAlone(em)) await forgetCode(em); // Nobody else has told the older one: whoever saw it may have left.
    await query(em)
      .insertInto('remembered')
      .values({ name: NAME, value })
      .onConflict(known => known.column('name').doNothing())
      .execute();
    if (await hasStaff(em)) await forgetCode(em); // A sign-in at another process was quicker: its code must not come back.
    return readCode(em);
  });
  if (!kept) return undefined;
  const code = vault.open(kept.value);
  const file = join(dirname(config.databaseFile), 'first-sign-in.txt');
  if (config.databaseFile !== ':memory:') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${code}\n`, { mode: 0o600 });
  }
  return { file, code };
}

export async function hasStaff(em: Em): Promise<boolean> {
  return (await query(em).selectFrom('staff').select('id').limit(1).executeTakeFirst()) !== undefined;
}

function readCode(em: Em) {
  return query(em).selectFrom('remembered').select('value').where('name', '=', NAME).executeTakeFirst();
}

export async function isCode(em: Em, vault: Vault, code: string): Promise<boolean> {
  const kept = await readCode(em);
  return kept !== undefined && isSame(vault.open(kept.value), code);
}

/** False: it is wrong, or of two who use it at once this is the second. */
export async function useCode(em: Em, vault: Vault, code: string): Promise<boolean> {
  const kept = await readCode(em);
  if (!kept || !isSame(vault.open(kept.value), code)) return false;
  const { numDeletedRows } = await query(em)
    .deleteFrom('remembered')
    .where('name', '=', NAME)
    .where('value', '=', kept.value)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

/** By their hashes: those are of one length, and take one time to compare. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(plainHash(one)), Buffer.from(plainHash(other)));
}

/** From now on there is a manager. */
export async function forgetCode(em: Em): Promise<void> {
  await query(em).deleteFrom('remembered').where('name', '=', NAME).execute();
}
