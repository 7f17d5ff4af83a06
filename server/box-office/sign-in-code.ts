import { timingSafeEqual } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomReadable } from '../../shared/random.ts';
import { plainHash } from '../database/vault.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';

const LETTERS = 16; // 79 bits: used once, and only until there is a manager.
const NAME = 'first-sign-in';

/** What to tell whoever starts Tiketi about signing in: nothing once there is a manager. */
export interface Welcome {
  file: string;
  code: string;
}

/** A new code; an older one opens nothing any more. */
export async function writeCode({ config, database, random }: Parts): Promise<Welcome> {
  const code = randomReadable(random, LETTERS);
  const value = plainHash(code);
  await database.write(async em => {
    await query(em)
      .insertInto('remembered')
      .values({ name: NAME, value })
      .onConflict(known => known.column('name').doUpdateSet({ value }))
      .execute();
  });
  const file = join(dirname(config.databaseFile), 'first-sign-in.txt');
  if (config.databaseFile !== ':memory:') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${code}\n`, { mode: 0o600 });
  }
  return { file, code };
}

export async function isCode(em: Em, code: string): Promise<boolean> {
  const kept = await query(em).selectFrom('remembered').select('value').where('name', '=', NAME).executeTakeFirst();
  return kept !== undefined && timingSafeEqual(Buffer.from(kept.value), Buffer.from(plainHash(code)));
}

/** False: it is wrong, or of two who use it at once this is the second. */
export async function useCode(em: Em, code: string): Promise<boolean> {
  const { numDeletedRows } = await query(em)
    .deleteFrom('remembered')
    .where('name', '=', NAME)
    .where('value', '=', plainHash(code))
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

/** From now on there is a manager. */
export async function forgetCode(em: Em): Promise<void> {
  await query(em).deleteFrom('remembered').where('name', '=', NAME).execute();
}
