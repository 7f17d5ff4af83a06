import { BROKEN } from '../support/invariants.ts';
import type { Disk } from './disk.ts';

/** The rules that hold after every commit and do not: I1, I2, I3, I5, I6, I10. */
export function brokenRules(disk: Disk): string[] {
  return Object.entries(BROKEN)
    .filter(([, sql]) => disk.query(sql)().length > 0)
    .map(([rule]) => rule);
}
