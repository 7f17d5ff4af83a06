import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { HashCost, Parts } from '../parts.ts';

/** OWASP's first choice for argon2id: 19 MiB, two passes, about 50 ms. */
export const OWASPS_COST: HashCost = { memory: 19_456, passes: 2 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;
const AT_ONCE = 2; // Each fills a thread of the pool that files and name look-ups need as well.

const hash = promisify(argon2);
let hashing = 0;
const waiting: (() => void)[] = [];

/** `salt.tag`, each in base64url. */
export async function hashPassword(
  password: string,
  { random, hashCost }: Pick<Parts, 'random' | 'hashCost'>,
): Promise<string> {
  const salt = random(SALT_BYTES);
  const tag = await derive(password, salt, hashCost);
  return `${Buffer.from(salt).toString('base64url')}.${tag.toString('base64url')}`;
}

/** Takes as long for somebody who does not exist (`kept` null) as for a wrong password. */
export async function isPassword(
  password: string,
  kept: string | null,
  { hashCost }: Pick<Parts, 'hashCost'>,
): Promise<boolean> {
  const [salt = '', tag = ''] = (kept ?? `${'A'.repeat(22)}.${'A'.repeat(43)}`).split('.');
  const derived = await derive(password, Buffer.from(salt, 'base64url'), hashCost);
  const expected = Buffer.from(tag, 'base64url');
  return kept !== null && expected.length === derived.length && timingSafeEqual(expected, derived);
}

async function derive(password: string, salt: Uint8Array, hashCost: HashCost): Promise<Buffer> {
  while (hashing >= AT_ONCE) await new Promise<void>(turn => waiting.push(turn));
  hashing += 1;
  try {
    const message = password.normalize('NFKC');
    return await hash('argon2id', { message, nonce: salt, parallelism: 1, tagLength: TAG_BYTES, ...hashCost });
  } finally {
    hashing -= 1;
    waiting.shift()?.();
  }
}
