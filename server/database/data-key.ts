import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Random, randomHex } from '../../shared/random.ts';

const KEY_BYTES = 32;

/** The key that was set, or for a test database one of its own, made once and kept beside the file for its owner's eyes only. */
export function dataKeyFor(databaseFile: string, given: string | null, random: Random): string {
  if (given) return given;
  const made = randomHex(random, KEY_BYTES);
  if (databaseFile === ':memory:') return made;
  const keyFile = `${databaseFile}.key`;
  if (existsSync(keyFile)) return readFileSync(keyFile, 'utf8').trim();
  mkdirSync(dirname(keyFile), { recursive: true });
  writeFileSync(keyFile, `${made}\n`, { mode: 0o600, flag: 'wx' });
  return made;
}
