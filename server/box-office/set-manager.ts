import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { hashPassword, isPassword } from './hash-password.ts';
import { forgetCode } from './sign-in-code.ts';

/** The settings win: a forgotten password is mended by a restart. While they say nothing new, sessions go on. */
export async function setManager(parts: Parts, { name, password }: { name: string; password: string }): Promise<void> {
  const { clock, database } = parts;
  const known = await findManager(database.read(), name);
  if (known && (await isPassword(password, known.passwordHash, parts))) return;
  const passwordHash = await hashPassword(password, parts);
  await database.write(em => upsertManager(em, { name, passwordHash, now: clock.now() }));
}

function findManager(em: Em, name: string) {
  return query(em)
    .selectFrom('staff')
    .select('passwordHash')
    .where('name', '=', name)
    .where('role', '=', 'manager')
    .where('active', '=', true)
    .executeTakeFirst();
}

/** Answers the manager's id. Whoever is signed in with an older password is so no longer. */
export async function upsertManager(
  em: Em,
  { name, passwordHash, now }: { name: string; passwordHash: string; now: Date },
): Promise<number> {
  const { id } = await query(em)
    .insertInto('staff')
    .values({ name, passwordHash, role: 'manager', active: true, createdAt: now })
    .onConflict(known => known.column('name').doUpdateSet({ passwordHash, role: 'manager', active: true }))
    .returning('id')
    .executeTakeFirstOrThrow();
  await query(em).deleteFrom('staff_session').where('staff', '=', id).execute();
  await forgetCode(em);
  return id;
}
