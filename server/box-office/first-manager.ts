import { ProblemError } from '../http/problem.ts';
import type { Parts } from '../parts.ts';
import { hashPassword } from './hash-password.ts';
import type { Place } from './place.ts';
import { openSession } from './sessions.ts';
import { setManager, upsertManager } from './set-manager.ts';
import { hasStaff, isCode, useCode, type Welcome, writeCode } from './sign-in-code.ts';
import { log } from './staff-log.ts';

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
  return (await hasStaff(parts.database.read())) ? undefined : writeCode(parts);
}

/** The code opens the door once: whoever has it becomes the first manager. */
export async function signInFirst(
  parts: Parts,
  place: Place,
  { code, name, password }: { code: string; name: string; password: string },
): Promise<string> {
  if (!(await isCode(parts.database.read(), parts.vault, code))) throw wrongCode();
  const passwordHash = await hashPassword(password, parts); // Only now: hashing at every guess would keep us busy.
  const staffId = await parts.database.write(async em => {
    if (!(await useCode(em, parts.vault, code))) throw wrongCode();
    const now = parts.clock.now();
    await log(em, now, place, { happening: 'signed_in', name, about: 'with the code of the first start' });
    return upsertManager(em, { name, passwordHash, now });
  });
  return openSession(parts, staffId);
}

function wrongCode() {
  return new ProblemError('not_signed_in', { detail: 'This code is wrong, or was used' });
}
